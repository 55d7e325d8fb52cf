// The interview: which questions are still open, in the order in which they make sense.
import type { Bilingual } from '@runde/contract'
import { draftDossier } from './dossier.ts'
import { isAsked, stateOf } from './engine/reader.ts'
import type { FactSheet } from './facts/sheet.ts'
import type { FactKind, FactSection } from './facts/spec.ts'
import { FACTS, FACT_IDS } from './facts/table.ts'
import type { FactId } from './facts/values.ts'
import type { DocumentKind } from './model/document.ts'

export interface Question {
  fact: FactId
  section: FactSection
  question: Bilingual
  help: Bilingual | undefined
  shown: FactKind
  /** `unknown`: answered with "I do not know", which is valid and stays open. */
  state: 'open' | 'unknown' | 'answered'
  /** Whether documents wait for the answer. */
  owed: boolean
  documents: readonly DocumentKind[]
}

/** Every question that arises from the answers so far; those of a private person end with the first. */
export function interview(sheet: FactSheet, now: number): Question[] {
  const { drafts } = draftDossier(sheet, now)
  const world = { sheet, now }
  return FACT_IDS.flatMap((fact): Question[] => {
    const spec = FACTS[fact]
    if (spec.question === undefined || !isAsked(world, fact) || isReported(sheet, fact)) return []
    const documents = drafts.filter(({ facts }) => facts.has(fact)).map(({ kind }) => kind)
    if (documents.length === 0) return []
    const { state } = stateOf(world, fact)
    return [
      {
        fact,
        section: spec.section,
        question: spec.question,
        help: spec.help,
        shown: spec.shown,
        state: state === 'stated' ? 'answered' : state === 'unknown' ? 'unknown' : 'open',
        owed: spec.optional !== true,
        documents: [...new Set(documents)],
      },
    ]
  })
}

/** Whether the running server says so itself; what it does not know, people are asked. */
export function isReported(sheet: FactSheet, fact: FactId): boolean {
  return FACTS[fact].by === 'setting' && sheet[fact]?.source === 'setting'
}
