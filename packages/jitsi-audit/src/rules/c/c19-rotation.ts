// C19-C22: when log files go away.
import type { Installation, LogrotateStanza } from '../../core/installation.ts'
import type { Edit, Rule, Verdict } from '../../core/rule.ts'
import { articles } from '../helpers/articles.ts'
import { replaceValue } from '../helpers/edits.ts'
import { member, text } from '../helpers/values.ts'
import { both, met, missing, notApplicable, undecidable, violated } from '../helpers/verdicts.ts'
import { firstOf, silent } from '../b/kit.ts'
import { timeSpanSeconds } from '../../parse/rotation/read-journald.ts'
import {
  DAYS_ACCEPTED,
  type Retention,
  jitsiStanzas,
  retentionIn,
  logsToContainers,
  stanzaFor,
} from './retention.ts'

export const C19: Rule = {
  id: 'C19',
  name: 'ROT-SIZE',
  concern: 'storage',
  severity: 'high',
  components: ['logrotate'],
  title: both(
    'Protokolle werden nur nach Größe gewechselt: keine Frist',
    'Logs are rotated by size alone: no term',
  ),
  why: both(
    'size setzt daily oder hourly außer Kraft, wenn es danach steht. Auf einem ruhigen Server wird die Grenze nie erreicht; die Zeilen bleiben für immer. So liefert Jitsi es für die Videobridge aus.',
    'size puts daily or hourly out of force where it comes after them. On a quiet server the limit is never reached; the lines stay for ever. This is how Jitsi ships it for the videobridge.',
  ),
  mend: both(
    'size durch maxsize ersetzen: daily, maxsize 100M, rotate 7, maxage 7.',
    'Replace size by maxsize: daily, maxsize 100M, rotate 7, maxage 7.',
  ),
  articles: articles('5(1)e'),
  source: 'logrotate, jitsi-videobridge config/logrotate',
  paperwork: [
    {
      part: 'erasure',
      violated: both(
        'Für Protokolldateien gilt keine Löschfrist; sie werden nur nach Größe gewechselt.',
        'No erasure term holds for log files; they are rotated by size only.',
      ),
      met: both('Protokolldateien werden nach Zeit gewechselt.', 'Log files are rotated by time.'),
    },
  ],
  check: (installation) => eachStanza(installation, judgeSize),
}

function eachStanza(
  installation: Installation,
  judge: (stanza: LogrotateStanza, kept: Retention) => Verdict,
): readonly Verdict[] {
  const stanzas = jitsiStanzas(installation)
  if (stanzas.length === 0 && logsToContainers(installation))
    return [notApplicable(installation.services[0]?.origin)]
  if (stanzas.length === 0) return [undecidable(undefined, missing('logrotate'))]
  return stanzas.map((stanza) => judge(stanza, retentionIn(installation, stanza)))
}

function judgeSize(stanza: LogrotateStanza, kept: Retention): Verdict {
  if (kept.kind === 'unknown') return undecidable(kept.origins, missing('logrotate.conf'))
  if (kept.kind === 'no-time-limit')
    return violated([...kept.origins, stanza.origin], { edits: byTime(stanza) })
  return met(kept.origins)
}

/** Turns a rotation by size into seven days; lines that are not there are put beside the size. */
function byTime({ directives }: LogrotateStanza): readonly Edit[] {
  const size = directives.get('size')
  const rotate = directives.get('rotate')
  if (size === undefined || size.value === '') return []
  const inside = rotate !== undefined && rotate.origin.file === size.origin.file
  const lines = ['daily', `maxsize ${size.value}`, ...(inside ? [] : ['rotate 7']), 'maxage 7']
  const indent = ' '.repeat(size.origin.column - 1)
  return [
    ...replaceValue(size.origin, lines.join(`\n${indent}`)),
    ...(inside ? replaceValue(rotate.origin, 'rotate 7') : []),
  ]
}

export const C20: Rule = {
  id: 'C20',
  name: 'ROT-LONG',
  concern: 'storage',
  severity: 'med',
  components: ['logrotate'],
  title: both('Protokolle bleiben länger als sieben Tage', 'Logs stay longer than seven days'),
  why: both(
    'Für Fehlersuche und Abwehr reichen sieben Tage; länger braucht einen Grund, den man nennen muss.',
    'Seven days suffice for finding faults and fending off attacks; longer needs a reason that has to be given.',
  ),
  mend: both('daily und rotate 7 setzen.', 'Set daily and rotate 7.'),
  articles: articles('5(1)e'),
  source: 'logrotate, retention guide of jitsi-club',
  paperwork: [
    {
      part: 'erasure',
      violated: both(
        'Protokolldateien werden länger als 7 Tage aufbewahrt.',
        'Log files are kept longer than 7 days.',
      ),
      met: both(
        'Protokolldateien werden nach höchstens 7 Tagen gelöscht.',
        'Log files are deleted after at most 7 days.',
      ),
    },
  ],
  check: (installation) => eachStanza(installation, judgeLength),
}

function judgeLength(stanza: LogrotateStanza, kept: Retention): Verdict {
  if (kept.kind === 'unknown') return undecidable(kept.origins, missing('logrotate.conf'))
  if (kept.kind === 'no-time-limit') {
    const detail = both('Ohne Zeitgrenze, siehe C19.', 'Without a time limit, see C19.')
    return notApplicable(kept.origins, { detail })
  }
  if (kept.days <= DAYS_ACCEPTED) return met(kept.origins)
  const days = Math.round(kept.days)
  const detail = both(`Wirksam: etwa ${days} Tage.`, `Effective: about ${days} days.`)
  return violated(kept.origins, { detail, edits: shorten(stanza) })
}

/** Seven days by count alone where the period is a day or a week; other periods are for a person to change. */
function shorten({ directives }: LogrotateStanza): readonly Edit[] {
  const rotate = directives.get('rotate')
  if (rotate === undefined) return []
  if (directives.has('daily') && !directives.has('weekly') && !directives.has('monthly'))
    return replaceValue(rotate.origin, 'rotate 7')
  const weekly = directives.has('weekly') && !directives.has('daily') && !directives.has('monthly')
  return weekly ? replaceValue(rotate.origin, 'rotate 1') : []
}

export const C21: Rule = {
  id: 'C21',
  name: 'ROT-NONE',
  concern: 'storage',
  severity: 'high',
  components: ['logrotate'],
  title: both('Eine Protokolldatei wird nie gelöscht', 'A log file is never deleted'),
  why: both(
    'Ein Programm schreibt in eine Datei, für die es keine Regel in logrotate gibt; sie wächst für immer.',
    'A program writes into a file for which logrotate has no rule; it grows for ever.',
  ),
  mend: both(
    'In /etc/logrotate.d eine Regel ergänzen: DATEI { daily rotate 7 maxage 7 missingok compress }',
    'Add a rule in /etc/logrotate.d: FILE { daily rotate 7 maxage 7 missingok compress }',
  ),
  articles: articles('5(1)e'),
  source: 'logrotate',
  paperwork: [
    {
      part: 'erasure',
      violated: both(
        'Mindestens eine Protokolldatei hat keine Löschfrist.',
        'At least one log file has no erasure term.',
      ),
      met: both('Jede Protokolldatei hat eine Löschregel.', 'Every log file has a rule for its erasure.'),
    },
  ],
  check: checkCovered,
}

/** Without the whole of logrotate in the set a missing rule may stand in a file that a package brings. */
function checkCovered(installation: Installation): readonly Verdict[] {
  if (logsToContainers(installation)) return [notApplicable(installation.services[0]?.origin)]
  const files = installation.logPaths.filter(
    ({ path }) => path.startsWith('/') && !/^\/(?:dev|proc)\//.test(path),
  )
  const { completeness, stanzas } = installation.rotation
  if (files.length === 0) {
    const places = stanzas.map(({ origin }) => origin)
    return [
      installation.logPaths.length > 0 && completeness !== 'absent'
        ? met(places)
        : undecidable(undefined, missing('log')),
    ]
  }
  return files.map(({ path, origin }) => {
    const stanza = stanzaFor(installation, path)
    if (stanza !== undefined) return met([origin, stanza.origin])
    const detail = both(`Ohne Regel: ${path}.`, `Without a rule: ${path}.`)
    if (completeness === 'complete') return violated(origin, { detail })
    return undecidable(origin, { detail })
  })
}

export const C22: Rule = {
  id: 'C22',
  name: 'JOURNAL',
  concern: 'storage',
  severity: 'med',
  components: ['journald'],
  title: both('Das Journal hat keine Frist', 'The journal has no term'),
  why: both(
    'Ohne MaxRetentionSec begrenzt nur die Größe; auf einem ruhigen Server sind das Monate.',
    'Without MaxRetentionSec only size limits it; on a quiet server that means months.',
  ),
  mend: both(
    'In /etc/systemd/journald.conf unter [Journal] MaxRetentionSec=7day setzen.',
    'Set MaxRetentionSec=7day under [Journal] in /etc/systemd/journald.conf.',
  ),
  articles: articles('5(1)e'),
  source: 'journald.conf, citronalco role',
  paperwork: [
    {
      part: 'erasure',
      violated: both(
        'Für das Systemjournal gilt keine Löschfrist.',
        'No erasure term holds for the system journal.',
      ),
      met: both(
        'Das Systemjournal wird nach höchstens 7 Tagen gelöscht.',
        'The system journal is deleted after at most 7 days.',
      ),
    },
  ],
  check: checkJournal,
}

function checkJournal(installation: Installation): readonly Verdict[] {
  const { journald } = installation
  const storage = firstOf(journald, [['Storage'], ['Journal', 'Storage']])
  if (storage.state === 'set' && text(storage.node) === 'none') return [met(storage.origin)]
  const found = firstOf(journald, [['MaxRetentionSec'], ['Journal', 'MaxRetentionSec']])
  const driver = installation.services
    .map(({ node }) => member(member(node, 'logging'), 'driver'))
    .find((one) => text(one) === 'journald')
  if (journald.completeness === 'absent') return [undecidable(driver?.origin, missing('journald.conf'))]
  if (found.state === 'unknown')
    return [undecidable(found.origin ?? silent(journald), missing('journald.conf'))]
  if (found.state === 'unset') return [violated(silent(journald))]
  const seconds = timeSpanSeconds(text(found.node) ?? '')
  if (seconds === undefined) return [undecidable(found.origin, missing('MaxRetentionSec'))]
  // The place of a journald setting is its whole line.
  const edits = replaceValue(found.origin, 'MaxRetentionSec=7day')
  return [
    seconds === 0 || seconds > DAYS_ACCEPTED * 86_400 ? violated(found.origin, { edits }) : met(found.origin),
  ]
}
