// Visits all sentences of a document in reading order.
import type { Block, DossierDocument, Section, Sentence } from './document.ts'

/** A sentence with the section it stands in. */
export interface PlacedSentence {
  section: Section
  block: Block
  sentence: Sentence
}

/** All sentences in reading order. */
export function sentencesOf(document: DossierDocument): PlacedSentence[] {
  return document.sections.flatMap(inSection)
}

/** A sentence as plain text. */
export function sentenceText(sentence: Sentence): string {
  return sentence.runs.map(({ text }) => text).join('')
}

function inSection(section: Section): PlacedSentence[] {
  return [
    ...section.blocks.flatMap((block) =>
      inBlock(block).map((sentence): PlacedSentence => ({ section, block, sentence })),
    ),
    ...section.sections.flatMap(inSection),
  ]
}

function inBlock(block: Block): readonly Sentence[] {
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
