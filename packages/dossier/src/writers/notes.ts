// Gives each thing that sentences rest on one mark (E1, G2, §3) and collects them for the list at the end of a document.
import type { DossierDocument, Sentence } from '../model/document.ts'
import type { FactProvenance, Provenance } from '../model/provenance.ts'
import { sentencesOf } from '../model/walk.ts'
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
  source: FactProvenance['source'] | 'law'
}

/** All notes of a document, and which of them a sentence refers to. */
export interface Notes {
  readonly all: readonly Note[]
  of(sentence: Sentence): readonly Note[]
}

/** Numbers the sources in the order in which they first appear, for each kind by itself; laws come last in the list. */
export function collectNotes(document: DossierDocument): Notes {
  const words = writerWords(document.language)
  const byKey = new Map<string, Note>()
  const counts = new Map<string, number>()
  for (const { sentence } of sentencesOf(document)) {
    for (const provenance of sentence.provenance) {
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
        sentence.provenance.flatMap((provenance) => {
          const note = byKey.get(keyOf(provenance))
          return note ? [note] : []
        }),
      ),
    ],
  }
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
  if (provenance.kind === 'law')
    return { mark, anchor, kind: words.law, text: provenance.citation, source: 'law' }
  const { source } = provenance
  return { mark, anchor, kind: words.source[source].word, text: factText(provenance, words), source }
}

function factText({ label, value, state, source, atText }: FactProvenance, words: WriterWords): string {
  const said =
    state === 'stated'
      ? value
      : state === 'stale'
        ? `${value}, ${words.state.stale}`
        : unstated(state, source, words)
  return atText === '' ? `${label}: ${said}` : `${label}: ${said} (${words.since} ${atText})`
}

function unstated(
  state: 'missing' | 'unknown',
  source: FactProvenance['source'],
  words: WriterWords,
): string {
  return source === 'probe' ? words.state.notRun : words.state[state]
}
