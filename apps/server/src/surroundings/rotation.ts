// How long a log file is kept by logrotate, and how long the journal keeps everything.
import {
  type Rotation,
  type Settings,
  type SourceFile,
  journalRetentionDays,
  lookup,
  readJournald,
  retentionOf,
  stanzaFor,
} from '@runde/jitsi-audit/servers'
import { type Finding, type Kept, both, placeOf } from './finding.ts'

/** How long logs of security are kept at most, days; longer needs a reason. */
export const LOG_DAYS = 7

/** How long a file is kept; a path that another program makes up at run time is unknown. */
export function keptFile(rotation: Rotation, path: string): Kept {
  if (!path.startsWith('/') || rotation.completeness === 'absent') return { kind: 'unknown' }
  const stanza = stanzaFor(rotation.stanzas, path)
  if (stanza === undefined)
    return rotation.completeness === 'complete' ? { kind: 'endless' } : { kind: 'unknown' }
  const retention = retentionOf(stanza)
  const place = placeOf(stanza.origin)
  switch (retention.kind) {
    case 'days':
      return { kind: 'days', days: Math.ceil(retention.daysIfDaily), place }
    case 'no-time-limit':
      return { kind: 'endless', place }
    case 'unknown':
      return { kind: 'unknown' }
  }
}

/** Files of journald among others. */
export function journalFiles(files: readonly SourceFile[]): readonly SourceFile[] {
  return files.filter(({ path }) => /(?:^|\/)journald\.conf(?:$|\.d\/[^/]+\.conf$)/.test(path))
}

/** How long the journal keeps an entry. */
export function keptJournal(journald: Settings): Kept {
  const days = journalRetentionDays(journald)
  if (days === 'unknown' || journald.completeness === 'absent') return { kind: 'unknown' }
  const found = lookup(journald, ['MaxRetentionSec'])
  const place = found.state === 'set' ? placeOf(found.origin) : undefined
  if (days === undefined) return { kind: 'endless', ...(place === undefined ? {} : { place }) }
  return { kind: 'days', days: Math.ceil(days), place: place ?? { file: journald.files[0] ?? '', line: 1 } }
}

/** What the journal says: it keeps the server's own log, which names nobody, and whatever other programs write into it. */
export function judgeJournal(files: readonly SourceFile[]): readonly Finding[] {
  const journald = readJournald(journalFiles(files))
  const [main] = journald.files
  if (main === undefined) return []
  const storage = lookup(journald, ['Storage'])
  const kind = storage.state === 'set' && storage.node.kind === 'text' ? storage.node.value : undefined
  const place = storage.state === 'set' ? placeOf(storage.origin) : { file: main, line: 1 }
  const base = { service: 'journald', traces: [] } as const
  if (kind === 'none' || kind === 'volatile')
    return [
      {
        ...base,
        state: 'clean',
        place,
        says: both(
          'Das Journal wird nicht auf den Datenträger geschrieben.',
          'The journal is not written to disk.',
        ),
      },
    ]
  const kept = keptJournal(journald)
  if (kept.kind === 'days' && kept.days <= LOG_DAYS)
    return [
      {
        ...base,
        state: 'clean',
        place: kept.place,
        kept,
        says: both('Das Journal vergisst rechtzeitig.', 'The journal forgets in time.'),
      },
    ]
  return [
    {
      ...base,
      state: kept.kind === 'unknown' ? 'unclear' : 'logs',
      place: kept.kind === 'unknown' ? { file: main, line: 1 } : (kept.place ?? { file: main, line: 1 }),
      kept,
      says: both(
        'Das Journal bewahrt länger auf, was andere Programme hineinschreiben.',
        'The journal keeps for longer what other programs write into it.',
      ),
      change: both(
        `Im Abschnitt [Journal]: MaxRetentionSec=${LOG_DAYS}day, danach systemctl restart systemd-journald`,
        `In the section [Journal]: MaxRetentionSec=${LOG_DAYS}day, then systemctl restart systemd-journald`,
      ),
    },
  ]
}
