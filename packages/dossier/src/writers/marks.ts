// Decides where on paper each mark is printed, so that one source is not repeated from cell to cell and line to line.
import type { Block, DossierDocument, Section, Sentence, Table } from '../model/document.ts'
import { type Note, type Notes, SOURCE_ORDER } from './notes.ts'

/** One mark, or a run of marks with neighbouring numbers: `E1`, `E1–E4`. */
export interface Mark {
  text: string
  /** All notes it stands for, at least one; a link leads to the first. */
  notes: readonly [Note, ...Note[]]
}

/** The marks of a document as they are printed. */
export interface Marks {
  /** After this sentence; empty when a later sentence of the same place carries them for both. */
  of(sentence: Sentence): readonly Mark[]
  /** After the caption: what all rows of the table rest on. */
  caption(table: Table): readonly Mark[]
}

/** Neighbours below this number stand each by themselves. */
const SHORTEST_RUN = 3

/** Places all marks of the document. No source is lost: each is printed with its sentence, its row or its table. */
export function placeMarks(document: DossierDocument, notes: Notes): Marks {
  const placed = new Map<Sentence | Table, readonly Mark[]>()
  const put = (place: Sentence | Table, found: readonly Note[]): void => {
    placed.set(place, inRuns(found.toSorted(inOrder)))
  }
  for (const block of document.sections.flatMap(blocksOf)) {
    if (block.kind === 'table') placeInTable(block, notes, put)
    else for (const sentences of runsOfText(block)) placeInText(sentences, notes, put)
  }
  const none: readonly Mark[] = []
  return {
    of: (sentence) => placed.get(sentence) ?? none,
    caption: (table) => placed.get(table) ?? none,
  }
}

type Put = (place: Sentence | Table, found: readonly Note[]) => void

function blocksOf(section: Section): Block[] {
  return [...section.blocks, ...section.sections.flatMap(blocksOf)]
}

/** Sentences that follow each other on the same line. */
function runsOfText(block: Exclude<Block, Table>): readonly (readonly Sentence[])[] {
  switch (block.kind) {
    case 'paragraph':
    case 'callout':
      return [block.sentences]
    case 'definitions':
      return block.rows.map(({ sentences }) => sentences)
    case 'list':
      return block.items.map(({ sentences }) => sentences)
  }
}

/** Sentences that rest on the same share their marks, which then stand after the last of them. */
function placeInText(sentences: readonly Sentence[], notes: Notes, put: Put): void {
  sentences.forEach((sentence, index) => {
    const own = notes.of(sentence)
    const next = sentences[index + 1]
    const shared = next !== undefined && sameNotes(own, notes.of(next))
    put(sentence, shared ? [] : own)
  })
}

function sameNotes(a: readonly Note[], b: readonly Note[]): boolean {
  return a.length === b.length && a.every((note) => b.includes(note))
}

/** What every row rests on goes to the caption; the rest stands once in its row, in the last cell that needs it. */
function placeInTable(table: Table, notes: Notes, put: Put): void {
  const rows = table.rows.map(({ cells }) => cells.flatMap(({ sentences }) => sentences))
  const perRow = rows.map((sentences) => new Set(sentences.flatMap((sentence) => notes.of(sentence))))
  const [first = new Set<Note>(), ...others] = perRow
  const common =
    others.length === 0 ? [] : [...first].filter((note) => others.every((other) => other.has(note)))
  put(table, common)
  for (const sentences of rows) {
    const done = new Set(common)
    for (const sentence of sentences.toReversed()) {
      const left = notes.of(sentence).filter((note) => !done.has(note))
      for (const note of left) done.add(note)
      put(sentence, left)
    }
  }
}

function inRuns(notes: readonly Note[]): Mark[] {
  const runs: [Note, ...Note[]][] = []
  for (const note of notes) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run && last && follows(last, note)) run.push(note)
    else runs.push([note])
  }
  return runs.flatMap((run): Mark[] => {
    const last = run.at(-1) ?? run[0]
    if (run.length >= SHORTEST_RUN) return [{ text: `${run[0].mark}–${last.mark}`, notes: run }]
    return run.map((note) => ({ text: note.mark, notes: [note] }))
  })
}

function inOrder(a: Note, b: Note): number {
  return SOURCE_ORDER.indexOf(a.source) - SOURCE_ORDER.indexOf(b.source) || numberOf(a) - numberOf(b)
}

function follows(a: Note, b: Note): boolean {
  return a.source === b.source && numberOf(a) + 1 === numberOf(b)
}

function numberOf({ mark }: Note): number {
  return Number(mark.replace(/^\D+/u, ''))
}
