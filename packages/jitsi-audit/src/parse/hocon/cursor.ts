// Walks over a HOCON text: blanks, comments, strings, and the problems met on the way.
import { LineIndex } from '../../core/origin.ts'
import type { Origin, ParseProblem, SourceFile } from '../../core/source.ts'
import { problem } from '../common/problem.ts'

/** Problems listed of one file; one that is not HOCON at all has one on every line. */
const PROBLEMS_MAX = 20

export class Cursor {
  readonly text: string
  readonly path: string
  readonly problems: ParseProblem[] = []
  readonly #lines: LineIndex
  at: number

  constructor(file: SourceFile) {
    this.text = file.text
    this.path = file.path
    this.#lines = new LineIndex(file.path, file.text)
    this.at = file.text.startsWith('\uFEFF') ? 1 : 0
  }

  get char(): string | undefined {
    return this.text[this.at]
  }

  get done(): boolean {
    return this.at >= this.text.length
  }

  startsWith(part: string): boolean {
    return this.text.startsWith(part, this.at)
  }

  origin(start: number, end: number = this.at): Origin {
    return this.#lines.origin(start, end)
  }

  /** Notes what Lightbend's parser would refuse; it refuses the whole file then. */
  refuse(start: number, de: string, en: string): void {
    this.note(problem('syntax', this.origin(start, Math.max(this.at, start + 1)), de, en))
  }

  note(one: ParseProblem): void {
    if (this.problems.length < PROBLEMS_MAX) this.problems.push(one)
  }

  /** Blanks within a line. */
  skipBlanks(): void {
    while (isBlank(this.char)) this.at += 1
  }

  /** Blanks, line ends and comments, and commas where they part fields or items. */
  skipSpace(commas = false): void {
    for (;;) {
      if (isBlank(this.char) || this.char === '\n' || (commas && this.char === ',')) this.at += 1
      else if (this.atComment) this.skipLine()
      else return
    }
  }

  get atComment(): boolean {
    return this.char === '#' || this.startsWith('//')
  }

  /** To the end of the line; the line break itself stays. */
  skipLine(): void {
    const end = this.text.indexOf('\n', this.at)
    this.at = end === -1 ? this.text.length : end
  }

  /** Reads `"..."` or `"""..."""` at the cursor. */
  readQuoted(): string {
    return this.startsWith('"""') ? this.#readTriple() : this.#readSingle()
  }

  #readTriple(): string {
    const start = this.at
    const close = this.text.indexOf('"""', start + 3)
    if (close === -1) {
      this.at = this.text.length
      this.refuse(start, 'Diese Zeichenkette endet nicht.', 'This string does not end.')
      return this.text.slice(start + 3)
    }
    let end = close + 3
    while (this.text[end] === '"') end += 1
    this.at = end
    return this.text.slice(start + 3, end - 3)
  }

  #readSingle(): string {
    const start = this.at
    const pieces: string[] = []
    this.at += 1
    for (;;) {
      const { char } = this
      if (char === '"') {
        this.at += 1
        return pieces.join('')
      }
      if (char === undefined || char === '\n') {
        this.refuse(start, 'Diese Zeichenkette endet nicht.', 'This string does not end.')
        return pieces.join('')
      }
      if (char === '\\') pieces.push(this.#readEscape())
      else {
        pieces.push(char)
        this.at += 1
      }
    }
  }

  #readEscape(): string {
    const start = this.at
    const char = this.text[start + 1] ?? ''
    this.at = Math.min(start + 2, this.text.length)
    const known = ESCAPES.get(char)
    if (known !== undefined) return known
    const digits = this.text.slice(start + 2, start + 6)
    if (char === 'u' && /^[0-9a-fA-F]{4}$/.test(digits)) {
      this.at = start + 6
      return String.fromCharCode(Number.parseInt(digits, 16))
    }
    this.refuse(start, 'Diese Escape-Folge gibt es nicht.', 'There is no such escape sequence.')
    if (char === '\n') this.at = start + 1
    return char === '\n' ? '' : char
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

/** White space of HOCON without the line feed: Unicode's separators, the byte order mark and ASCII's controls. */
export function isBlank(char: string | undefined): boolean {
  if (char === undefined || char === '\n') return false
  return (
    char === ' ' ||
    char === '\t' ||
    char === '\uFEFF' ||
    /\s/.test(char) ||
    (char >= '\u001C' && char <= '\u001F')
  )
}

/** Fields and pieces read of all files together; the longest stock file has about 700. */
const READ_MAX = 50_000

/** Counts what is read of all files together. */
export class Budget {
  #left: number = READ_MAX

  /** False when nothing more may be read. */
  take(steps = 1): boolean {
    this.#left -= steps
    return this.#left >= 0
  }
}
