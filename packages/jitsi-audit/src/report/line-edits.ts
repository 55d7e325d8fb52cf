// Turns edits at offsets into replaced lines: what a unified diff and a person look at.
import type { Edit } from '../core/rule.ts'

/** Some lines of a text and what they become. Lines keep their line ends; a last line may have none. */
export interface LineChange {
  /** Index of the first line, from 0; for an insertion the line in front of which it happens. */
  readonly at: number
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

/** An edit as offsets into a text; a place behind the last line means the end. */
export interface PlacedEdit {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** A text cut into lines, with the offset of each. */
export class Lines {
  readonly text: string
  readonly #starts: number[] = [0]
  readonly #crlf: boolean

  constructor(text: string) {
    this.text = text
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1)
    this.#crlf = text.includes('\r\n')
  }

  /** Number of lines; the emptiness behind a last line end is none. */
  get count(): number {
    return this.#starts.at(-1) === this.text.length ? this.#starts.length - 1 : this.#starts.length
  }

  /** The lines `[from, to)` with their ends. */
  slice(from: number, to: number): string[] {
    const lines: string[] = []
    for (let index = from; index < to; index++)
      lines.push(this.text.slice(this.start(index), this.start(index + 1)))
    return lines
  }

  /** Offset of a line; the end of the text for every line behind the last. */
  start(index: number): number {
    return this.#starts[index] ?? this.text.length
  }

  /** Index of the line that holds the offset. */
  lineOf(offset: number): number {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  /** The edit in offsets, with this text's own line ends. */
  place({ start, end, text }: Edit): PlacedEdit {
    const from = this.#offset(start)
    const to = Math.max(from, this.#offset(end))
    const own = this.#crlf ? text.replace(/\r?\n/g, '\r\n') : text
    const last = this.text.at(-1)
    const joins = from === this.text.length && last !== undefined && last !== '\n' && own.endsWith('\n')
    return { from, to, text: joins ? `${this.#crlf ? '\r\n' : '\n'}${own}` : own }
  }

  /** The same edit with places that exist: one behind the last line becomes the end of the text. */
  inside(edit: Edit): Edit {
    const { from, to } = this.place(edit)
    return { ...edit, start: this.#place(from), end: this.#place(to) }
  }

  #place(offset: number): Edit['start'] {
    const line = this.lineOf(offset)
    return { line: line + 1, column: offset - this.start(line) + 1 }
  }

  #offset({ line, column }: Edit['start']): number {
    const next = this.start(line)
    return Math.min(this.start(line - 1) + column - 1, Math.max(next, this.start(line - 1)), this.text.length)
  }
}

/** True if both cannot be done: they take away or write over the same characters. Two insertions at one place can. */
export function collide(a: PlacedEdit, b: PlacedEdit): boolean {
  if (a.from === a.to && b.from === b.to) return false
  return a.from < b.to && b.from < a.to
}

/** All edits as changed lines, from top to bottom. @param edits none of which collide */
export function lineChanges(lines: Lines, edits: readonly PlacedEdit[]): LineChange[] {
  const sorted = edits
    .map((edit, order) => ({ edit, order }))
    .sort((a, b) => a.edit.from - b.edit.from || a.order - b.order)
  const groups: { first: number; last: number; edits: PlacedEdit[] }[] = []
  for (const { edit } of sorted) {
    const first = lines.lineOf(edit.from)
    const last = lines.lineOf(edit.to)
    const group = groups.at(-1)
    if (group !== undefined && first <= group.last) {
      group.last = Math.max(group.last, last)
      group.edits.push(edit)
    } else groups.push({ first, last, edits: [edit] })
  }
  return groups.flatMap((group) => {
    const change = changeOf(lines, group)
    return change === undefined ? [] : [change]
  })
}

function changeOf(
  lines: Lines,
  { first, last, edits }: { first: number; last: number; edits: readonly PlacedEdit[] },
): LineChange | undefined {
  const from = lines.start(first)
  const to = lines.start(last + 1)
  let text = ''
  let at = from
  for (const edit of edits) {
    text += lines.text.slice(at, edit.from) + edit.text
    at = edit.to
  }
  const before = cut(lines.text.slice(from, to))
  const after = cut(text + lines.text.slice(at, to))
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && before[head] === after[head]) head++
  let tail = 0
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  const removed = before.slice(head, before.length - tail)
  const added = after.slice(head, after.length - tail)
  return removed.length === 0 && added.length === 0 ? undefined : { at: first + head, removed, added }
}

/** Lines with their ends; nothing for an empty text. */
function cut(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}
