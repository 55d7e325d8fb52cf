// Judges how well a sentence stands: measured, declared, resting on law alone, or not to be relied on; and finds its last word.
import type { Run, Sentence } from '@runde/dossier'

/** How a sentence is underlined. `gap`: something is missing, unknown, or not proven (any more). */
export type Standing = 'measured' | 'said' | 'law' | 'gap'

/** The weakest source decides: one declaration among settings makes the whole sentence a declaration. */
export function standing(sentence: Sentence): Standing {
  const facts = sentence.provenance.filter((each) => each.kind === 'fact')
  if (sentence.runs.some(({ mark }) => mark === 'missing')) return 'gap'
  if (facts.some(({ state, source }) => unsettled(state, source))) return 'gap'
  if (facts.length === 0) return 'law'
  return facts.some(({ source }) => source === 'declared') ? 'said' : 'measured'
}

/** An optional fact may be missing without harm; a proof that never ran leaves its sentence unproven. */
function unsettled(state: string, source: string): boolean {
  return state === 'stale' || state === 'unknown' || (state === 'missing' && source === 'probe')
}

// Longest last word that is kept on one line with its marks, in letters: German compounds must stay free to break.
const WORD_MAX = 24

/** The runs without the last word, and that word; it is empty where the sentence does not end in plain text. */
export function splitLastWord(runs: readonly Run[]): { before: readonly Run[]; last: string } {
  const end = runs.at(-1)
  if (end === undefined || end.mark !== 'plain') return { before: runs, last: '' }
  const at = end.text.lastIndexOf(' ') + 1
  const last = end.text.slice(at)
  if (last.length > WORD_MAX) return { before: runs, last: '' }
  const rest = end.text.slice(0, at)
  const before = runs.slice(0, -1)
  return { before: rest === '' ? before : [...before, { ...end, text: rest }], last }
}
