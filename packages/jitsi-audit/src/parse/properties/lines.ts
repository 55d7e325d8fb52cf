// Cuts a properties text into logical lines with unescaped key and value, by the rules of java.util.Properties.load.

/** One key with its value; offsets are places in the text, `end` excludes the line break. */
export interface LogicalLine {
  readonly key: string
  readonly value: string
  readonly keyStart: number
  readonly valueStart: number
  readonly end: number
  /** Offset of a `\u` that is not followed by four hexadecimal digits. */
  readonly badEscape?: number
}

const SEPARATORS = '=:'

/** Every entry in the order of the text; comments and blank lines are left out. */
export function* logicalLines(text: string): Generator<LogicalLine> {
  let at = text.startsWith('\uFEFF') ? 1 : 0
  while (at < text.length) {
    at = skipBlank(text, at)
    const char = text[at]
    if (char === undefined) return
    if (isBreak(char)) {
      at += 1
    } else if (char === '#' || char === '!') {
      at = lineEnd(text, at)
    } else {
      const line = readEntry(text, at)
      yield line
      at = line.end
    }
  }
}

function readEntry(text: string, start: number): LogicalLine {
  const key = readPart(text, start, true)
  let at = skipFolded(text, key.end)
  if (SEPARATORS.includes(text[at] ?? ' ')) at = skipFolded(text, at + 1)
  const value = readPart(text, at, false)
  const badEscape = key.badEscape ?? value.badEscape
  return {
    key: key.text,
    value: value.text,
    keyStart: start,
    valueStart: Math.min(at, value.end),
    end: value.end,
    ...(badEscape === undefined ? {} : { badEscape }),
  }
}

interface Part {
  readonly text: string
  readonly end: number
  readonly badEscape?: number
}

/** Reads up to the end of the logical line, or, for a key, up to its separator. */
function readPart(text: string, start: number, isKey: boolean): Part {
  const pieces: string[] = []
  let badEscape: number | undefined
  let at = start
  for (let char = text[at]; char !== undefined && !isBreak(char); char = text[at]) {
    if (isKey && (SEPARATORS.includes(char) || isBlank(char))) break
    if (char !== '\\') {
      pieces.push(char)
      at += 1
      continue
    }
    const escaped = readEscape(text, at)
    if (escaped.bad) badEscape ??= at
    pieces.push(escaped.text)
    at = escaped.end
  }
  return { text: pieces.join(''), end: at, ...(badEscape === undefined ? {} : { badEscape }) }
}

function readEscape(text: string, at: number): { text: string; end: number; bad?: true } {
  const char = text[at + 1]
  if (char === undefined) return { text: '', end: at + 1 }
  if (isBreak(char)) return { text: '', end: skipBlank(text, afterBreak(text, at + 1)) }
  if (char === 'u') {
    const digits = text.slice(at + 2, at + 6)
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) return { text: '', end: at + 2, bad: true }
    return { text: String.fromCharCode(Number.parseInt(digits, 16)), end: at + 6 }
  }
  return { text: CONTROL.get(char) ?? char, end: at + 2 }
}

const CONTROL: ReadonlyMap<string, string> = new Map([
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
  ['f', '\f'],
])

/** Blanks and folded line ends, which may stand around the separator. */
function skipFolded(text: string, from: number): number {
  let at = skipBlank(text, from)
  while (text[at] === '\\' && isBreak(text[at + 1] ?? ' ')) at = skipBlank(text, afterBreak(text, at + 1))
  return at
}

function skipBlank(text: string, from: number): number {
  let at = from
  while (isBlank(text[at] ?? '\n')) at += 1
  return at
}

function afterBreak(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1
}

function lineEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && !isBreak(text[at] ?? '\n')) at += 1
  return at
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\f'
}

function isBreak(char: string): boolean {
  return char === '\n' || char === '\r'
}
