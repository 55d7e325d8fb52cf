// A rule: condition on facts, from when to when it is law, and what follows from it: clauses to print, or a finding.
import type { Bilingual } from '@runde/contract'
import type { Clause } from '../engine/clause.ts'
import type { LawRef, Regime } from '../engine/law.ts'
import type { Reader } from '../engine/reader.ts'
import type { DocumentKind } from '../model/document.ts'
import type { FindingKind } from '../model/finding.ts'

/** What a rule reports when its condition holds. Texts are written from the same facts. */
export interface RuleFinding {
  kind: FindingKind
  documents: readonly DocumentKind[]
  message: (facts: Reader) => Bilingual
  remedy: (facts: Reader) => Bilingual
}

export interface Rule {
  id: string
  basis: readonly LawRef[]
  /** ISO dates; in force from the first, no longer from the second on. */
  validFrom: string
  validUntil?: string
  when: (facts: Reader) => boolean
  /** Clauses for named places of documents. */
  clauses?: readonly { slot: string; clause: Clause }[]
  finding?: RuleFinding
}

/** Supervisory authority a person may complain to. */
export interface Authority {
  name: Bilingual
  /** Short name for tables. */
  short: string
}

/** Rules that belong together and are exchanged together: the base, a Land, a sector. */
export interface RulePack {
  id: string
  title: Bilingual
  validFrom: string
  validUntil?: string
  /** Whether the pack applies to this organisation. */
  applies: (facts: Reader) => boolean
  /** The law instead of the GDPR. */
  regime?: Regime
  /** The authority competent for this organisation. */
  authority?: (facts: Reader) => Authority | undefined
  rules: readonly Rule[]
}

/** Whether something is in force on a day: ISO dates compare as texts. */
export function inForce(thing: { validFrom: string; validUntil?: string }, today: string): boolean {
  return thing.validFrom <= today && (thing.validUntil === undefined || today < thing.validUntil)
}
