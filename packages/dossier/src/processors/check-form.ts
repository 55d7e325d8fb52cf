// The form in which somebody checks a provider: contract clauses a-h, measures level by level, and the evidence.
import type { LocalText } from '../engine/bilingual.ts'

/** The letters of Art. 28(3) GDPR. */
export type ClauseLetter = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h'

export type ClauseResult = 'met' | 'partly' | 'missing'

export interface ClauseFinding {
  letter: ClauseLetter
  result: ClauseResult
  /** Where it stands in the contract: page or section; empty when not found. */
  page: string
  remark: LocalText
}

/** 0 none, 1 planned, 2 documented, 3 implemented, 4 tested. */
export type Level = 0 | 1 | 2 | 3 | 4

/** The measures that are compared, named after the German control names. */
export type MeasureId =
  | 'physicalAccess'
  | 'systemAccess'
  | 'dataAccess'
  | 'transfer'
  | 'input'
  | 'instructions'
  | 'availability'
  | 'recovery'
  | 'separation'
  | 'encryptionAtRest'
  | 'testing'

export interface MeasureComparison {
  measure: MeasureId
  own: Level
  provider: Level
  /** Certificate, report or statement, and its date. */
  evidence: LocalText
  /** What makes up for a gap, and why that is enough; absent when nothing does. */
  compensation?: LocalText
}

/** One check of one provider, as it was filled in. Nothing here is guessed: what is left out was not checked. */
export interface ProcessorCheck {
  /** Id of the provider in `hosting.providers`. */
  provider: string
  contractVersion: string
  /** Hash of the contract file as hexadecimal SHA-256; the file itself stays with the examiner. */
  contractHash: string
  /** Role of the examiner, not a name. */
  examiner: LocalText
  /** ISO dates. */
  date: string
  nextDate: string
  /** The data protection officer's opinion; empty when none was asked. */
  dpoOpinion: LocalText
  clauses: readonly ClauseFinding[]
  measures: readonly MeasureComparison[]
}
