// Splits nginx configuration into words and brackets as ngx_conf_read_token does; quotes count only at the start of a word.

export interface Token {
  readonly kind: 'word' | '{' | '}' | ';'
  /** The word with quotes taken off and escapes resolved; the sign itself otherwise. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** The first token on its line. */
  readonly first: boolean
}

/** The next token from an offset on. Comments are skipped. */
export class NginxTokens {
  readonly #text: string
  #at = 0
  #first = true

  constructor(text: string) {
    this.#text = text
    if (text.startsWith('\u{FEFF}')) this.#at = 1
  }

  /** Undefined at the end. */
  next(): Token | undefined {
    this.#skip()
    const start = this.#at
    const one = this.#text[start]
    if (one === undefined) return undefined
    const first = this.#first
    this.#first = false
    if (one === ';' || one === '{' || one === '}') {
      this.#at += 1
      return { kind: one, text: one, start, end: this.#at, first }
    }
    const text = one === '"' || one === "'" ? this.#quoted(one) : this.#plain()
    return { kind: 'word', text, start, end: this.#at, first }
  }

  /** Passes a block of foreign code (`content_by_lua_block { ... }`) by counting brackets; stands after the closing one. */
  skipForeignBlock(): void {
    let depth = 1
    while (this.#at < this.#text.length && depth > 0) {
      const one = this.#text[this.#at]
      if (one === '"' || one === "'") {
        this.#quoted(one)
        continue
      }
      if (one === '-' && this.#text[this.#at + 1] === '-') this.#line()
      else if (one === '{') depth += 1
      else if (one === '}') depth -= 1
      this.#at += 1
    }
    this.#first = false
  }

  #skip(): void {
    for (;;) {
      const one = this.#text[this.#at]
      if (one === '#') this.#line()
      else if (one === '\n') {
        this.#at += 1
        this.#first = true
      } else if (isSpace(one)) this.#at += 1
      else return
    }
  }

  #line(): void {
    const end = this.#text.indexOf('\n', this.#at)
    this.#at = end === -1 ? this.#text.length : end
  }

  #quoted(quote: string): string {
    const from = this.#at + 1
    this.#at = from
    while (this.#at < this.#text.length && this.#text[this.#at] !== quote)
      this.#at += this.#text[this.#at] === '\\' ? 2 : 1
    const to = Math.min(this.#at, this.#text.length)
    this.#at = Math.min(to + 1, this.#text.length)
    return unescape(this.#text.slice(from, to))
  }

  #plain(): string {
    const from = this.#at
    while (this.#at < this.#text.length) {
      const one = this.#text[this.#at]
      // `${name}` does not open a block.
      if (one === '$' && this.#text[this.#at + 1] === '{') this.#at += 2
      else if (one === '\\') this.#at += 2
      else if (one === ';' || one === '{' || isSpace(one)) break
      else this.#at += 1
    }
    this.#at = Math.min(this.#at, this.#text.length)
    return unescape(this.#text.slice(from, this.#at))
  }
}

function isSpace(one: string | undefined): boolean {
  return one === ' ' || one === '\t' || one === '\r' || one === '\n'
}

const ESCAPES: Readonly<Record<string, string>> = {
  t: '\t',
  r: '\r',
  n: '\n',
  '"': '"',
  "'": "'",
  '\\': '\\',
}

/** Quotes and backslashes lose their backslash, `\t`, `\r`, `\n` become white space; every other backslash stays (`\.` in a regex). */
function unescape(text: string): string {
  return text.includes('\\')
    ? text.replace(/\\(["'\\trn])/g, (_all, one: string) => ESCAPES[one] ?? one)
    : text
}
