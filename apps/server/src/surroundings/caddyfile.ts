// Reads a Caddyfile into directives with their blocks (caddyserver.com/docs/caddyfile/concepts): tolerant, and bounded for hostile input.

/** One line of a Caddyfile: its words, and the lines of the block that it opens. */
export interface CaddyLine {
  readonly words: readonly string[]
  readonly file: string
  /** Lines count from 1. */
  readonly line: number
  /** Last line of its block; `line` itself without one. */
  readonly endLine: number
  readonly block?: readonly CaddyLine[]
}

/** The largest Caddyfile of a hoster with hundreds of sites stays below, in letters. */
const CADDYFILE_MAX_LENGTH = 400_000

/** Real files stay below ten. */
const DEPTH_MAX = 50

interface Token {
  readonly text: string
  readonly line: number
  /** Which line it belongs to for Caddy: a text over several lines, and a line that goes on after a backslash, are one. */
  readonly row: number
  /** In quotation marks, and so never a brace. */
  readonly quoted: boolean
}

/** The lines of a file, as far as they can be understood; a file that is too long has none. */
export function readCaddyfile(file: { readonly path: string; readonly text: string }): readonly CaddyLine[] {
  if (file.text.length > CADDYFILE_MAX_LENGTH) return []
  return new CaddyParser(file.path, tokensOf(file.text)).lines(0)
}

class CaddyParser {
  readonly #file: string
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(file: string, tokens: readonly Token[]) {
    this.#file = file
    this.#tokens = tokens
  }

  /** Lines up to the brace that closes the block, or to the end. */
  lines(depth: number): CaddyLine[] {
    const lines: CaddyLine[] = []
    for (let token = this.#tokens[this.#at]; token !== undefined; token = this.#tokens[this.#at]) {
      if (isBrace(token, '}')) {
        this.#at++
        if (depth > 0) return lines
        continue
      }
      lines.push(this.#line(token, depth))
    }
    return lines
  }

  #line(first: Token, depth: number): CaddyLine {
    const words: string[] = []
    let last = first
    for (let token = this.#tokens[this.#at]; token !== undefined; token = this.#tokens[this.#at]) {
      // Addresses of a site may stand below each other, with commas between them.
      const goesOn = token.row === last.row || (depth === 0 && words.at(-1)?.endsWith(',') === true)
      if (!goesOn || isBrace(token, '}')) break
      this.#at++
      last = token
      if (isBrace(token, '{')) return this.#withBlock(words, first.line, token.line, depth)
      words.push(token.text)
    }
    return { words, file: this.#file, line: first.line, endLine: last.line }
  }

  #withBlock(words: readonly string[], line: number, open: number, depth: number): CaddyLine {
    const block = depth < DEPTH_MAX ? this.lines(depth + 1) : []
    const end = this.#tokens[this.#at - 1]?.line ?? open
    return { words, file: this.#file, line, endLine: Math.max(end, open), block }
  }
}

function isBrace({ text, quoted }: Token, brace: '{' | '}'): boolean {
  return text === brace && !quoted
}

/** Blank, word in quotation marks or backticks, continued line, remark, or plain word; each in one step. */
const PIECE =
  /(?<newline>\n)|(?<blank>[^\S\n]+|\\\r?\n)|"(?<double>(?:[^"\\]|\\[^])*)(?:"|$)|`(?<raw>[^`]*)(?:`|$)|(?<remark>#[^\n]*)|<<(?<mark>\w+)\r?\n|(?<word>\S+)/y

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  let line = 1
  let row = 1
  PIECE.lastIndex = 0
  for (let at = 0; at < text.length;) {
    PIECE.lastIndex = at
    const found = PIECE.exec(text)
    if (found === null) break
    const { newline, double, raw, mark, word } = found.groups ?? {}
    const start = line
    at = PIECE.lastIndex
    if (mark !== undefined) {
      const body = heredoc(text, at, mark)
      tokens.push({ text: text.slice(at, body), line: start, row, quoted: true })
      line += breaks(text.slice(at - 1, body))
      at = Math.min(body + mark.length, text.length)
      continue
    }
    line += breaks(found[0])
    if (newline !== undefined) row++
    const quotedText = double ?? raw
    if (quotedText !== undefined)
      tokens.push({ text: quotedText.replace(/\\(["\\])/g, '$1'), line: start, row, quoted: true })
    else if (word !== undefined) tokens.push({ text: word, line: start, row, quoted: false })
  }
  return tokens
}

/** Where the closing mark of a heredoc stands, on a line of its own; the end of the text when it never comes. */
function heredoc(text: string, from: number, mark: string): number {
  for (let at = from; at < text.length;) {
    const end = text.indexOf('\n', at)
    const line = text.slice(at, end === -1 ? text.length : end)
    if (line.trim() === mark) return at + line.indexOf(mark)
    if (end === -1) break
    at = end + 1
  }
  return text.length
}

function breaks(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++
  return count
}
