// The actions of Go templates as nested blocks.
import { TEMPLATE_DEPTH_MAX } from '../limits.ts'
import { type Piece, piecesOf } from './pieces.ts'
import { type Pipeline, parsePipeline } from './pipeline.ts'

export interface Branch {
  /** Absent for `else`. */
  readonly test?: Pipeline
  /** `$x` of `{{ with $x := ... }}`. */
  readonly variable?: string
  readonly body: readonly Block[]
  readonly balanced: boolean
}

export type Block = { readonly start: number } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'output'; readonly pipeline: Pipeline }
  | { readonly kind: 'if'; readonly branches: readonly Branch[] }
  | { readonly kind: 'with'; readonly branches: readonly Branch[] }
  | {
      readonly kind: 'range'
      readonly names: readonly string[]
      readonly over: Pipeline
      readonly body: readonly Block[]
      readonly otherwise: readonly Block[]
    }
  | { readonly kind: 'assign'; readonly name: string; readonly pipeline: Pipeline }
  | { readonly kind: 'template'; readonly name: string; readonly argument: Pipeline }
)

/** Named bodies of `{{ define "x" }}`. */
export type Definitions = Map<string, readonly Block[]>

/** Blocks of a template; what it defines is added to `definitions`. */
export function parseBlocks(template: string, definitions: Definitions): readonly Block[] {
  return new Parser(piecesOf(template), definitions).body([])
}

const WORD = /^\s*([a-z]+)(?![\w.])/
const ASSIGN = /^\s*\$(\w+)\s*:?=/

class Parser {
  readonly #pieces: readonly Piece[]
  readonly #definitions: Definitions
  #at = 0
  #depth = 0

  constructor(pieces: readonly Piece[], definitions: Definitions) {
    this.#pieces = pieces
    this.#definitions = definitions
  }

  body(until: readonly string[]): readonly Block[] {
    const blocks: Block[] = []
    this.#depth += 1
    for (let piece = this.#pieces[this.#at]; piece !== undefined; piece = this.#pieces[this.#at]) {
      const word = this.#word()
      if (until.includes(word)) break
      this.#at += 1
      if (this.#depth > TEMPLATE_DEPTH_MAX) continue
      if (piece.kind === 'text') blocks.push({ kind: 'text', text: piece.body, start: piece.start })
      else blocks.push(...this.#action(word, piece))
    }
    this.#depth -= 1
    return blocks
  }

  #word(): string {
    const piece = this.#pieces[this.#at]
    return piece?.kind === 'action' ? (WORD.exec(piece.body)?.[1] ?? '') : ''
  }

  #action(word: string, piece: Piece): readonly Block[] {
    const rest = word === '' ? piece.body : piece.body.slice(piece.body.indexOf(word) + word.length)
    const offset = piece.start + piece.body.length - rest.length
    const { start } = piece
    if (word === 'if' || word === 'with') return [this.#branches(word, rest, offset, start)]
    if (word === 'range') return [this.#range(rest, offset, start)]
    if (word === 'define' || word === 'block') return this.#define(word, rest, offset, start)
    if (word === 'template') {
      const name = /^\s*"([^"]*)"/.exec(rest)
      const argument = rest.slice(name?.[0].length ?? 0)
      return [
        {
          kind: 'template',
          name: name?.[1] ?? '',
          argument: parsePipeline(argument, offset + rest.length - argument.length),
          start,
        },
      ]
    }
    if (word === 'end' || word === 'else' || word === 'break' || word === 'continue') return []
    const assign = ASSIGN.exec(piece.body)
    if (assign !== null) {
      const value = piece.body.slice(assign[0].length)
      return [
        {
          kind: 'assign',
          name: assign[1] ?? '',
          pipeline: parsePipeline(value, piece.start + assign[0].length),
          start,
        },
      ]
    }
    return [{ kind: 'output', pipeline: parsePipeline(piece.body, piece.start), start }]
  }

  #branches(kind: 'if' | 'with', first: string, firstOffset: number, start: number): Block {
    const branches: Branch[] = []
    let rest = first
    let offset = firstOffset
    let isElse = false
    for (;;) {
      const body = this.body(['else', 'end'])
      const assign = ASSIGN.exec(rest)
      const head = assign?.[0].length ?? 0
      const balanced = isBalanced(body)
      if (isElse) branches.push({ body, balanced })
      else {
        const test = parsePipeline(rest.slice(head), offset + head)
        branches.push({ test, body, balanced, ...(assign?.[1] === undefined ? {} : { variable: assign[1] }) })
      }
      const piece = this.#pieces[this.#at]
      const word = this.#word()
      this.#at += 1
      if (piece === undefined || word === 'end') return { kind, branches, start }
      const chained = /^\s*else\s+(?:if|with)\b/.exec(piece.body)
      isElse = chained === null
      rest = piece.body.slice(chained?.[0].length ?? piece.body.length)
      offset = piece.start + piece.body.length - rest.length
    }
  }

  #range(rest: string, offset: number, start: number): Block {
    const bind = /^\s*\$(\w+)(?:\s*,\s*\$(\w+))?\s*:?=/.exec(rest)
    const head = bind?.[0].length ?? 0
    const names = [bind?.[1], bind?.[2]].filter((name) => name !== undefined)
    const over = parsePipeline(rest.slice(head), offset + head)
    const body = this.body(['else', 'end'])
    let otherwise: readonly Block[] = []
    if (this.#word() === 'else') {
      this.#at += 1
      otherwise = this.body(['end'])
    }
    this.#at += 1
    return { kind: 'range', names, over, body, otherwise, start }
  }

  #define(word: string, rest: string, offset: number, start: number): readonly Block[] {
    const name = /^\s*"([^"]*)"/.exec(rest)
    const body = this.body(['end'])
    this.#at += 1
    if (name?.[1] === undefined) return []
    this.#definitions.set(name[1], body)
    if (word === 'define') return []
    const argument = rest.slice(name[0].length)
    return [
      { kind: 'template', name: name[1], argument: parsePipeline(argument, offset + name[0].length), start },
    ]
  }
}

function isBalanced(blocks: readonly Block[]): boolean {
  let depth = 0
  const visit = (block: Block): void => {
    if (block.kind === 'text') {
      for (const letter of block.text) {
        if (letter === '{' || letter === '[' || letter === '(') depth += 1
        else if (letter === '}' || letter === ']' || letter === ')') depth -= 1
      }
    } else if (block.kind === 'if' || block.kind === 'with') block.branches[0]?.body.forEach(visit)
    else if (block.kind === 'range') block.body.forEach(visit)
  }
  blocks.forEach(visit)
  return depth === 0
}
