// Text that a template yields, with the place of every piece of it.
import type { Origin } from '../../core/source.ts'
import { PLACEHOLDER } from '../../core/placeholder.ts'

/** Longest text that one template may yield, in UTF-16 units; a stock config.js has about 70,000. */
export const OUTPUT_MAX_LENGTH = 4_000_000

/** One piece of the output. */
export interface Span {
  readonly start: number
  readonly end: number
  /** Copied from the template, or the text of a value. */
  readonly kind: 'copy' | 'value' | 'unknown'
  /** Where a copied piece starts in the template; for values the place of the braces. */
  readonly source: number
  /** Where a value was written, when that is not the template itself. */
  readonly origin?: Origin
  /** Inside a condition that cannot be decided. */
  readonly doubtful: boolean
}

/** How a placeholder must look so that the file's own parser accepts it. */
export type Quoting = 'bare' | 'quoted'

/** Collects the output; refuses what goes beyond the limit. */
export class Output {
  readonly spans: Span[] = []
  readonly #parts: string[] = []
  readonly #quoting: Quoting
  #length = 0
  #doubts = 0
  /** The line that is being written, to know whether a quote is open in it. */
  #line = ''

  constructor(quoting: Quoting) {
    this.#quoting = quoting
  }

  get length(): number {
    return this.#length
  }

  get full(): boolean {
    return this.#length >= OUTPUT_MAX_LENGTH
  }

  /** True while what is written belongs to a condition that cannot be decided. */
  get isDoubtful(): boolean {
    return this.#doubts > 0
  }

  get text(): string {
    return this.#parts.join('')
  }

  /** A piece of the template as it stands. */
  copy(text: string, source: number): void {
    this.#push(text, { kind: 'copy', source })
  }

  /** A value's text; `origin` is where the value was written. */
  value(text: string, source: number, origin?: Origin): void {
    this.#push(text, isPlace(origin) ? { kind: 'value', source, origin } : { kind: 'value', source })
  }

  /** A value that nobody but the operator knows. */
  unknown(source: number, origin?: Origin): void {
    const text = this.#quoting === 'quoted' && !this.#inQuotes() ? `"${PLACEHOLDER}"` : PLACEHOLDER
    this.#push(text, isPlace(origin) ? { kind: 'unknown', source, origin } : { kind: 'unknown', source })
  }

  /** A value of which parts are known; outside of quotes, where its gaps would break the syntax, all of it is a gap. */
  partly(parts: readonly (string | undefined)[], source: number, origin?: Origin): void {
    if (parts.length < 2 || (this.#quoting === 'quoted' && !this.#inQuotes())) {
      this.unknown(source, origin)
      return
    }
    for (const part of parts)
      if (part === undefined) this.unknown(source, origin)
      else this.value(part, source, origin)
  }

  /** What `write` yields belongs to a condition that cannot be decided. */
  doubting(write: () => void): void {
    this.#doubts += 1
    write()
    this.#doubts -= 1
  }

  #push(text: string, piece: Pick<Span, 'kind' | 'source' | 'origin'>): void {
    const kept = text.slice(0, Math.max(0, OUTPUT_MAX_LENGTH - this.#length))
    if (kept === '') return
    const start = this.#length
    this.#length += kept.length
    this.#parts.push(kept)
    this.spans.push({ ...piece, start, end: this.#length, doubtful: this.#doubts > 0 })
    const newline = kept.lastIndexOf('\n')
    this.#line = newline === -1 ? this.#line + kept : kept.slice(newline + 1)
  }

  #inQuotes(): boolean {
    let quote = ''
    for (let at = 0; at < this.#line.length; at += 1) {
      const letter = this.#line[at] ?? ''
      if (letter === '\\') at += 1
      else if (quote !== '') quote = letter === quote ? '' : quote
      else if (letter === '"' || letter === "'" || letter === '`') quote = letter
    }
    return quote !== ''
  }
}

/** False for values that stand in no file, such as facts of the target machine. */
function isPlace(origin: Origin | undefined): origin is Origin {
  return origin !== undefined && origin.file !== ''
}
