// Looks at the configuration of all programs around the server at once; reads nothing by itself.
import { type SourceFile, readJournald, readRotation } from '@runde/jitsi-audit/servers'
import { judgeApache } from './apache.ts'
import { judgeCaddy } from './caddy.ts'
import { judgeCoturn } from './coturn.ts'
import type { Finding } from './finding.ts'
import { judgeNginx } from './nginx.ts'
import type { Own } from './ours.ts'
import { journalFiles, judgeJournal } from './rotation.ts'

/** Copies that packages and editors leave beside a file, and sites that are not enabled. */
const NOT_IN_FORCE =
  /(?:\.(?:bak|old|orig|save|swp|dpkg-\w+|rpm\w+|ucf-\w+)|~)$|\/(?:sites|mods|conf|modules)-available\//

/**
 * What these files say about logs. Paths use `/`; the program that a file belongs to is told by its path.
 * @param own how this installation is found in them; left out: every site counts
 */
export function judgeSurroundings(all: readonly SourceFile[], own: Own | undefined): readonly Finding[] {
  const files = all.filter(({ path }) => !NOT_IN_FORCE.test(path))
  const rotation = readRotation(files.filter(({ path }) => /(?:^|\/)logrotate(?:\.conf$|\.d\/)/.test(path)))
  const journald = readJournald(journalFiles(files))
  return [
    ...judgeNginx(files, rotation, own),
    ...judgeCaddy(files, journald, own),
    ...judgeApache(files, rotation, own),
    ...judgeCoturn(files, rotation),
    ...judgeJournal(files),
  ]
}
