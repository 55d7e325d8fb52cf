// How every promise that a test can prove stands now: who tests it, what came of it last, and why there may be nothing.
import type { Bilingual, EpochMillis } from '@runde/contract'
import { FACTS, PROOF_WAYS, isFactId } from '@runde/dossier'
import type { ProbeRun, Store } from '@runde/store'
import type { ProbeId } from './probe.ts'
import { MEETING_PROBES, PROBES, type ProbeReport } from './runner.ts'

const DAY_MS = 86_400_000

/** Everything that could be proven, in the order of the page; what nobody can test yet says why. */
export const ALL_PROOFS: readonly ProbeId[] = [
  ...PROBES.map(({ id }) => id),
  ...MEETING_PROBES,
  'probe.plainMedia',
  'probe.advisories',
  'probe.e2ee',
]

const BY_SERVER: ReadonlySet<ProbeId> = new Set(PROBES.map(({ id }) => id))

/** Why a promise has no fresh result; undefined when it has, or when the server is still to run its own test. */
export function whyOpen(id: ProbeId, last: ProbeRun | undefined, now: EpochMillis): Bilingual | undefined {
  return BY_SERVER.has(id) || (last !== undefined && isFresh(last, now))
    ? undefined
    : sentence(PROOF_WAYS[id])
}

/** Reports on what the server does not test itself: the last fresh result, or why there is none. */
export async function otherReports(store: Store, now: EpochMillis): Promise<readonly ProbeReport[]> {
  const latest = await store.probes.latest()
  return ALL_PROOFS.filter((id) => !BY_SERVER.has(id)).map((id): ProbeReport => {
    const last = latest.find(({ probe }) => probe === id)
    const { label } = FACTS[id]
    const reason = whyOpen(id, last, now)
    return last === undefined || reason !== undefined
      ? { id, label, outcome: { measured: false, reason: reason ?? sentence(PROOF_WAYS[id]) } }
      : {
          id,
          label,
          outcome: { measured: true, value: JSON.parse(last.result), passed: last.passed, found: [] },
        }
  })
}

/** A promise that a test has found broken, and that no later test has found kept. */
export interface Alarm {
  readonly id: ProbeId
  readonly label: Bilingual
  /** ISO moment of the run. */
  readonly at: string
}

/** What the organiser has to know at once. */
export async function alarms(store: Store, now: EpochMillis): Promise<readonly Alarm[]> {
  const latest = await store.probes.latest()
  return ALL_PROOFS.flatMap((id) => {
    const last = latest.find(({ probe }) => probe === id)
    return last === undefined || last.passed || !isFresh(last, now)
      ? []
      : [{ id, label: FACTS[id].label, at: new Date(last.ranAt).toISOString() }]
  })
}

function isFresh({ probe, ranAt }: ProbeRun, now: EpochMillis): boolean {
  const days = isFactId(probe) ? (FACTS[probe].freshDays ?? 0) : 0
  return now - ranAt <= days * DAY_MS
}

/** A remark in parentheses as a sentence of its own. */
function sentence({ de, en }: Bilingual): Bilingual {
  const upright = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
  return { de: upright(de), en: upright(en) }
}
