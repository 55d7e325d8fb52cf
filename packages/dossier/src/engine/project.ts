// Puts a draft into one language and gives every sentence its provenance.
import type { Bilingual } from '@runde/contract'
import { FACTS } from '../facts/table.ts'
import type { FactId } from '../facts/values.ts'
import type {
  Block,
  DocumentVersion,
  DossierDocument,
  Evidence,
  Language,
  Run,
  Section,
  Sentence,
} from '../model/document.ts'
import type { FactProvenance } from '../model/provenance.ts'
import { MISSING } from './bilingual.ts'
import { canonicalJson } from './canonical.ts'
import { day } from './dates.ts'
import {
  type Draft,
  type DraftBlock,
  type DraftSection,
  type DraftSentence,
  draftSentences,
} from './draft.ts'
import { type World, printState, stateOf } from './reader.ts'

/** What the draft itself does not know. */
export interface Frame {
  language: Language
  organisation: string
  version: DocumentVersion
  blockers: number
}

/** The finished document. Two sentences with one key are a mistake in the clauses. */
export function project(world: World, draft: Draft, frame: Frame): DossierDocument {
  checkKeys(draft)
  const { language } = frame
  return {
    id: draft.id,
    kind: draft.kind,
    language,
    title: draft.title[language],
    subtitle: draft.subtitle[language],
    organisation: frame.organisation,
    version: frame.version,
    sections: draft.sections.map((section) => projectSection(world, section, 1, language)),
    blockers: frame.blockers,
    evidence: [...draft.judged].sort().map((fact) => evidenceOf(world, fact)),
  }
}

function checkKeys(draft: Draft): void {
  const seen = new Set<string>()
  for (const { sentence } of draftSentences(draft)) {
    if (seen.has(sentence.key)) throw new Error(`two sentences named ${sentence.key} in ${draft.id}`)
    seen.add(sentence.key)
  }
}

function evidenceOf(world: World, fact: FactId): Evidence {
  const { value, state } = stateOf(world, fact)
  return { fact, value: value === undefined ? (state === 'missing' ? '' : state) : canonicalJson(value) }
}

function projectSection(world: World, draft: DraftSection, level: 1 | 2 | 3, language: Language): Section {
  const below = level === 1 ? 2 : 3
  return {
    id: draft.id,
    level,
    heading: draft.heading[language],
    blocks: draft.blocks.map((block) => projectBlock(world, block, language)),
    sections: draft.sections.map((section) => projectSection(world, section, below, language)),
  }
}

function projectBlock(world: World, block: DraftBlock, language: Language): Block {
  const all = (sentences: readonly DraftSentence[]): Sentence[] =>
    sentences.map((sentence) => projectSentence(world, sentence, language))
  switch (block.kind) {
    case 'paragraph':
      return { ...block, sentences: all(block.sentences) }
    case 'callout':
      return { ...block, title: block.title[language], sentences: all(block.sentences) }
    case 'definitions':
      return {
        ...block,
        rows: block.rows.map((row) => ({ ...row, term: row.term[language], sentences: all(row.sentences) })),
      }
    case 'list':
      return { ...block, items: block.items.map((item) => ({ ...item, sentences: all(item.sentences) })) }
    case 'table':
      return {
        ...block,
        caption: block.caption[language],
        columns: block.columns.map((column) => ({ ...column, header: column.header[language] })),
        rows: block.rows.map((row) => ({
          ...row,
          cells: row.cells.map((cell) => ({ sentences: all(cell.sentences) })),
        })),
      }
  }
}

function projectSentence(world: World, draft: DraftSentence, language: Language): Sentence {
  return {
    key: draft.key,
    clause: draft.clause,
    runs: runsOf(draft.text, language),
    provenance: [
      ...draft.facts.map((fact) => provenanceOf(world, fact, language)),
      ...draft.laws.map((law) => ({ kind: 'law' as const, citation: law[language] })),
    ],
  }
}

/** Splits the text where it says that something is missing. */
function runsOf(text: Bilingual, language: Language): Run[] {
  const missing = MISSING[language]
  return text[language]
    .split(missing)
    .flatMap((part, index): Run[] => [
      ...(index > 0 ? [{ text: missing, mark: 'missing' as const }] : []),
      ...(part === '' ? [] : [{ text: part, mark: 'plain' as const }]),
    ])
}

function provenanceOf(world: World, fact: FactId, language: Language): FactProvenance {
  const found = stateOf(world, fact)
  return {
    kind: 'fact',
    source: found.source,
    fact,
    label: FACTS[fact].label[language],
    value: printState(fact, found)[language],
    state: found.state,
    at: found.at,
    atText: found.at === null ? '' : day(found.at)[language],
  }
}
