// The statements of Jinja as nested blocks.
import type { LineIndex } from '../../../core/origin.ts'
import type { ParseProblem } from '../../../core/source.ts'
import { TEMPLATE_DEPTH_MAX } from '../limits.ts'
import { type Expression, parseExpression } from './expression.ts'
import { type Piece, piecesOf } from './pieces.ts'

export interface Branch {
  /** Absent for `else`. */
  readonly test?: Expression
  readonly body: readonly Block[]
  /** Its text closes every bracket that it opens, so that it can stand beside another branch. */
  readonly balanced: boolean
}

export type Block = { readonly start: number } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'output'; readonly expression: Expression }
  | { readonly kind: 'if'; readonly branches: readonly Branch[] }
  | {
      readonly kind: 'for'
      readonly names: readonly string[]
      readonly over: Expression
      readonly guard?: Expression
      readonly body: readonly Block[]
      readonly otherwise: readonly Block[]
    }
  | { readonly kind: 'set'; readonly names: readonly string[]; readonly expression: Expression }
  | { readonly kind: 'capture'; readonly name: string; readonly body: readonly Block[] }
  | { readonly kind: 'group'; readonly body: readonly Block[] }
  /** A statement that is not understood, with what it wraps. */
  | { readonly kind: 'doubtful'; readonly body: readonly Block[] }
)

export interface Parsed {
  readonly blocks: readonly Block[]
  readonly problems: readonly ParseProblem[]
}

/** Blocks of a template; statements without end are closed at the end of the file. */
export function parseBlocks(template: string, index: LineIndex, trimBlocks: boolean = true): Parsed {
  const parser = new Parser(piecesOf(template, trimBlocks), index)
  const blocks = parser.body([])
  return { blocks, problems: parser.problems }
}

const WORD = /^\s*([a-z_]+)/

class Parser {
  readonly problems: ParseProblem[] = []
  readonly #pieces: readonly Piece[]
  readonly #index: LineIndex
  #at = 0
  #depth = 0

  constructor(pieces: readonly Piece[], index: LineIndex) {
    this.#pieces = pieces
    this.#index = index
  }

  /** Blocks up to one of the closing words, which stays unread. */
  body(until: readonly string[]): readonly Block[] {
    const blocks: Block[] = []
    this.#depth += 1
    for (let piece = this.#pieces[this.#at]; piece !== undefined; piece = this.#pieces[this.#at]) {
      const word = piece.kind === 'statement' ? (WORD.exec(piece.body)?.[1] ?? '') : ''
      if (word !== '' && until.includes(word)) break
      this.#at += 1
      if (this.#depth > TEMPLATE_DEPTH_MAX) continue
      const { start } = piece
      if (piece.kind === 'text') blocks.push({ kind: 'text', text: piece.body, start })
      else if (piece.kind === 'output')
        blocks.push({ kind: 'output', expression: parseExpression(piece.body, start), start })
      else blocks.push(...this.#statement(word, piece))
    }
    this.#depth -= 1
    return blocks
  }

  #word(): string {
    const piece = this.#pieces[this.#at]
    return piece?.kind === 'statement' ? (WORD.exec(piece.body)?.[1] ?? '') : ''
  }

  #statement(word: string, piece: Piece): readonly Block[] {
    const rest = piece.body.slice(piece.body.indexOf(word) + word.length)
    const offset = piece.start + piece.body.length - rest.length
    const { start } = piece
    if (word === 'if') return [this.#if(rest, offset, start)]
    if (word === 'for') return [this.#for(rest, offset, start)]
    if (word === 'set') return this.#set(rest, offset, start)
    if (word === 'with' || word === 'block' || word === 'autoescape') {
      const body = this.body([`end${word}`])
      this.#at += 1
      return [{ kind: 'group', body, start }]
    }
    if (word === 'macro') {
      this.body(['endmacro'])
      this.#at += 1
      return []
    }
    if (word === 'filter' || word === 'call') {
      const body = this.body([`end${word}`])
      this.#at += 1
      return [{ kind: 'doubtful', body, start }]
    }
    if (!/^(?:import|from|do|extends|end\w+|else|elif|)$/.test(word)) this.#unsupported(piece)
    if (word === 'include') this.#unsupported(piece)
    return []
  }

  #unsupported(piece: Piece): void {
    if (this.problems.length >= 20) return
    this.problems.push({
      code: 'unsupported',
      message: {
        de: 'Diese Anweisung der Vorlage wird nicht ausgeführt.',
        en: 'This statement of the template is not carried out.',
      },
      origin: this.#index.origin(piece.start, piece.start + piece.body.length),
    })
  }

  #if(rest: string, offset: number, start: number): Block {
    const branches: Branch[] = []
    let test: Expression | undefined = parseExpression(rest, offset)
    for (;;) {
      const body = this.body(['elif', 'else', 'endif'])
      branches.push({ ...(test === undefined ? {} : { test }), body, balanced: isBalanced(body) })
      const piece = this.#pieces[this.#at]
      const word = this.#word()
      this.#at += 1
      if (piece === undefined || word === 'endif') return { kind: 'if', branches, start }
      const after = piece.body.slice(piece.body.indexOf(word) + word.length)
      test =
        word === 'elif' ? parseExpression(after, piece.start + piece.body.length - after.length) : undefined
    }
  }

  #for(rest: string, offset: number, start: number): Block {
    const match = /^\s*([\w\s,()]{1,200}?)\s+in\s/.exec(rest)
    const from = match?.[0].length ?? 0
    const names = (match?.[1] ?? '')
      .replaceAll(/[()\s]/g, '')
      .split(',')
      .filter((name) => name !== '')
    const [over, guard] = splitGuard(rest.slice(from))
    const body = this.body(['else', 'endfor'])
    let otherwise: readonly Block[] = []
    if (this.#word() === 'else') {
      this.#at += 1
      otherwise = this.body(['endfor'])
    }
    this.#at += 1
    const block = {
      kind: 'for',
      names,
      over: parseExpression(over, offset + from),
      body,
      otherwise,
      start,
    } as const
    if (guard === undefined) return block
    return { ...block, guard: parseExpression(guard, offset + from + over.length + 4) }
  }

  #set(rest: string, offset: number, start: number): readonly Block[] {
    const equals = /^\s*([\w\s,.]{1,200}?)\s*=(?!=)/.exec(rest)
    if (equals === null) {
      const name = /^\s*(\w+)/.exec(rest)?.[1]
      const body = this.body(['endset'])
      this.#at += 1
      return name === undefined ? [] : [{ kind: 'capture', name, body, start }]
    }
    const names = (equals[1] ?? '').split(',').map((name) => name.trim())
    const expression = parseExpression(rest.slice(equals[0].length), offset + equals[0].length)
    return [{ kind: 'set', names, expression, start }]
  }
}

/** Cuts `items if condition` at the first ` if ` outside of quotes that no `else` follows. */
function splitGuard(source: string): readonly [string, string | undefined] {
  const at = source.search(/\sif\s/)
  if (at === -1 || /\selse\s/.test(source.slice(at))) return [source, undefined]
  return [source.slice(0, at), source.slice(at + 4)]
}

/** True when the blocks' text opens and closes the same brackets. */
export function isBalanced(blocks: readonly Block[]): boolean {
  let depth = 0
  const visit = (block: Block): void => {
    if (block.kind === 'text') {
      for (const letter of block.text) {
        if (letter === '{' || letter === '[' || letter === '(') depth += 1
        else if (letter === '}' || letter === ']' || letter === ')') depth -= 1
      }
    } else if (block.kind === 'if') block.branches.slice(0, 1).forEach((branch) => branch.body.forEach(visit))
    else if ('body' in block) block.body.forEach(visit)
  }
  blocks.forEach(visit)
  return depth === 0
}
