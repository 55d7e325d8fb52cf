// Findings about what the server keeps, sends and evaluates, and where settings and probes contradict each other.
import { both } from '../engine/bilingual.ts'
import { type Period, periodHours } from '../engine/dates.ts'
import { art, norm } from '../engine/law.ts'
import { addressLogs } from '../documents/shared.ts'
import { NOTICES, type ShortRule } from './short-rule.ts'

/** Longest life of a diagnostic log: long enough for a weekend, short enough to stay an exception. */
const DEBUG_HOURS = 72

/** How long logs of security may be kept without a further reason: a week, hours. */
const SECURITY_LOG_HOURS = 168

function isShort(kept: Period | undefined): boolean {
  return kept !== undefined && periodHours(kept) <= SECURITY_LOG_HOURS
}

export const PRIVACY: readonly ShortRule[] = [
  {
    id: 'addresses-logged',
    kind: 'risk',
    laws: [art('5(1)(c)')],
    documents: [...NOTICES, 'measures', 'deletion'],
    when: (f) => f.is('log.addresses', true),
    message: both(
      'Netzadressen der Teilnehmenden werden protokolliert.',
      'Network addresses of participants are logged.',
    ),
    remedy: both(
      'Ausschalten; für die Fehlersuche gibt es das befristete Diagnoseprotokoll, soweit vorhanden.',
      'Switch it off; for finding faults use the time-limited diagnostic log where available.',
    ),
  },
  {
    id: 'canary-hits',
    kind: 'contradiction',
    laws: [art('5(1)(f)')],
    documents: [...NOTICES, 'measures', 'deletion'],
    when: (f) => f.is('log.addresses', false) && (f.get('probe.canary') ?? 0) > 0,
    message: both(
      'Die Einstellung sagt, dass keine Netzadressen gespeichert werden; die Suche nach Probedaten hat aber Treffer.',
      'The setting says that no network addresses are stored, but the search for test data has hits.',
    ),
    remedy: both(
      'Fundstellen ansehen; häufig protokolliert ein vorgeschalteter Webserver.',
      'Look at the places found; often a web server in front is logging.',
    ),
  },
  {
    id: 'surroundings-addresses',
    kind: 'contradiction',
    laws: [art('5(1)(c)'), art('5(1)(e)')],
    documents: [...NOTICES, 'measures', 'deletion'],
    when: (f) => f.is('log.addresses', false) && addressLogs(f).some(({ kept }) => !isShort(kept)),
    message: both(
      'Der Server speichert keine Netzadressen; ein Programm um ihn herum bewahrt sie aber länger als sieben Tage, ohne Frist oder ohne erkennbare Frist auf.',
      'The server stores no network addresses, but a program around it keeps them for longer than seven days, without a period or without a discernible one.',
    ),
    remedy: both(
      'npx runde surroundings nennt Stelle und Änderung.',
      'npx runde surroundings names the place and the change.',
    ),
  },
  {
    id: 'surroundings-addresses-short',
    kind: 'risk',
    laws: [art('5(1)(c)')],
    documents: [...NOTICES, 'measures', 'deletion'],
    when: (f) => {
      const logs = f.is('log.addresses', false) ? addressLogs(f) : []
      return logs.length > 0 && logs.every(({ kept }) => isShort(kept))
    },
    message: both(
      'Ein Programm um den Server bewahrt Netzadressen der Teilnehmenden einige Tage auf.',
      'A program around the server keeps network addresses of participants for some days.',
    ),
    remedy: both(
      'Ausschalten oder begründen; npx runde surroundings nennt Stelle und Änderung.',
      'Switch it off or give the reason; npx runde surroundings names the place and the change.',
    ),
  },
  {
    id: 'guessing-contradiction',
    kind: 'contradiction',
    laws: [art('5(1)(c)')],
    documents: ['notice', 'measures'],
    when: (f) => f.is('log.addresses', false) && f.is('log.guessingWithoutAddresses', false),
    message: both(
      'Netzadressen sollen nicht gespeichert werden, die Abwehr von Rateversuchen speichert sie aber.',
      'Network addresses are not to be stored, but the defence against guessing stores them.',
    ),
    remedy: both(
      'Die Abwehr ohne Netzadressen einschalten oder die Speicherung angeben.',
      'Switch on the defence without addresses, or state the storage.',
    ),
  },
  {
    id: 'outbound-undeclared',
    kind: 'contradiction',
    laws: [art('5(2)')],
    documents: ['measures', 'reasons', 'record'],
    when: (f) => (f.get('probe.outbound') ?? 0) > 0,
    message: both(
      'Der Server hat Verbindungen aufgebaut, die nicht angegeben sind.',
      'The server set up connections that are not declared.',
    ),
    remedy: both(
      'Ursache klären; Verbindung angeben oder unterbinden.',
      'Find the cause; declare or prevent the connection.',
    ),
  },
  {
    id: 'client-third-party',
    kind: 'red',
    laws: [art('25'), norm('§ 25 TDDDG', 'section 25 TDDDG')],
    documents: ['notice', 'measures'],
    when: (f) => (f.get('probe.clientHosts') ?? 0) > 0,
    message: both(
      'Der Browser der Teilnehmenden spricht fremde Server an.',
      "Participants' browsers contact foreign hosts.",
    ),
    remedy: both('Fremde Inhalte entfernen.', 'Remove foreign content.'),
  },
  {
    id: 'browser-undeclared',
    kind: 'contradiction',
    laws: [norm('§ 25 TDDDG', 'section 25 TDDDG')],
    documents: ['notice'],
    when: (f) => (f.get('probe.browserEntries') ?? 0) > 0,
    message: both(
      'Im Browser entstehen Einträge, die nicht angegeben sind.',
      'Entries arise in the browser that are not declared.',
    ),
    remedy: both('Einträge angeben oder entfernen.', 'Declare or remove the entries.'),
  },
  {
    id: 'notice-not-shown',
    kind: 'risk',
    laws: [art('13')],
    documents: ['interests', 'record'],
    when: (f) => !f.is('feature.notice', 'on'),
    message: both(
      'Der Server zeigt die Datenschutzhinweise nicht vor dem Beitreten.',
      'The server does not show the privacy notice before joining.',
    ),
    remedy: both('Die Hinweise mit jeder Einladung versenden.', 'Send the notice with every invitation.'),
  },
  {
    id: 'recording-consent',
    kind: 'red',
    laws: [art('6(1)(a)'), norm('§ 201 StGB', 'section 201 German Criminal Code')],
    documents: [...NOTICES, 'interests'],
    when: (f) => f.is('feature.recording', 'on') && !f.is('recording.consent', true),
    message: both(
      'Aufzeichnung ist möglich, ohne dass jede Person vorher einwilligt.',
      'Recording is possible without prior consent of each person.',
    ),
    remedy: both(
      'Einwilligung jeder Person einschalten oder Aufzeichnung abschalten.',
      'Switch on consent of each person, or switch recording off.',
    ),
  },
  {
    id: 'recording-traces',
    kind: 'contradiction',
    laws: [art('5(1)(a)')],
    documents: [...NOTICES, 'measures'],
    when: (f) => f.is('feature.recording', 'absent', 'off') && (f.get('probe.recordingTraces') ?? 0) > 0,
    message: both(
      'Es soll nicht aufgezeichnet werden, aber nach einer Besprechung lagen Ton oder Bild auf dem Datenträger.',
      'Nothing is to be recorded, but audio or video was on disk after a meeting.',
    ),
    remedy: both(
      'Server nicht benutzen, bis die Ursache gefunden ist.',
      'Do not use the server until the cause is found.',
    ),
  },
  {
    id: 'transcription-foreign',
    kind: 'red',
    laws: [art('28'), art('44')],
    documents: NOTICES,
    when: (f) => f.is('feature.transcription', 'on') && f.is('transcription.local', false),
    message: both(
      'Gesprochenes geht zur Umwandlung in Text an einen fremden Dienst.',
      'Speech goes to a foreign service to be turned into text.',
    ),
    remedy: both('Eigenen Dienst benutzen oder abschalten.', 'Use an own service or switch it off.'),
  },
  {
    id: 'attention-statistics',
    kind: 'red',
    laws: [art('5(1)(c)'), norm('§ 87 Abs. 1 Nr. 6 BetrVG', 'section 87(1) no. 6 BetrVG')],
    documents: [...NOTICES, 'interests', 'dpia-threshold'],
    when: (f) => f.is('log.attentionStatistics', true),
    message: both(
      'Redezeit oder Aufmerksamkeit werden ausgewertet.',
      'Speaking time or attention are evaluated.',
    ),
    remedy: both('Abschalten.', 'Switch it off.'),
  },
  {
    id: 'debug-too-long',
    kind: 'red',
    laws: [art('5(1)(e)')],
    documents: ['deletion', 'record'],
    when: (f) =>
      f.is('feature.debugLog', 'on') && periodHours(f.get('keep.debugLog') ?? 'none') > DEBUG_HOURS,
    message: both(
      'Das Diagnoseprotokoll wird länger als 72 Stunden aufbewahrt.',
      'The diagnostic log is kept longer than 72 hours.',
    ),
    remedy: both('Frist auf höchstens 72 Stunden setzen.', 'Set the period to 72 hours at most.'),
  },
  {
    id: 'logs-endless',
    kind: 'red',
    laws: [art('5(1)(e)')],
    documents: ['deletion', 'record', 'notice'],
    when: (f) =>
      f.is('keep.serverLog', 'manual') ||
      f.is('keep.recordings', 'manual') ||
      f.is('keep.attendance', 'manual'),
    message: both(
      'Protokolle, Aufzeichnungen oder Listen haben keine Frist.',
      'Logs, recordings or lists have no period.',
    ),
    remedy: both(
      'Eine Frist setzen, nach der sie von selbst gelöscht werden.',
      'Set a period after which they are erased by themselves.',
    ),
  },
  {
    id: 'retention-failed',
    kind: 'red',
    laws: [art('5(1)(e)')],
    documents: ['deletion', 'measures', 'notice'],
    when: (f) => f.get('probe.retention') === false,
    message: both(
      'Mindestens ein Eintrag ist älter als seine Frist.',
      'At least one entry is older than its period.',
    ),
    remedy: both('Löschlauf prüfen und nachholen.', 'Check the erasure job and make up for it.'),
  },
  {
    id: 'name-forced',
    kind: 'risk',
    laws: [norm('§ 19 Abs. 2 TDDDG', 'section 19(2) TDDDG')],
    documents: ['notice'],
    when: (f) => f.is('join.nameOptional', false),
    message: both(
      'Für die Teilnahme wird ein Name verlangt; ein Grund dafür ist nicht angegeben.',
      'A name is required for participation; no reason for it is stated.',
    ),
    remedy: both(
      'Pseudonyme zulassen oder begründen, warum das nicht zumutbar ist.',
      'Allow pseudonyms, or justify why this is not reasonable.',
    ),
  },
]
