// The expressions of Jinja as a tree, read by precedence climbing.
import { type Token, tokensOf, unquote } from './tokens.ts'

export interface Argument {
  readonly name?: string
  readonly value: Expression
}

export type Expression = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'flag'; readonly value: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly of: Expression; readonly key: Expression }
  | { readonly kind: 'call'; readonly of: Expression; readonly args: readonly Argument[] }
  | {
      readonly kind: 'filter'
      readonly of: Expression
      readonly name: string
      readonly args: readonly Argument[]
    }
  | {
      readonly kind: 'test'
      readonly of: Expression
      readonly name: string
      readonly negated: boolean
      readonly args: readonly Argument[]
    }
  | { readonly kind: 'not'; readonly of: Expression }
  | {
      readonly kind: 'binary'
      readonly operator: string
      readonly left: Expression
      readonly right: Expression
    }
  | {
      readonly kind: 'choice'
      readonly test: Expression
      readonly value: Expression
      readonly otherwise?: Expression
    }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'unreadable' }
)

/** Nesting of parentheses and operators in one expression. */
const NESTING_MAX = 60

/** Longest expression, in UTF-16 units; real ones are one line. */
const EXPRESSION_MAX = 20_000

/** Reads an expression that starts at `offset` of the template; what is no expression becomes `unreadable`. */
export function parseExpression(source: string, offset: number): Expression {
  if (source.length > EXPRESSION_MAX)
    return { kind: 'unreadable', start: offset, end: offset + source.length }
  const tokens = tokensOf(source, offset)
  const unreadable: Expression = { kind: 'unreadable', start: offset, end: offset + source.length }
  if (tokens === undefined || tokens.length === 0) return unreadable
  const reader = new Reader(tokens, offset + source.length)
  const expression = reader.expression()
  return reader.done ? expression : unreadable
}

const BINARY: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['==', '!=', '<', '>', '<=', '>=', 'in', 'not in'],
  ['~'],
  ['+', '-'],
  ['*', '/', '//', '%'],
  ['**'],
]

class Reader {
  readonly #tokens: readonly Token[]
  readonly #end: number
  #at = 0
  #nesting = 0

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens
    this.#end = end
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length
  }

  expression(): Expression {
    this.#nesting += 1
    if (this.#nesting > NESTING_MAX) {
      this.#at = this.#tokens.length + 1
      return { kind: 'unreadable', start: this.#end, end: this.#end }
    }
    const then = this.#binary(0)
    this.#nesting -= 1
    if (!this.#takeName('if')) return then
    const test = this.#binary(0)
    if (!this.#takeName('else'))
      return { kind: 'choice', test, value: then, start: then.start, end: test.end }
    const otherwise = this.expression()
    return { kind: 'choice', test, value: then, otherwise, start: then.start, end: otherwise.end }
  }

  #peek(ahead = 0): Token {
    return this.#tokens[this.#at + ahead] ?? { kind: 'end', value: '', start: this.#end, end: this.#end }
  }

  #takeSign(value: string): boolean {
    const token = this.#peek()
    if (token.kind !== 'sign' || token.value !== value) return false
    this.#at += 1
    return true
  }

  #takeName(value: string): boolean {
    const token = this.#peek()
    if (token.kind !== 'name' || token.value !== value) return false
    this.#at += 1
    return true
  }

  #operator(level: number): string | undefined {
    const operators = BINARY[level] ?? []
    const token = this.#peek()
    if (
      token.kind === 'name' &&
      token.value === 'not' &&
      this.#peek(1).value === 'in' &&
      operators.includes('not in')
    ) {
      this.#at += 2
      return 'not in'
    }
    const wanted = token.kind === 'sign' || token.kind === 'name'
    if (!wanted || !operators.includes(token.value)) return undefined
    this.#at += 1
    return token.value
  }

  #binary(level: number): Expression {
    if (level === 2 && this.#takeName('not')) {
      const from = this.#peek().start
      const of = this.#nested(() => this.#binary(2))
      return { kind: 'not', of, start: from, end: of.end }
    }
    if (level >= BINARY.length) return this.#unary()
    let left = this.#binary(level + 1)
    for (let operator = this.#operator(level); operator !== undefined; operator = this.#operator(level)) {
      const right = this.#binary(level + 1)
      left = { kind: 'binary', operator, left, right, start: left.start, end: right.end }
    }
    return left
  }

  #nested(inner: () => Expression): Expression {
    this.#nesting += 1
    if (this.#nesting > NESTING_MAX) {
      this.#at = this.#tokens.length + 1
      return { kind: 'unreadable', start: this.#end, end: this.#end }
    }
    const result = inner()
    this.#nesting -= 1
    return result
  }

  #unary(): Expression {
    const token = this.#peek()
    if (this.#takeSign('-') || this.#takeSign('+')) {
      const right = this.#nested(() => this.#unary())
      const left: Expression = { kind: 'number', value: 0, start: token.start, end: token.end }
      return { kind: 'binary', operator: token.value, left, right, start: token.start, end: right.end }
    }
    return this.#postfix(this.#primary())
  }

  #postfix(first: Expression): Expression {
    let of = first
    for (;;) {
      if (this.#takeSign('.')) {
        const token = this.#peek()
        this.#at += 1
        const key: Expression = { kind: 'text', value: token.value, start: token.start, end: token.end }
        of = { kind: 'member', of, key, start: of.start, end: token.end }
      } else if (this.#takeSign('[')) {
        const key = this.expression()
        of = { kind: 'member', of, key, start: of.start, end: this.#close(']') }
      } else if (this.#takeSign('(')) {
        const args = this.#arguments()
        of = { kind: 'call', of, args, start: of.start, end: this.#close(')') }
      } else if (this.#takeSign('|')) of = this.#filter(of)
      else if (this.#takeName('is')) of = this.#test(of)
      else return of
    }
  }

  #filter(of: Expression): Expression {
    let name = this.#peek().value
    let end = this.#peek().end
    this.#at += 1
    while (this.#takeSign('.')) {
      name = this.#peek().value
      end = this.#peek().end
      this.#at += 1
    }
    if (!this.#takeSign('(')) return { kind: 'filter', of, name, args: [], start: of.start, end }
    const args = this.#arguments()
    return { kind: 'filter', of, name, args, start: of.start, end: this.#close(')') }
  }

  #test(of: Expression): Expression {
    const negated = this.#takeName('not')
    const token = this.#peek()
    this.#at += 1
    const tail = { negated, name: token.value, of, start: of.start }
    if (this.#takeSign('(')) {
      const args = this.#arguments()
      return { kind: 'test', ...tail, args, end: this.#close(')') }
    }
    const next = this.#peek()
    const takesOne = /^(?:eq|equalto|ne|lt|gt|le|ge|in|sameas|divisibleby|match|search|version)$/.test(
      token.value,
    )
    if (takesOne && (next.kind === 'text' || next.kind === 'number' || next.kind === 'name')) {
      const value = this.#primary()
      return { kind: 'test', ...tail, args: [{ value }], end: value.end }
    }
    return { kind: 'test', ...tail, args: [], end: token.end }
  }

  #arguments(): readonly Argument[] {
    const args: Argument[] = []
    while (!this.done && this.#peek().value !== ')') {
      const named =
        this.#peek().kind === 'name' && this.#peek(1).value === '=' && this.#peek(1).kind === 'sign'
      const name = this.#peek().value
      if (named) this.#at += 2
      const value = this.expression()
      args.push(named ? { name, value } : { value })
      if (!this.#takeSign(',')) break
    }
    return args
  }

  #close(sign: string): number {
    const { end } = this.#peek()
    if (!this.#takeSign(sign)) this.#at = this.#tokens.length + 1
    return end
  }

  #primary(): Expression {
    const token = this.#peek()
    const place = { start: token.start, end: token.end }
    this.#at += 1
    if (token.kind === 'number') return { kind: 'number', value: Number(token.value), ...place }
    if (token.kind === 'text') return this.#text(token)
    if (token.kind === 'name') {
      const lower = token.value.toLowerCase()
      if (lower === 'true' || lower === 'false') return { kind: 'flag', value: lower === 'true', ...place }
      if (lower === 'none' || lower === 'null') return { kind: 'none', ...place }
      return { kind: 'name', name: token.value, ...place }
    }
    if (token.value === '(') return this.#group(token)
    if (token.value === '[') {
      const items = this.#items(']')
      return { kind: 'list', items, start: token.start, end: this.#close(']') }
    }
    if (token.value === '{') return this.#map(token)
    this.#at = this.#tokens.length + 1
    return { kind: 'unreadable', ...place }
  }

  #text(token: Token): Expression {
    let value = unquote(token.value)
    let { end } = token
    while (this.#peek().kind === 'text') {
      value += unquote(this.#peek().value)
      end = this.#peek().end
      this.#at += 1
    }
    return { kind: 'text', value, start: token.start, end }
  }

  #group(token: Token): Expression {
    const items = this.#items(')')
    const end = this.#close(')')
    const [only] = items
    return items.length === 1 && only !== undefined ? only : { kind: 'list', items, start: token.start, end }
  }

  #items(close: string): readonly Expression[] {
    const items: Expression[] = []
    while (!this.done && this.#peek().value !== close) {
      items.push(this.expression())
      if (!this.#takeSign(',')) break
    }
    return items
  }

  #map(token: Token): Expression {
    const entries: (readonly [Expression, Expression])[] = []
    while (!this.done && this.#peek().value !== '}') {
      const key = this.expression()
      if (!this.#takeSign(':')) break
      entries.push([key, this.expression()])
      if (!this.#takeSign(',')) break
    }
    return { kind: 'map', entries, start: token.start, end: this.#close('}') }
  }
}
