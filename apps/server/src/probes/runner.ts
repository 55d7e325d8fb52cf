// Runs the probes, on schedule and on demand, one round at a time, and stores what they found.
import type { Bilingual } from '@runde/contract'
import { FACTS } from '@runde/dossier'
import type { Logger } from '../log/logger.ts'
import { releaseAgeProbe, runtimeAgeProbe } from './ages.ts'
import { surroundingsProbe } from './around.ts'
import { backupAgeProbe, restoreProbe } from './backups.ts'
import { canaryProbe } from './canary.ts'
import type { Outcome, Probe, ProbeId, ProbeTarget } from './probe.ts'
import { headersProbe, outboundProbe, retentionProbe, tlsProbe } from './surroundings.ts'

/** All probes that the server runs by itself. */
export const PROBES: readonly Probe[] = [
  canaryProbe,
  outboundProbe,
  headersProbe,
  retentionProbe,
  tlsProbe,
  surroundingsProbe,
  backupAgeProbe,
  restoreProbe,
  releaseAgeProbe,
  runtimeAgeProbe,
]

/** What a trial meeting with real browsers measures (npm run prove:meeting); their results come into the same store. */
export const MEETING_PROBES: readonly ProbeId[] = [
  'probe.clientHosts',
  'probe.browserEntries',
  'probe.browsers',
  'probe.hiddenJoin',
  'probe.remoteControl',
  'probe.recordingTraces',
]

/** The first round comes when the server has settled, the next ones daily; a result counts for a week. */
const FIRST_ROUND_MS = 60_000
const ROUND_MS = 24 * 3_600_000

/** What came of one probe in one round. */
export interface ProbeReport {
  readonly id: ProbeId
  readonly label: Bilingual
  readonly outcome: Outcome
}

export interface ProbeRunner {
  /** Runs all probes now, or joins the round under way. */
  run(): Promise<readonly ProbeReport[]>
  /** The reports of the last round, if there was one since the start. */
  latest(): readonly ProbeReport[]
  /** Stops the schedule. */
  stop(): void
}

export function createProbeRunner(target: ProbeTarget, log: Logger): ProbeRunner {
  let running: Promise<readonly ProbeReport[]> | undefined
  let latest: readonly ProbeReport[] = []
  const round = async (): Promise<readonly ProbeReport[]> => {
    const reports: ProbeReport[] = []
    for (const probe of PROBES) reports.push(await runOne(probe, target, log))
    latest = reports
    return reports
  }
  const run = (): Promise<readonly ProbeReport[]> => {
    running ??= round().finally(() => {
      running = undefined
    })
    return running
  }
  const timers = [setTimeout(() => void run(), FIRST_ROUND_MS), setInterval(() => void run(), ROUND_MS)]
  for (const timer of timers) timer.unref()
  return { run, latest: () => latest, stop: () => timers.forEach((timer) => clearTimeout(timer)) }
}

async function runOne(probe: Probe, target: ProbeTarget, log: Logger): Promise<ProbeReport> {
  const label = FACTS[probe.id].label
  try {
    const outcome = await probe.run(target)
    if (outcome.measured) {
      const { value, passed } = outcome
      await target.store.probes.add({
        probe: probe.id,
        ranAt: target.now(),
        result: JSON.stringify(value),
        passed,
      })
      if (!passed) log.warn('probe_failed', { probe: probe.id })
    }
    return { id: probe.id, label, outcome }
  } catch (error) {
    log.bug('probe_broken', error)
    const reason = {
      de: 'Der Prüflauf ist an einem Fehler gescheitert.',
      en: 'The probe failed with an error.',
    }
    return { id: probe.id, label, outcome: { measured: false, reason } }
  }
}
