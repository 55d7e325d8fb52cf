// Joins pieces of text that exist in German and English at once, so that both languages always say the same.
import type { Bilingual } from '@runde/contract'

/** What a document prints for a fact nobody has stated; writers mark it, findings count it, approvals stop at it. */
export const MISSING: Bilingual = { de: 'noch nicht angegeben', en: 'not yet stated' }

/** Both languages in one line. */
export function both(de: string, en: string): Bilingual {
  return { de, en }
}

/** The same text in both languages: a name, an address, a number. */
export function same(text: string): Bilingual {
  return { de: text, en: text }
}

/** Applies one function to both languages. */
export function map(text: Bilingual, change: (text: string) => string): Bilingual {
  return { de: change(text.de), en: change(text.en) }
}

/** Puts a separator between the texts. */
export function join(texts: readonly Bilingual[], separator: string): Bilingual {
  return {
    de: texts.map(({ de }) => de).join(separator),
    en: texts.map(({ en }) => en).join(separator),
  }
}

/** "a, b und c" / "a, b and c"; "sowie" / "as well as" where an item has that word itself. An empty list gives an empty text. */
export function enumerate(texts: readonly Bilingual[]): Bilingual {
  return {
    de: inWords(
      texts.map(({ de }) => de),
      'und',
      'sowie',
    ),
    en: inWords(
      texts.map(({ en }) => en),
      'and',
      'as well as',
    ),
  }
}

function inWords(texts: readonly string[], and: string, between: string): string {
  const last = texts.at(-1) ?? ''
  if (texts.length < 2) return last
  // "Mandantinnen und Mandanten und Beschäftigte" does not show where one item ends.
  const word = texts.some((text) => text.includes(` ${and} `)) ? between : and
  return `${texts.slice(0, -1).join(', ')} ${word} ${last}`
}

/** A text that was typed in: one language, or both. */
export type LocalText = string | { de: string; en: string }

/** Typed text in both languages; what exists in one language only stands as it is in the other. */
export function localized(text: LocalText): Bilingual {
  return typeof text === 'string' ? same(text) : text
}

/** Typed text inside a sentence of ours: without the full stop at its end. */
export function phrase(text: LocalText): Bilingual {
  return map(localized(text), (each) => each.trim().replace(/[.\s]+$/, ''))
}
