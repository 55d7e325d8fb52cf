// Makes the parts of a document: sections, paragraphs, lists and tables, out of texts in which code stands in backticks.
import type { Block, Run, Section, Sentence } from '@runde/dossier'
import { plain } from '@runde/jitsi-audit'
import type { Language } from '../language.ts'

/** Header and share of the width of one column. */
export type Column = readonly [header: string, weight: number]

/** Where a document is written; ids of blocks are unique in the document, and sentences get theirs in turn. */
export interface Page {
  readonly language: Language
  /** A sentence; parts between backticks are code. */
  text(this: void, text: string): Sentence
  /** A sentence that is code as a whole. */
  code(this: void, text: string): Sentence
  paragraph(id: string, text: string): Block
  strong(id: string, text: string): Block
  list(id: string, items: readonly Sentence[]): Block
  definitions(id: string, rows: readonly (readonly [term: string, said: readonly Sentence[]])[]): Block
  table(
    id: string,
    caption: string,
    columns: readonly Column[],
    rows: readonly (readonly Sentence[])[],
    rowHeaders?: boolean,
  ): Block
  /** Levels follow from the nesting. */
  section(id: string, heading: string, blocks: readonly Block[], sections?: readonly Section[]): Section
}

/** A page of one language. */
export function page(language: Language): Page {
  let count = 0
  const say = (runs: readonly Run[]): Sentence => {
    const key = `sentence-${++count}`
    return { key, clause: key, runs, provenance: [] }
  }
  const text = (words: string): Sentence => say(runsOf(plain(words)))
  return {
    language,
    text,
    code: (words) => say([{ text: plain(words), mark: 'code' }]),
    paragraph: (id, words) => ({ kind: 'paragraph', id, sentences: [text(words)] }),
    strong: (id, words) => ({
      kind: 'paragraph',
      id,
      sentences: [say([{ text: plain(words), mark: 'strong' }])],
    }),
    list: (id, items) => ({
      kind: 'list',
      id,
      ordered: false,
      items: items.map((item, index) => ({ id: `${id}-${index + 1}`, sentences: [item] })),
    }),
    definitions: (id, rows) => ({
      kind: 'definitions',
      id,
      rows: rows.map(([term, sentences], index) => ({
        id: `${id}-${index + 1}`,
        term: plain(term),
        sentences,
      })),
    }),
    table: (id, caption, columns, rows, rowHeaders = false) => ({
      kind: 'table',
      id,
      caption: plain(caption),
      columns: columns.map(([header, weight], index) => ({
        id: `${id}-column-${index + 1}`,
        header,
        weight,
      })),
      rowHeaders,
      rows: rows.map((cells, index) => ({
        id: `${id}-${index + 1}`,
        cells: cells.map((cell) => ({ sentences: [cell] })),
      })),
    }),
    section: (id, heading, blocks, sections = []) => ({
      id,
      level: 1,
      heading: plain(heading),
      blocks,
      sections: sections.map(deeper),
    }),
  }
}

function deeper(section: Section): Section {
  return { ...section, level: section.level === 1 ? 2 : 3, sections: section.sections.map(deeper) }
}

/** Every second part between backticks is code; a single backtick is none. */
function runsOf(text: string): Run[] {
  const parts = text.split('`')
  if (parts.length % 2 === 0) return [{ text, mark: 'plain' }]
  return parts.flatMap((part, index): Run[] =>
    part === '' ? [] : [{ text: part, mark: index % 2 === 1 ? 'code' : 'plain' }],
  )
}
