// The report's own words in both languages: states, severities, concerns, headings.
import type { Bilingual } from '@runde/contract'
import type { FileReport, InstallationKind } from '../core/installation.ts'
import type { Concern, Paperwork, Severity, State } from '../core/rule.ts'
import type { OriginKind } from '../core/source.ts'
import type { LeftOut } from './patch.ts'
import type { InstallationFacts } from './report.ts'

export type Language = keyof Bilingual

function both(de: string, en: string): Bilingual {
  return { de, en }
}

export const STATE_WORDS: Readonly<Record<State, Bilingual>> = {
  violated: both('Verletzt', 'Violated'),
  undecidable: both('Nicht entscheidbar', 'Undecidable'),
  overridden: both('Überlagert', 'Overridden'),
  met: both('Erfüllt', 'Met'),
  not_applicable: both('Nicht anwendbar', 'Not applicable'),
}

/** Rules are named after the fault. In lists of other states this says what is the matter with it. */
export const STATE_LEADS: Readonly<Record<Exclude<State, 'violated'>, Bilingual>> = {
  undecidable: both(
    'Ob diese Fehler vorliegen, lässt sich aus den Dateien nicht sagen.',
    'Whether these faults are present cannot be told from the files.',
  ),
  overridden: both(
    'Das steht in den Dateien, hat aber keine Wirkung.',
    'This is written in the files, but has no effect.',
  ),
  met: both('Diese Fehler liegen nicht vor.', 'These faults are not present.'),
  not_applicable: both(
    'Was diese Regeln betreffen, ist nicht in Gebrauch.',
    'What these rules are about is not in use.',
  ),
}

/** The same in front of a single headline. */
export const STATE_PREFIXES: Readonly<Record<Exclude<State, 'violated'>, Bilingual>> = {
  undecidable: both('Nicht entscheidbar', 'Undecidable'),
  overridden: both('Ohne Wirkung', 'Without effect'),
  met: both('Nicht der Fall', 'Not the case'),
  not_applicable: both('Nicht anwendbar', 'Not applicable'),
}

export const SEVERITY_WORDS: Readonly<Record<Severity, Bilingual>> = {
  crit: both('Kritisch', 'Critical'),
  high: both('Hoch', 'High'),
  med: both('Mittel', 'Medium'),
  low: both('Niedrig', 'Low'),
  note: both('Hinweis', 'Note'),
}

export const CONCERN_WORDS: Readonly<Record<Concern, Bilingual>> = {
  recipients: both('Wer Daten erhält', 'Who receives data'),
  storage: both('Was gespeichert wird', 'What is stored'),
  access: both('Wer hineinkommt', 'Who gets in'),
  client: both('Was im Browser geschieht', 'What happens in the browser'),
  transport: both('Wie übertragen wird', 'How data is transmitted'),
}

export const KIND_WORDS: Readonly<Record<InstallationKind, Bilingual>> = {
  debian: both('Debian-Pakete', 'Debian packages'),
  docker: both('Docker', 'Docker'),
  kubernetes: both('Kubernetes', 'Kubernetes'),
  helm: both('Helm-Chart', 'Helm chart'),
  ansible: both('Ansible-Rolle', 'Ansible role'),
  salt: both('Salt-Formel', 'Salt formula'),
  yunohost: both('YunoHost', 'YunoHost'),
  nixos: both('NixOS', 'NixOS'),
  source: both('aus den Quellen', 'from source'),
  unknown: both('unbekannt', 'unknown'),
}

export const OUTCOME_WORDS: Readonly<Record<FileReport['outcome'], Bilingual>> = {
  read: both('gelesen', 'read'),
  partly: both('teilweise gelesen', 'partly read'),
  'not-read': both('nicht gelesen', 'not read'),
}

/** Said beside a place that is not simply written in a file. */
export const ORIGIN_WORDS: Readonly<Record<OriginKind, Bilingual | undefined>> = {
  file: undefined,
  'template-default': both('Vorgabe der Vorlage', 'default of the template'),
  'stock-default': both('Vorgabe der Software', 'default of the software'),
  environment: both('Umgebungsvariable', 'environment variable'),
}

export const PART_WORDS: Readonly<Record<Paperwork['part'], Bilingual>> = {
  recipients: both('Empfänger', 'Recipients'),
  'third-country': both('Übermittlung in Drittländer', 'Transfers to third countries'),
  categories: both('Kategorien von Daten', 'Categories of data'),
  erasure: both('Löschfristen', 'Time limits for erasure'),
  measures: both('Technische und organisatorische Maßnahmen', 'Technical and organisational measures'),
  notice: both('Weitere Hinweise', 'Further information'),
}

export const DOCUMENT_WORDS: Readonly<Record<'record' | 'measures' | 'notice', Bilingual>> = {
  record: both(
    'Verzeichnis der Verarbeitungstätigkeiten (Art. 30 DSGVO)',
    'Record of processing activities (Art. 30 GDPR)',
  ),
  measures: both(
    'Technische und organisatorische Maßnahmen (Art. 32 DSGVO)',
    'Technical and organisational measures (Art. 32 GDPR)',
  ),
  notice: both('Datenschutzhinweise (Art. 13 DSGVO)', 'Privacy notice (Art. 13 GDPR)'),
}

export const LEFT_OUT_WORDS: Readonly<Record<LeftOut, Bilingual>> = {
  conflict: both(
    'ändert dieselbe Stelle wie ein schwererer Befund',
    'changes the same place as a graver finding',
  ),
  secret: both('in der Zeile steht ein Geheimnis', 'the line holds a secret'),
  name: both('die Datei lässt sich in einem Patch nicht benennen', 'the file cannot be named in a patch'),
}

/** Headings and single words. */
export type Word =
  | 'title'
  | 'why'
  | 'mend'
  | 'found'
  | 'here'
  | 'rule'
  | 'place'
  | 'morePlaces'
  | 'noPlace'
  | 'installation'
  | 'kind'
  | 'release'
  | 'assumed'
  | 'unknown'
  | 'ownHosts'
  | 'files'
  | 'notes'
  | 'paperwork'
  | 'paperworkLead'
  | 'open'
  | 'moving'
  | 'today'
  | 'withRunde'
  | 'none'
  | 'compared'
  | 'mended'
  | 'added'
  | 'remaining'
  | 'severity'
  | 'state'
  | 'line'

export const WORDS: Readonly<Record<Word, Bilingual>> = {
  title: both('Jitsi-Prüfung', 'Jitsi audit'),
  why: both('Was geschieht', 'What happens'),
  mend: both('So wird es richtig', 'How to mend it'),
  found: both('gefunden', 'found'),
  here: both('In Ihrer Konfiguration', 'In your configuration'),
  rule: both('Regel und Artikel', 'Rule and articles'),
  place: both('Stelle', 'Place'),
  morePlaces: both('weitere Stellen', 'more places'),
  noPlace: both('ohne Stelle', 'no place'),
  installation: both('Installation', 'Installation'),
  kind: both('Art', 'Kind'),
  release: both('Version', 'Release'),
  assumed: both('angenommen', 'assumed'),
  unknown: both('unbekannt', 'unknown'),
  ownHosts: both('Eigene Namen', 'Own host names'),
  files: both('Dateien', 'Files'),
  notes: both('Immer zu wissen', 'Always worth knowing'),
  paperwork: both('Für Ihre Unterlagen', 'For your paperwork'),
  paperworkLead: both(
    'Diese Sätze folgen aus den gefundenen Einstellungen, aus verletzten wie aus erfüllten Regeln. Sie beschreiben den Zustand zum Zeitpunkt der Prüfung und ersetzen keine rechtliche Prüfung.',
    'These sentences follow from the settings found, from violated and met rules alike. They describe the state at the time of the audit and do not replace legal review.',
  ),
  open: both(
    'Nicht entscheidbar, deshalb steht dazu hier nichts:',
    'Undecidable, so nothing is said about it here:',
  ),
  moving: both('Was ein Umzug zu Runde erledigen würde', 'What moving to Runde would settle'),
  today: both('Heute auf Ihrem Server', 'On your server today'),
  withRunde: both('Mit Runde', 'With Runde'),
  none: both('keine', 'none'),
  compared: both('Seit der letzten Prüfung', 'Since the last audit'),
  mended: both('Behoben', 'Mended'),
  added: both('Neu', 'New'),
  remaining: both('Weiterhin verletzt', 'Still violated'),
  severity: both('Schwere', 'Severity'),
  state: both('Zustand', 'State'),
  line: both('Zeile', 'line'),
}

/** `14 Regeln sind verletzt, darunter 1 kritische.` */
export function verdictSentence(
  counts: Readonly<Record<State, number>>,
  violated: Readonly<Record<Severity, number>>,
  language: Language,
): string {
  const sum = counts.violated
  const crit = violated.crit
  const high = violated.high
  if (sum === 0) {
    const clean = counts.undecidable === 0
    if (language === 'de')
      return clean
        ? 'Keine Regel ist verletzt.'
        : `Keine Regel ist nachweislich verletzt. ${counts.undecidable === 1 ? '1 Regel ließ' : `${counts.undecidable} Regeln ließen`} sich nicht entscheiden.`
    return clean
      ? 'No rule is violated.'
      : `No rule is shown to be violated. ${counts.undecidable === 1 ? '1 rule' : `${counts.undecidable} rules`} could not be decided.`
  }
  if (language === 'de') {
    const rules = sum === 1 ? '1 Regel ist verletzt' : `${sum} Regeln sind verletzt`
    const grave = crit > 0 ? `${crit} kritische` : high > 0 ? `${high} mit hohem Gewicht` : ''
    return grave === '' ? `${rules}.` : `${rules}, darunter ${grave}.`
  }
  const rules = sum === 1 ? '1 rule is violated' : `${sum} rules are violated`
  const grave = crit > 0 ? `${crit} of them critical` : high > 0 ? `${high} of them of high severity` : ''
  return grave === '' ? `${rules}.` : `${rules}, ${grave}.`
}

/** `stable-9646`, `stable-9646 (angenommen)`, `unbekannt`. */
export function releaseText(release: InstallationFacts['release'], language: Language): string {
  if (release === undefined) return WORDS.unknown[language]
  return release.assumed ? `${release.name} (${WORDS.assumed[language]})` : release.name
}

/** `prosody.cfg.lua:12`, or the file alone where the place is what the file does not say. */
export function placeText(
  place: { readonly kind: OriginKind; readonly file: string; readonly line: number } | undefined,
): string {
  if (place === undefined) return ''
  return place.kind === 'stock-default' ? place.file : `${place.file}:${place.line}`
}
