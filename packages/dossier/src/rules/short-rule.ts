// The short form of a rule that reports a finding with fixed texts.
import type { Bilingual } from '@runde/contract'
import type { LawRef } from '../engine/law.ts'
import type { Reader } from '../engine/reader.ts'
import type { DocumentKind } from '../model/document.ts'
import type { FindingKind } from '../model/finding.ts'

/** A rule whose texts depend on nothing. */
export interface ShortRule {
  id: string
  kind: FindingKind
  laws: readonly LawRef[]
  documents: readonly DocumentKind[]
  when: (f: Reader) => boolean
  message: Bilingual
  remedy: Bilingual
}

/** What participants read, and the record that has to say the same. */
export const NOTICES: readonly DocumentKind[] = ['notice', 'notice-short', 'record']
