// The words of the processor check: clauses, results, measures, levels.
import type { Bilingual } from '@runde/contract'
import { both } from '../engine/bilingual.ts'
import type { ClauseLetter, ClauseResult, Level, MeasureId } from './check-form.ts'

export const CLAUSE_LETTERS: readonly ClauseLetter[] = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

export const CLAUSE_WORDS: Readonly<Record<ClauseLetter, Bilingual>> = {
  a: both(
    'Verarbeitung nur auf dokumentierte Weisung, auch bei Übermittlung in Drittländer',
    'processing on documented instructions only, including transfers to third countries',
  ),
  b: both(
    'Verpflichtung der eingesetzten Personen zur Vertraulichkeit',
    'commitment of the persons involved to confidentiality',
  ),
  c: both('Maßnahmen zur Sicherheit der Verarbeitung', 'measures for the security of processing'),
  d: both('Bedingungen für weitere Auftragsverarbeiter', 'conditions for sub-processors'),
  e: both('Hilfe bei Anträgen betroffener Personen', 'help with requests of data subjects'),
  f: both(
    'Hilfe bei Sicherheit, Meldungen, Folgenabschätzung und Konsultation',
    'help with security, notifications, impact assessment and consultation',
  ),
  g: both('Löschung oder Rückgabe der Daten am Ende', 'erasure or return of the data at the end'),
  h: both(
    'Nachweise, Überprüfungen und Hinweis auf rechtswidrige Weisungen',
    'evidence, audits and warning of unlawful instructions',
  ),
}

export const CLAUSE_RESULTS: Readonly<Record<ClauseResult, Bilingual>> = {
  met: both('erfüllt', 'met'),
  partly: both('teilweise', 'partly'),
  missing: both('fehlt', 'missing'),
}

export const LEVELS: Readonly<Record<Level, Bilingual>> = {
  0: both('0 keine', '0 none'),
  1: both('1 geplant', '1 planned'),
  2: both('2 dokumentiert', '2 documented'),
  3: both('3 umgesetzt', '3 implemented'),
  4: both('4 geprüft', '4 tested'),
}

export const MEASURE_NAMES: Readonly<Record<MeasureId, Bilingual>> = {
  physicalAccess: both('Zutritt zum Gerät', 'physical access'),
  systemAccess: both('Zugang zum System', 'system access'),
  dataAccess: both('Zugriff auf Daten', 'data access'),
  transfer: both('Weitergabe und Verschlüsselung unterwegs', 'transfer and encryption in transit'),
  input: both('Nachvollziehbarkeit von Eingaben', 'traceability of input'),
  instructions: both('Bindung an Weisungen', 'binding to instructions'),
  availability: both('Verfügbarkeit', 'availability'),
  recovery: both('Wiederherstellung', 'restoration'),
  separation: both('Trennung von anderen Kunden', 'separation from other customers'),
  encryptionAtRest: both('Verschlüsselung ruhender Daten', 'encryption at rest'),
  testing: both('regelmäßige Überprüfung', 'regular testing'),
}

export const MEASURE_IDS: readonly MeasureId[] = [
  'physicalAccess',
  'systemAccess',
  'dataAccess',
  'transfer',
  'input',
  'instructions',
  'availability',
  'recovery',
  'separation',
  'encryptionAtRest',
  'testing',
]
