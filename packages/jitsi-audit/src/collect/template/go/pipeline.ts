// Pipelines of Go templates as a tree: commands joined by `|`, each a list of operands.

export type Operand = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'flag'; readonly value: boolean }
  | { readonly kind: 'nil' }
  | { readonly kind: 'word'; readonly name: string }
  /** `.a.b` from the dot, `$x.a` from a variable (`name` is empty for `$`). */
  | {
      readonly kind: 'path'
      readonly from: 'dot' | 'variable'
      readonly name: string
      readonly keys: readonly string[]
    }
  | { readonly kind: 'group'; readonly pipeline: Pipeline; readonly keys: readonly string[] }
)

export interface Pipeline {
  readonly commands: readonly (readonly Operand[])[]
  readonly start: number
  readonly end: number
  /** False when the text is no pipeline that we understand. */
  readonly readable: boolean
}

const TOKEN =
  /\s*(?:("(?:[^"\\\n]|\\[^])*"|`[^`]*`|'(?:[^'\\]|\\[^])+')|(-?\d+(?:\.\d+)?)|(\$\w*)|((?:\.[A-Za-z_]\w*)+|\.)|([A-Za-z_]\w*)|([|(),]))/y

/** Longest pipeline, in UTF-16 units. */
const PIPELINE_MAX = 20_000
const NESTING_MAX = 40

interface Token {
  readonly kind: 'text' | 'number' | 'variable' | 'path' | 'word' | 'sign'
  readonly value: string
  readonly start: number
  readonly end: number
  /** No white space before it: a path that continues what stands before. */
  readonly glued: boolean
}

const KINDS = ['text', 'number', 'variable', 'path', 'word', 'sign'] as const

function tokensOf(source: string, offset: number): readonly Token[] | undefined {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < source.length) {
    const from = TOKEN.lastIndex
    const match = TOKEN.exec(source)
    if (match === null) return source.slice(from).trim() === '' ? tokens : undefined
    const group = match.slice(1).findIndex((part) => part !== undefined)
    const value = match[group + 1] ?? ''
    const end = offset + from + match[0].length
    tokens.push({
      kind: KINDS[group] ?? 'sign',
      value,
      start: end - value.length,
      end,
      glued: value.length === match[0].length,
    })
  }
  return tokens
}

/** Reads a pipeline that starts at `offset` of the template. */
export function parsePipeline(source: string, offset: number): Pipeline {
  const end = offset + source.length
  const tokens = source.length > PIPELINE_MAX ? undefined : tokensOf(source, offset)
  if (tokens === undefined) return { commands: [], start: offset, end, readable: false }
  const reader = new Reader(tokens, offset, end)
  const pipeline = reader.pipeline()
  return { ...pipeline, readable: pipeline.readable && reader.done }
}

class Reader {
  readonly #tokens: readonly Token[]
  readonly #start: number
  readonly #end: number
  #at = 0
  #nesting = 0

  constructor(tokens: readonly Token[], start: number, end: number) {
    this.#tokens = tokens
    this.#start = start
    this.#end = end
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length
  }

  pipeline(): Pipeline {
    this.#nesting += 1
    const commands: Operand[][] = [[]]
    const start = this.#tokens[this.#at]?.start ?? this.#start
    let readable = this.#nesting <= NESTING_MAX
    for (
      let token = this.#tokens[this.#at];
      token !== undefined && readable;
      token = this.#tokens[this.#at]
    ) {
      if (token.kind === 'sign' && token.value === ')') break
      this.#at += 1
      if (token.kind === 'sign' && token.value === '|') commands.push([])
      else if (token.kind === 'sign' && token.value === ',') readable = false
      else {
        const operand = this.#operand(token)
        if (operand === undefined) readable = false
        else commands.at(-1)?.push(operand)
      }
    }
    this.#nesting -= 1
    const filled = commands.every((command) => command.length > 0)
    return {
      commands,
      start,
      end: this.#tokens[this.#at - 1]?.end ?? this.#end,
      readable: readable && filled,
    }
  }

  #operand(token: Token): Operand | undefined {
    const place = { start: token.start, end: token.end }
    if (token.kind === 'text') return { kind: 'text', value: unquote(token.value), ...place }
    if (token.kind === 'number') return { kind: 'number', value: Number(token.value), ...place }
    if (token.kind === 'variable')
      return { kind: 'path', from: 'variable', name: token.value.slice(1), keys: this.#glued(), ...place }
    if (token.kind === 'path')
      return { kind: 'path', from: 'dot', name: '', keys: keysOf(token.value), ...place }
    if (token.kind === 'word') {
      if (token.value === 'true' || token.value === 'false')
        return { kind: 'flag', value: token.value === 'true', ...place }
      return token.value === 'nil' ? { kind: 'nil', ...place } : { kind: 'word', name: token.value, ...place }
    }
    if (token.value !== '(') return undefined
    const pipeline = this.pipeline()
    if (this.#tokens[this.#at]?.value !== ')' || !pipeline.readable) return undefined
    const end = this.#tokens[this.#at]?.end ?? token.end
    this.#at += 1
    return { kind: 'group', pipeline, keys: this.#glued(), start: token.start, end }
  }

  #glued(): readonly string[] {
    const next = this.#tokens[this.#at]
    if (next?.kind !== 'path' || !next.glued || next.value === '.') return []
    this.#at += 1
    return keysOf(next.value)
  }
}

function keysOf(path: string): readonly string[] {
  return path.split('.').filter((key) => key !== '')
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

function unquote(literal: string): string {
  const inner = literal.slice(1, -1)
  if (literal.startsWith('`')) return inner
  return inner.replace(/\\([^])/g, (_whole, letter: string) => ESCAPES[letter] ?? letter)
}
