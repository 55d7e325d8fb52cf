// Gives each thing that sentences rest on one mark (E1, G2, §3) and collects them for the list at the end of a document.
import type { Block, DossierDocument, Sentence, Table } from '../model/document.ts'
import type { FactProvenance, Provenance } from '../model/provenance.ts'
import { sentenceText, sentencesOf } from '../model/walk.ts'
import { type WriterWords, writerWords } from './words.ts'

/** One entry of the list. */
export interface Note {
  /** `E1`; unique in the document. */
  mark: string
  /** Anchor: letters, digits and hyphens. */
  anchor: string
  /** Kind of the source as a word. */
  kind: string
  /** What it says, for instance `Netzadressen in Protokollen: aus (Stand 23. November 2026)`. */
  text: string
  /** The same without its date: `Netzadressen in Protokollen: aus`. */
  said: string
  /** The date as text; empty for laws and where it is not known. */
  atText: string
  source: FactProvenance['source'] | 'law'
}

/** The order in which kinds of sources are printed. */
export const SOURCE_ORDER: readonly Note['source'][] = ['setting', 'probe', 'declared', 'derived', 'law']

/** All notes of a document, and which of them a sentence refers to. */
export interface Notes {
  readonly all: readonly Note[]
  of(sentence: Sentence): readonly Note[]
}

/**
 * Numbers the sources in the order in which they first appear, for each kind by itself; laws come last in the list.
 * A law that the sentence itself names, or the row it stands in, needs no mark and no note.
 */
export function collectNotes(document: DossierDocument): Notes {
  const words = writerWords(document.language)
  const byKey = new Map<string, Note>()
  const counts = new Map<string, number>()
  const unnamed = new Map<Sentence, readonly Provenance[]>()
  for (const { sentence, around } of withSurroundings(document)) {
    const sources = sentence.provenance.filter(
      (provenance) => provenance.kind === 'fact' || !around.includes(provenance.citation),
    )
    unnamed.set(sentence, sources)
    for (const provenance of sources) {
      const key = keyOf(provenance)
      if (!byKey.has(key)) byKey.set(key, noteOf(provenance, counts, words))
    }
  }
  const notes = [...byKey.values()]
  const all = [
    ...notes.filter(({ source }) => source !== 'law'),
    ...notes.filter(({ source }) => source === 'law'),
  ]
  return {
    all,
    of: (sentence) => [
      ...new Set(
        (unnamed.get(sentence) ?? []).flatMap((provenance) => {
          const note = byKey.get(keyOf(provenance))
          return note ? [note] : []
        }),
      ),
    ],
  }
}

/** Every sentence with the text in which its law may be named: its own, or that of its whole table row. */
function withSurroundings(document: DossierDocument): { sentence: Sentence; around: string }[] {
  const rows = new Map<Block, ReadonlyMap<Sentence, string>>()
  return sentencesOf(document).map(({ block, sentence }) => {
    if (block.kind !== 'table') return { sentence, around: sentenceText(sentence) }
    const texts = rows.get(block) ?? rowTexts(block)
    rows.set(block, texts)
    return { sentence, around: texts.get(sentence) ?? '' }
  })
}

function rowTexts(table: Table): ReadonlyMap<Sentence, string> {
  return new Map(
    table.rows.flatMap(({ cells }) => {
      const sentences = cells.flatMap((cell) => cell.sentences)
      const text = sentences.map(sentenceText).join('\n')
      return sentences.map((sentence) => [sentence, text] as const)
    }),
  )
}

function keyOf(provenance: Provenance): string {
  return provenance.kind === 'law'
    ? `law ${provenance.citation}`
    : `${provenance.source} ${provenance.fact} ${provenance.value} ${provenance.state}`
}

function noteOf(provenance: Provenance, counts: Map<string, number>, words: WriterWords): Note {
  const letter = provenance.kind === 'law' ? '§' : words.source[provenance.source].letter
  const number = (counts.get(letter) ?? 0) + 1
  counts.set(letter, number)
  const anchor = `${provenance.kind === 'law' ? 'law' : provenance.source}-${number}`
  const mark = `${letter}${number}`
  if (provenance.kind === 'law') {
    const { citation } = provenance
    return { mark, anchor, kind: words.law, text: citation, said: citation, atText: '', source: 'law' }
  }
  const { source, atText } = provenance
  const said = factText(provenance, words)
  const text = atText === '' ? said : `${said} (${words.since} ${atText})`
  return { mark, anchor, kind: words.source[source].word, text, said, atText, source }
}

function factText({ label, value, state, source }: FactProvenance, words: WriterWords): string {
  switch (state) {
    case 'stated':
      return `${label}: ${value}`
    case 'stale':
      return `${label}: ${value}, ${words.state.stale}`
    case 'missing':
    case 'unknown':
      return `${label}: ${unstated(state, source, words)}`
  }
}

function unstated(
  state: 'missing' | 'unknown',
  source: FactProvenance['source'],
  words: WriterWords,
): string {
  return source === 'probe' ? words.state.notRun : words.state[state]
}
