// Judges coturn: whether it writes down who relays with whom.
import { type Rotation, type SourceFile, lookup, readTurnserver } from '@runde/jitsi-audit/servers'
import { type Finding, both, placeOf } from './finding.ts'
import { keptFile } from './rotation.ts'

export function judgeCoturn(files: readonly SourceFile[], rotation: Rotation): readonly Finding[] {
  return files
    .filter(({ path }) => /(?:^|\/)turnserver\.conf$/.test(path))
    .map((file): Finding => {
      const settings = readTurnserver(file)
      const loud = (['Verbose', 'verbose'] as const)
        .map((key) => lookup(settings, [key]))
        .find((found) => found.state === 'set' && (found.node.kind !== 'flag' || found.node.value))
      if (loud?.state !== 'set')
        return {
          service: 'coturn',
          state: settings.completeness === 'complete' ? 'clean' : 'unclear',
          traces: [],
          place: { file: file.path, line: 1 },
          says: both(
            'Sitzungen werden nicht ausführlich mitgeschrieben; --verbose auf der Befehlszeile wäre hier nicht zu sehen.',
            'Sessions are not logged verbosely; --verbose on the command line would not be seen here.',
          ),
        }
      const target = lookup(settings, ['log-file'])
      const path = target.state === 'set' && target.node.kind === 'text' ? target.node.value : ''
      return {
        service: 'coturn',
        state: 'logs',
        traces: ['addresses'],
        place: placeOf(loud.origin),
        kept: keptFile(rotation, path),
        says: both(
          'Zu jeder Sitzung werden die Adressen beider Seiten mitgeschrieben.',
          'For each session the addresses of both sides are logged.',
        ),
        change: both('Diese Zeile löschen.', 'Delete this line.'),
      }
    })
}
