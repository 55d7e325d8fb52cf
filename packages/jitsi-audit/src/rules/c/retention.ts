// How long a log file is kept, and which rules of logrotate concern Jitsi at all.
import type { ComposeService, Installation, LogrotateStanza } from '../../core/installation.ts'
import type { Origin } from '../../core/source.ts'
import { containerLogging } from '../../parse/rotation/container-logging.ts'
import { journalRetentionDays } from '../../parse/rotation/read-journald.ts'
import { CRITERIA } from '../../parse/rotation/read-logrotate.ts'
import { isCluster } from './web-server.ts'
import * as rotation from '../../parse/rotation/retention.ts'

/** Log files of the programs around Jitsi; other stanzas are no business of ours. */
const JITSI_LOGS = /jitsi|jicofo|jvb|videobridge|jibri|jigasi|prosody|nginx|apache|turn|docker\/containers/i

/** Longest storage that a rule accepts without a reason, in days. */
export const DAYS_ACCEPTED = 7

/** What a stanza does to the age of its files. */
export type Retention =
  | { readonly kind: 'days'; readonly days: number; readonly origins: readonly Origin[] }
  /** Rotated by size alone, or without an end: a quiet server keeps lines for ever. */
  | { readonly kind: 'no-time-limit'; readonly origins: readonly Origin[] }
  /** The period stands in a file that is not in the set, or a value cannot be told. */
  | { readonly kind: 'unknown'; readonly origins: readonly Origin[] }

/** Stanzas that concern logs of Jitsi or a log path that some file of the set names. */
export function jitsiStanzas(installation: Installation): readonly LogrotateStanza[] {
  const { stanzas } = installation.rotation
  const named = new Set(installation.logPaths.map(({ path }) => rotation.stanzaFor(stanzas, path)))
  return stanzas.filter((one) => named.has(one) || one.patterns.some((pattern) => JITSI_LOGS.test(pattern)))
}

/** The stanza that rotates a file. */
export function stanzaFor(
  { rotation: { stanzas } }: Installation,
  path: string,
): LogrotateStanza | undefined {
  return rotation.stanzaFor(stanzas, path)
}

/** How long a stanza keeps a line; the lines that say so come first. */
export function retentionIn(installation: Installation, stanza: LogrotateStanza): Retention {
  const { directives } = stanza
  const criterion = CRITERIA.find((name) => directives.has(name))
  const places = ['minsize', criterion ?? '', 'rotate', 'maxage'].flatMap(
    (name) => directives.get(name)?.origin ?? [],
  )
  // Without logrotate.conf the period for all files is not known.
  const open =
    criterion === undefined && !directives.has('minsize') && installation.rotation.completeness !== 'complete'
  const kept = rotation.retentionOf(stanza)
  if (open || kept.kind === 'unknown') return { kind: 'unknown', origins: [...places, stanza.origin] }
  if (kept.kind === 'no-time-limit')
    return { kind: 'no-time-limit', origins: [...places.slice(0, 1), stanza.origin] }
  const rotate = directives.get('rotate')?.origin
  return {
    kind: 'days',
    days: kept.days,
    origins: [...(rotate === undefined ? [] : [rotate]), ...places, stanza.origin],
  }
}

/** Everything runs in containers and writes to their output: logrotate has nothing to do. */
export function logsToContainers(installation: Installation): boolean {
  const files = installation.logPaths.filter(({ path }) => /^\/(?!dev\/|proc\/)/.test(path))
  return (
    installation.services.length > 0 && installation.rotation.completeness === 'absent' && files.length === 0
  )
}

/** How long Docker keeps what a service writes to its output. */
export function outputRetention(installation: Installation, service: ComposeService): Retention {
  if (isCluster(installation)) return { kind: 'unknown', origins: [service.origin] }
  const { driver, origin } = containerLogging(service, installation.dockerDaemon)
  const origins = [origin]
  if (driver === 'none') return { kind: 'days', days: 0, origins }
  if (driver === 'json-file' || driver === 'local') return { kind: 'no-time-limit', origins }
  if (driver !== 'journald') return { kind: 'unknown', origins }
  const { journald } = installation
  const days = journald.completeness === 'absent' ? 'unknown' : journalRetentionDays(journald)
  if (days === 'unknown') return { kind: 'unknown', origins }
  return days === undefined ? { kind: 'no-time-limit', origins } : { kind: 'days', days, origins }
}
