// C17-C18: what the relay writes about whom it connects.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { articles } from '../helpers/articles.ts'
import { appendLine, removeLines } from '../helpers/edits.ts'
import { both, met, missing, undecidable, violated } from '../helpers/verdicts.ts'
import { firstOf, silent, truth } from '../b/kit.ts'

export const C17: Rule = {
  id: 'C17',
  name: 'TURN-VERBOSE',
  concern: 'storage',
  severity: 'high',
  components: ['turn'],
  title: both(
    'coturn schreibt jede Verbindung mit beiden Adressen auf',
    'coturn writes down every connection with both addresses',
  ),
  why: both(
    'verbose hält je Sitzung die Adresse der Person und der Gegenstelle fest; unkenntlich machen kann coturn sie nicht.',
    'verbose keeps the address of the person and of the peer for each session; coturn cannot redact them.',
  ),
  mend: both('Die Zeilen verbose und Verbose löschen.', 'Delete the lines verbose and Verbose.'),
  articles: articles('5(1)c'),
  source: 'coturn example configuration, issue 911',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'Das Relay protokolliert die IP-Adressen beider Seiten jeder Verbindung.',
        'The relay logs the IP addresses of both sides of every connection.',
      ),
      met: both('Das Relay läuft ohne ausführliches Protokoll.', 'The relay runs without verbose logging.'),
    },
  ],
  check: ({ turn }) => {
    const found = firstOf(turn, ['Verbose', 'verbose'])
    if (found.state === 'unknown')
      return [undecidable(found.origin ?? silent(turn), missing('turnserver.conf'))]
    if (found.state === 'unset') return [met(silent(turn))]
    return [
      truth(found.node) === false
        ? met(found.origin)
        : violated(found.origin, { edits: removeLines(found.origin) }),
    ]
  },
}

export const C18: Rule = {
  id: 'C18',
  name: 'TURN-DEST',
  concern: 'storage',
  severity: 'med',
  components: ['turn', 'logrotate'],
  title: both('coturn schreibt Dateien, die niemand löscht', 'coturn writes files that nobody deletes'),
  why: both(
    'Ohne syslog, log-file oder simple-log legt coturn bei jedem Start eine neue Datei mit Prozessnummer und Datum an, die an logrotate vorbeigeht.',
    'Without syslog, log-file or simple-log coturn starts a new file with process number and date each time, which logrotate easily misses.',
  ),
  mend: both(
    'syslog eintragen und die Frist in journald setzen; neuere Fassungen kennen auch log-min-level=warning.',
    'Enter syslog and set the term in journald; newer builds also know log-min-level=warning.',
  ),
  articles: articles('5(1)e'),
  source: 'coturn example configuration',
  paperwork: [
    {
      part: 'erasure',
      violated: both(
        'Für Protokolle des Relays besteht keine gesicherte Löschfrist.',
        'No erasure term is ensured for the relay’s logs.',
      ),
      met: both(
        'Protokolle des Relays gehen an ein festgelegtes Ziel; es gilt dessen Löschfrist.',
        'The relay’s logs go to a defined place, whose erasure term applies.',
      ),
    },
  ],
  check: checkDestination,
}

function checkDestination({ turn }: Installation): readonly Verdict[] {
  const named = firstOf(turn, ['syslog', 'log-file', 'simple-log'])
  if (named.state === 'unknown')
    return [undecidable(named.origin ?? silent(turn), missing('turnserver.conf'))]
  if (named.state === 'unset')
    return [
      violated(silent(turn), {
        edits: appendLine(
          turn.files.findLast((path) => /turnserver[^/]{0,80}\.conf$/.test(path)),
          'syslog',
        ),
      }),
    ]
  return [truth(named.node) === false ? violated(named.origin) : met(named.origin)]
}
