// Judges how well a sentence stands: measured, declared, resting on law alone, or not to be relied on.
import type { Sentence } from '@runde/dossier'

/** How a sentence is underlined. `gap`: a fact is missing, unknown or stale. */
export type Standing = 'measured' | 'said' | 'law' | 'gap'

/** The weakest source decides: one declaration among settings makes the whole sentence a declaration. */
export function standing(sentence: Sentence): Standing {
  const facts = sentence.provenance.filter((each) => each.kind === 'fact')
  if (sentence.runs.some(({ mark }) => mark === 'missing')) return 'gap'
  if (facts.some(({ state }) => state === 'stale')) return 'gap'
  if (facts.length === 0) return 'law'
  return facts.some(({ source }) => source === 'declared') ? 'said' : 'measured'
}
