// Helpers for the sheets of images: lines that depend on the release and the environment.
import { PLACEHOLDER } from '../../core/placeholder.ts'
import type { Origin } from '../../core/source.ts'
import { all, type ImageEnvironment, type Truth } from './image-environment.ts'
import type { Sheet } from './sheet.ts'

/** Writes lines into a sheet, each only where its condition may hold. */
export class Lines {
  readonly #sheet: Sheet
  readonly environment: ImageEnvironment

  constructor(sheet: Sheet, environment: ImageEnvironment) {
    this.#sheet = sheet
    this.environment = environment
  }

  /** A line that the image always writes, or as far as its condition holds. */
  fixed(text: string, ...given: Condition): void {
    const when = conditionOf(given)
    if (when === false) return
    this.#sheet.add(text, given[1] ?? this.environment.silent, when === undefined)
  }

  /** A line with a variable's value; nothing while the variable is empty and has no default. */
  value(
    name: string,
    fallback: string | undefined,
    write: (value: string) => string,
    ...given: readonly [when?: Truth]
  ): void {
    const { value, written, origin } = this.environment.read(name, fallback ?? '')
    if (!written && (fallback === undefined || !this.environment.complete)) return
    const text = value === undefined ? PLACEHOLDER : value.replaceAll(/["\\\r\n]/g, '')
    this.fixed(write(text), conditionOf(given), origin)
  }

  /** A line with a variable as a boolean; an undecided one is a placeholder. */
  flag(
    name: string,
    fallback: boolean,
    write: (value: string) => string,
    ...given: readonly [when?: Truth]
  ): void {
    const { written, origin } = this.environment.read(name, '')
    if (!written && !this.environment.complete) return
    const flag = this.environment.flag(name, fallback)
    this.fixed(write(flag === undefined ? `"${PLACEHOLDER}"` : String(flag)), conditionOf(given), origin)
  }

  /** A list of comma-separated texts, one line each. */
  words(name: string, write: (word: string) => string, ...given: readonly [when?: Truth]): void {
    const { value, written, origin } = this.environment.read(name, '')
    if (!written) return
    const words = value === undefined ? [PLACEHOLDER] : value.split(',').map((word) => word.trim())
    for (const word of words.filter((one) => one !== '').slice(0, WORDS_MAX))
      this.fixed(write(word.replaceAll(/["\\\r\n]/g, '')), conditionOf(given), origin)
  }

  /** A variable's text for use inside another line; a placeholder when unknown. */
  text(name: string, fallback: string): string {
    const { value } = this.environment.read(name, fallback)
    return value === undefined ? PLACEHOLDER : value.replaceAll(/["\\\r\n]/g, '')
  }

  /** Where the variable stands, or the image's silence. */
  origin(name: string): Origin {
    return this.environment.read(name, '').origin
  }

  /** Since a release, while other conditions hold, too. */
  since(date: string | undefined, ...also: readonly Truth[]): Truth {
    return all(this.environment.within(date, undefined), ...also)
  }

  until(date: string, ...also: readonly Truth[]): Truth {
    return all(this.environment.within(undefined, date), ...also)
  }
}

/** A condition that may be undecided, and the place of what decides. */
type Condition = readonly [when?: Truth, origin?: Origin]

/** No condition holds always; an undecided one stays undecided, which a default parameter would hide. */
function conditionOf(given: Condition): Truth {
  return given.length === 0 ? true : given[0]
}

/** Entries of one list variable. */
const WORDS_MAX = 200
