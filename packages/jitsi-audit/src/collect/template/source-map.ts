// Translates places in a rendered text back to places in the files that people wrote.
import { LineIndex } from '../../core/origin.ts'
import type { Origin } from '../../core/source.ts'
import type { Span } from './output.ts'

/** Where a piece of rendered text comes from, and how sure it is. */
export interface Place {
  readonly origin: Origin
  readonly doubtful: boolean
}

/** Answers for one rendered or extracted file. */
export interface SourceMap {
  readonly place: (rendered: Origin) => Place
  /** The places it gives are such as parsers saw them, to be moved in turn. */
  readonly parsed?: true
}

/** Starts of lines, to turn a place into an offset. */
class Lines {
  readonly #starts: number[] = [0]
  readonly #length: number

  constructor(text: string) {
    this.#length = text.length
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1)
  }

  offset(line: number, column: number): number {
    const start = this.#starts[Math.min(Math.max(line, 1), this.#starts.length) - 1] ?? 0
    return Math.min(start + Math.max(column, 1) - 1, this.#length)
  }
}

/** The map of a template's output; `outer` is asked in turn when the template was itself cut out of another file. */
export function mapOfSpans(
  template: { readonly path: string; readonly text: string },
  rendered: string,
  spans: readonly Span[],
  outer?: SourceMap,
): SourceMap {
  const lines = new Lines(rendered)
  const index = new LineIndex(template.path, template.text)
  const finish = (place: Place): Place => {
    if (outer === undefined || place.origin.file !== template.path) return place
    const further = outer.place(place.origin)
    return { origin: further.origin, doubtful: place.doubtful || further.doubtful }
  }
  return {
    place: (origin) => {
      const start = lines.offset(origin.line, origin.column)
      const end = Math.max(start, lines.offset(origin.endLine, origin.endColumn))
      const first = spanAt(spans, start)
      const last = spanAt(spans, Math.max(start, end - 1))
      const from = first === undefined ? 0 : sourceOffset(first, start)
      const to = last === undefined ? from : sourceOffset(last, Math.max(start, end - 1)) + 1
      const doubtful = first?.doubtful === true
      const value = onlyValue(spans, rendered, start, end)
      if (value?.origin !== undefined) return finish({ origin: value.origin, doubtful })
      const kind = value === undefined ? origin.kind : 'file'
      return finish({ origin: index.origin(from, Math.max(from, to), kind), doubtful })
    },
  }
}

function sourceOffset(span: Span, at: number): number {
  return span.kind === 'copy' ? span.source + (at - span.start) : span.source
}

/** The span that holds the offset, or the last one before it. */
function spanAt(spans: readonly Span[], at: number): Span | undefined {
  let low = 0
  let high = spans.length - 1
  if (high < 0) return undefined
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((spans[middle]?.start ?? 0) <= at) low = middle
    else high = middle - 1
  }
  return spans[low]
}

/** Spans looked at for one value: a quoted value has three. */
const VALUE_SPANS_MAX = 8

/** The value that alone fills the range, its quotes and white space aside. */
function onlyValue(spans: readonly Span[], rendered: string, start: number, end: number): Span | undefined {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.end ?? 0) <= start) low = middle + 1
    else high = middle
  }
  let found: Span | undefined
  for (let at = low; at < low + VALUE_SPANS_MAX; at += 1) {
    const span = spans[at]
    if (span === undefined || span.start >= end) return found
    if (span.kind === 'copy') {
      const text = rendered.slice(Math.max(span.start, start), Math.min(span.end, end))
      if (/[^\s"'`]/.test(text)) return undefined
    } else if (found !== undefined) return undefined
    else found = span
  }
  return undefined
}

/** A text that was cut out of a file line by line, as a block of YAML is; `place` finds line and column of it. */
export function mapOfLines(place: (line: number, column: number) => Origin, outer?: SourceMap): SourceMap {
  return {
    place: (origin) => {
      const start = place(origin.line, origin.column)
      const end = place(origin.endLine, origin.endColumn)
      const whole: Origin = { ...start, endLine: end.endLine, endColumn: end.endColumn }
      return outer === undefined ? { origin: whole, doubtful: false } : outer.place(whole)
    },
  }
}
