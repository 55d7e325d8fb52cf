// Turns what a person typed into the value of a fact and back: whole numbers, periods, and texts in one or two languages.

/** Text in one language, or in both. */
export interface LocalDraft {
  readonly de: string
  readonly en: string
}

/** A period as the form shows it: a fixed word, or a number and a unit. */
export interface PeriodDraft {
  readonly what: '' | 'none' | 'end' | 'manual' | 'H' | 'D' | 'M' | 'Y'
  readonly count: string
}

const UNITS = ['H', 'D', 'M', 'Y'] as const
const WORDS = ['none', 'end', 'manual'] as const

/** Shows a text of one or two languages; anything else is an empty draft. */
export function localDraft(value: unknown): LocalDraft {
  if (typeof value === 'string') return { de: value, en: '' }
  if (typeof value !== 'object' || value === null) return { de: '', en: '' }
  const part = (key: 'de' | 'en'): string => {
    const found: unknown = Reflect.get(value, key)
    return typeof found === 'string' ? found : ''
  }
  return { de: part('de'), en: part('en') }
}

/** Value of a text; undefined when nothing is written. What exists in one language only stands for both. */
export function localValue({ de, en }: LocalDraft): string | { de: string; en: string } | undefined {
  const german = de.trim()
  const english = en.trim()
  if (german === '' || english === '') return german + english === '' ? undefined : german + english
  return { de: german, en: english }
}

/** Shows an ISO 8601 duration or a fixed word. */
export function periodDraft(value: unknown): PeriodDraft {
  if (typeof value !== 'string') return { what: '', count: '' }
  const word = WORDS.find((each) => each === value)
  if (word !== undefined) return { what: word, count: '' }
  const found = /^PT?(\d+)([HDMY])$/.exec(value)
  const unit = UNITS.find((each) => each === found?.[2])
  return unit === undefined ? { what: '', count: '' } : { what: unit, count: found?.[1] ?? '' }
}

/** Value of a period; undefined while it is incomplete. */
export function periodValue({ what, count }: PeriodDraft): string | undefined {
  if (what === '') return undefined
  if (what === 'none' || what === 'end' || what === 'manual') return what
  const number = wholeNumber(count)
  if (number === undefined || number === 0) return undefined
  return `P${what === 'H' ? 'T' : ''}${number}${what}`
}

/** A whole number from 0 on, also with thousands separators; undefined for anything else. */
export function wholeNumber(text: string): number | undefined {
  const digits = text.replace(/[\s.,’']/g, '')
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined
}

/**
 * Short name for addresses and file names: letters, digits and hyphens, unique among the others.
 * @param name as typed, for instance `Musterhosting GmbH`
 */
export function shortId(name: string, taken: readonly string[]): string {
  const plain = name
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/ä/g, 'ae')
    .replace(/ö/g, 'oe')
    .replace(/ü/g, 'ue')
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 34)
    .replace(/^-+|-+$/g, '')
  const base = plain === '' ? 'provider' : plain
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`
    if (!taken.includes(id)) return id
  }
}
