// What is wrong or missing: shown in the overview, in the documents it concerns, and as a reason against approval.
import type { Bilingual } from '@runde/contract'
import type { DocumentKind } from './document.ts'

/** `missing`, `contradiction` and `red` block the approval of the documents they concern; `risk` and `note` do not. */
export type FindingKind = 'missing' | 'contradiction' | 'red' | 'risk' | 'note'

export interface Finding {
  /** Unique and stable: the rule, or the rule and what it found. */
  id: string
  kind: FindingKind
  /** What is so. */
  message: Bilingual
  /** What to do about it. */
  remedy: Bilingual
  /** Facts that would settle it. */
  facts: readonly string[]
  documents: readonly DocumentKind[]
  /** Legal basis in both languages, for instance "Art. 28 Abs. 3 DSGVO"; empty where none is needed. */
  basis: readonly Bilingual[]
  blocks: boolean
}
