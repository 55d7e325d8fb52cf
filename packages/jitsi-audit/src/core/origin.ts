// Turns offsets in a text into places.
import type { Origin, OriginKind } from './source.ts'

/** Finds line and column of an offset in a few steps, after one pass over the text. */
export class LineIndex {
  readonly #starts: number[] = [0]
  readonly #file: string

  constructor(file: string, text: string) {
    this.#file = file
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1)
  }

  /** The place of `[start, end)`, offsets in UTF-16 units. */
  origin(start: number, end: number, kind: OriginKind = 'file'): Origin {
    const from = this.#place(start)
    const to = this.#place(end)
    return {
      kind,
      file: this.#file,
      line: from.line,
      column: from.column,
      endLine: to.line,
      endColumn: to.column,
    }
  }

  #place(offset: number): { line: number; column: number } {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 }
  }
}
