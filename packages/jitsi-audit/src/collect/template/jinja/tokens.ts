// The words of Jinja expressions.

export interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'sign' | 'end'
  readonly value: string
  readonly start: number
  readonly end: number
}

const TOKEN =
  /\s*(?:([A-Za-z_][A-Za-z0-9_]*)|(\d+(?:\.\d+)?)|("(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*')|(==|!=|<=|>=|\/\/|\*\*|[-+*/%~|.,:()[\]{}<>=]))/y

/** Words of an expression that starts at `offset`; undefined when a letter belongs to none. */
export function tokensOf(source: string, offset: number): readonly Token[] | undefined {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < source.length) {
    const from = TOKEN.lastIndex
    const match = TOKEN.exec(source)
    if (match === null) return source.slice(from).trim() === '' ? tokens : undefined
    const [whole, name, digits, quoted, sign] = match
    const value = name ?? digits ?? quoted ?? sign ?? ''
    const end = offset + from + whole.length
    const kind =
      name !== undefined ? 'name' : digits !== undefined ? 'number' : quoted !== undefined ? 'text' : 'sign'
    tokens.push({ kind, value, start: end - value.length, end })
  }
  return tokens
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' }

/** Takes quotes and backslashes off a literal. */
export function unquote(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(
      /\\([^])/g,
      (whole, letter: string) => ESCAPES[letter] ?? (/["'\\]/.test(letter) ? letter : whole),
    )
}
