// Replaces variables in a text as docker compose does: $X, ${X}, ${X:-d}, ${X-d}, ${X:?e}, ${X?e}, ${X:+a}, ${X+a}, nested, $$.
import { DEPTH_MAX } from '../../core/limits.ts'
import type { Origin } from '../../core/source.ts'

/** What is known about a variable. `unknown`: no file of the set says, and something outside of it may. */
export type Variable =
  | { readonly state: 'set'; readonly text: string; readonly origin: Origin }
  | { readonly state: 'unset' }
  | { readonly state: 'unknown' }

export interface Interpolated {
  /** `undefined` stands for what is not known. */
  readonly parts: readonly (string | undefined)[]
  /** The variable that the whole text came from, when it is one. */
  readonly from?: Origin
  /** True when a default of the text itself was taken. */
  readonly defaulted: boolean
  /** Names of the variables in the text, also those inside of defaults that were not taken. */
  readonly names: readonly string[]
}

/** Longest result, in UTF-16 units: a variable may be named many times. */
const RESULT_MAX_LENGTH = 100_000

const NAME = /[A-Za-z_]\w*/y

/** The text with its variables replaced. */
export function interpolate(text: string, variable: (name: string) => Variable): Interpolated {
  if (!text.includes('$')) return { parts: text === '' ? [] : [text], defaulted: false, names: [] }
  return new Interpolation(text, variable).run()
}

class Interpolation {
  readonly #text: string
  readonly #variable: (name: string) => Variable
  readonly #names: string[] = []
  #at = 0
  #length = 0
  #defaulted = false
  #exemplary = false
  #from: Origin | undefined

  constructor(text: string, variable: (name: string) => Variable) {
    this.#text = text
    this.#variable = variable
  }

  run(): Interpolated {
    const parts = this.#sequence(0, false)
    // One variable and nothing else: the value stands where the variable is written.
    const lone = /^\$(?:\w+|\{[^{}$]*\})$/.test(this.#text)
    const defaulted = this.#defaulted || this.#exemplary
    const result = { parts: compact(parts), defaulted, names: this.#names }
    return lone && this.#from !== undefined && !this.#defaulted ? { ...result, from: this.#from } : result
  }

  /** Up to the end, or up to the closing bracket of a default. */
  #sequence(depth: number, inDefault: boolean): (string | undefined)[] {
    const parts: (string | undefined)[] = []
    while (this.#at < this.#text.length) {
      if (inDefault && this.#text[this.#at] === '}') break
      if (this.#text[this.#at] === '$') for (const part of this.#dollar(depth)) this.#add(parts, part)
      else this.#add(parts, this.#literal(inDefault))
    }
    return parts
  }

  #literal(inDefault: boolean): string {
    const from = this.#at
    while (this.#at < this.#text.length) {
      const one = this.#text[this.#at]
      if (one === '$' || (inDefault && one === '}')) break
      this.#at += 1
    }
    return this.#text.slice(from, this.#at)
  }

  #add(parts: (string | undefined)[], part: string | undefined): void {
    this.#length += part?.length ?? 0
    parts.push(this.#length > RESULT_MAX_LENGTH ? undefined : part)
  }

  #dollar(depth: number): readonly (string | undefined)[] {
    const next = this.#text[this.#at + 1]
    if (next === '$') {
      this.#at += 2
      return ['$']
    }
    const braced = next === '{'
    NAME.lastIndex = this.#at + (braced ? 2 : 1)
    const name = NAME.exec(this.#text)?.[0]
    if (name === undefined) {
      this.#at += 1
      return ['$']
    }
    this.#names.push(name)
    this.#at = NAME.lastIndex
    return braced ? this.#braced(name, depth) : this.#value(name, undefined, [])
  }

  #braced(name: string, depth: number): readonly (string | undefined)[] {
    const operator = /:?[-?+]/y
    operator.lastIndex = this.#at
    const found = operator.exec(this.#text)?.[0]
    this.#at += found?.length ?? 0
    if (depth > DEPTH_MAX) {
      this.#at = this.#text.length
      return [undefined]
    }
    const word = this.#sequence(depth + 1, true)
    if (this.#text[this.#at] === '}') this.#at += 1
    return this.#value(name, found, word)
  }

  #value(
    name: string,
    operator: string | undefined,
    word: readonly (string | undefined)[],
  ): readonly (string | undefined)[] {
    const found = this.#variable(name)
    const kind = operator?.at(-1)
    const isSet = found.state === 'set' && !(operator?.startsWith(':') === true && found.text === '')
    if (kind === '+') {
      if (found.state === 'unknown') return [undefined]
      return isSet ? word : []
    }
    if (isSet) {
      this.#from = found.origin
      // A value that only an example shows is no more than a default.
      if (found.origin.kind === 'template-default') this.#exemplary = true
      return [found.text]
    }
    if (kind === '-') {
      this.#defaulted = true
      return word
    }
    // Without a default compose puts in nothing, or stops with the message behind `?`.
    return found.state === 'unknown' || kind === '?' ? [undefined] : []
  }
}

function compact(parts: readonly (string | undefined)[]): readonly (string | undefined)[] {
  const out: (string | undefined)[] = []
  for (const part of parts) {
    const last = out.at(-1)
    if (part === undefined) {
      if (out.length === 0 || last !== undefined) out.push(undefined)
    } else if (last !== undefined) out[out.length - 1] = last + part
    else if (part !== '') out.push(part)
  }
  return out
}
