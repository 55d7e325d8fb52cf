// A document before it is put into one language: the same tree as the model, with both texts and plain traces.
import type { Bilingual } from '@runde/contract'
import type { FactId } from '../facts/values.ts'
import type { Callout, DocumentKind } from '../model/document.ts'

export interface DraftSentence {
  key: string
  clause: string
  text: Bilingual
  facts: readonly FactId[]
  laws: readonly Bilingual[]
  fills: readonly string[]
}

export type DraftBlock =
  | { kind: 'paragraph'; id: string; sentences: readonly DraftSentence[] }
  | {
      kind: 'definitions'
      id: string
      rows: readonly { id: string; term: Bilingual; sentences: readonly DraftSentence[] }[]
    }
  | {
      kind: 'list'
      id: string
      ordered: boolean
      items: readonly { id: string; sentences: readonly DraftSentence[] }[]
    }
  | {
      kind: 'table'
      id: string
      caption: Bilingual
      columns: readonly { id: string; header: Bilingual; weight: number }[]
      rowHeaders: boolean
      rows: readonly { id: string; cells: readonly { sentences: readonly DraftSentence[] }[] }[]
    }
  | {
      kind: 'callout'
      id: string
      tone: Callout['tone']
      title: Bilingual
      sentences: readonly DraftSentence[]
      finding?: string
    }

export interface DraftSection {
  id: string
  heading: Bilingual
  blocks: DraftBlock[]
  sections: DraftSection[]
}

export interface Draft {
  id: string
  kind: DocumentKind
  title: Bilingual
  subtitle: Bilingual
  sections: readonly DraftSection[]
  /** All facts that were looked at, and those among them that are not stated. */
  facts: ReadonlySet<FactId>
  gaps: ReadonlySet<FactId>
  /** All facts that were looked at for the text or for its findings. */
  judged: ReadonlySet<FactId>
}

/** All sentences of a draft in reading order, each with the section it stands in. */
export function draftSentences(draft: Draft): { section: DraftSection; sentence: DraftSentence }[] {
  return draft.sections.flatMap(inSection)
}

function inSection(section: DraftSection): { section: DraftSection; sentence: DraftSentence }[] {
  return [
    ...section.blocks.flatMap(inBlock).map((sentence) => ({ section, sentence })),
    ...section.sections.flatMap(inSection),
  ]
}

function inBlock(block: DraftBlock): readonly DraftSentence[] {
  switch (block.kind) {
    case 'paragraph':
    case 'callout':
      return block.sentences
    case 'definitions':
      return block.rows.flatMap(({ sentences }) => sentences)
    case 'list':
      return block.items.flatMap(({ sentences }) => sentences)
    case 'table':
      return block.rows.flatMap(({ cells }) => cells.flatMap(({ sentences }) => sentences))
  }
}
