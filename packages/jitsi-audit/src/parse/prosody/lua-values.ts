// Evaluates Lua expressions to values without running anything: literals, tables, concatenation, logic, locals, environment.
import type {
  BinaryExpression,
  CallExpression,
  Expression,
  LogicalExpression,
  TableConstructorExpression,
} from 'luaparse'
import { DEPTH_MAX } from '../../core/limits.ts'
import type { LineIndex } from '../../core/origin.ts'
import { type Settings, lookup } from '../../core/settings.ts'
import type { Origin, OriginKind } from '../../core/source.ts'
import type { Node, UnknownNode, UnknownReason } from '../../core/value.ts'
import { isInside, textNodeOfTemplate } from '../common/placeholder.ts'
import { GAP_NAME } from './mask-lua.ts'
import { decodeLuaText } from './lua-text.ts'
import { arithmetic, joined, negated, truth, uncertain } from './lua-operators.ts'

/** What expressions of one file may look at. */
export interface LuaContext {
  readonly lines: LineIndex
  readonly conditional: readonly (readonly [number, number])[]
  /** The value of a local variable, `undefined` when there is none of that name. */
  readonly local: (name: string) => Node | undefined
  /** The option set earlier in the same scope or globally (prosody 13 lets options refer to each other). */
  readonly option: (name: string) => Node | undefined
  /** The process environment, where it is known. */
  readonly environment: Settings | undefined
  /** Takes one step of the budget; false when it is used up. */
  readonly spend: () => boolean
}

/** The range that luaparse leaves on every node. */
export function rangeOf(node: object): readonly [number, number] {
  if ('range' in node && Array.isArray(node.range)) {
    const range: readonly unknown[] = node.range
    const [from, to] = range
    if (typeof from === 'number' && typeof to === 'number') return [from, to]
  }
  return [0, 0]
}

/** `os.getenv`, also as `Lua.os.getenv`: the dotted name of a called function; undefined for anything dynamic. */
export function dottedName(base: Expression): string | undefined {
  if (base.type === 'Identifier') return base.name
  if (base.type !== 'MemberExpression' || base.indexer !== '.') return undefined
  const before = base.base.type === 'Identifier' ? base.base.name : dottedShort(base.base)
  return before === undefined ? undefined : `${before}.${base.identifier.name}`
}

/** One level more; names with four parts do not occur. */
function dottedShort(base: Expression): string | undefined {
  return base.type === 'MemberExpression' && base.base.type === 'Identifier'
    ? `${base.base.name}.${base.identifier.name}`
    : undefined
}

export class LuaValues {
  readonly #context: LuaContext
  /** Values of environment variables that nobody knows: `or "default"` after them gives the default. */
  readonly #unsetVariables = new WeakSet<Node>()

  constructor(context: LuaContext) {
    this.#context = context
  }

  /** Where a node of the tree stands. */
  origin(node: object, kind: OriginKind = 'file'): Origin {
    const [from, to] = rangeOf(node)
    return this.#context.lines.origin(from, to, kind)
  }

  /** The value of an expression; `null` for nil. */
  evaluate(expression: Expression, depth = 0): Node {
    if (!this.#context.spend() || depth > DEPTH_MAX) return this.#unknown(expression, 'limit')
    switch (expression.type) {
      case 'StringLiteral':
        return textNodeOfTemplate(decodeLuaText(expression.raw), this.origin(expression))
      case 'NumericLiteral':
        return { kind: 'number', value: expression.value, origin: this.origin(expression) }
      case 'BooleanLiteral':
        return { kind: 'flag', value: expression.value, origin: this.origin(expression) }
      case 'NilLiteral':
        return { kind: 'null', origin: this.origin(expression) }
      case 'Identifier':
        return this.#identifier(expression.name, expression)
      case 'TableConstructorExpression':
        return this.#table(expression, depth)
      case 'BinaryExpression':
        return this.#binary(expression, depth)
      case 'LogicalExpression':
        return this.#logical(expression, depth)
      case 'UnaryExpression':
        return negated(
          expression.operator,
          this.evaluate(expression.argument, depth + 1),
          this.origin(expression),
        )
      case 'CallExpression':
        return this.#call(expression, depth)
      case 'StringCallExpression':
        return this.#stringCall(expression.base, expression.argument, expression, depth)
      case 'MemberExpression':
        return this.#member(this.evaluate(expression.base, depth + 1), expression.identifier.name, expression)
      case 'IndexExpression':
        return this.#index(expression.base, expression.index, expression, depth)
      case 'FunctionDeclaration':
      case 'VarargLiteral':
      case 'TableCallExpression':
        return this.#unknown(expression, 'runtime')
    }
  }

  #identifier(name: string, at: Expression): Node {
    if (name === GAP_NAME) return this.#unknown(at, 'placeholder')
    const known = this.#context.local(name) ?? this.#context.option(name)
    if (known !== undefined) return known
    if (name.startsWith('ENV_')) return this.#variable(name.slice('ENV_'.length), at)
    return LIBRARY.has(name) ? this.#unknown(at, 'runtime') : { kind: 'null', origin: this.origin(at) }
  }

  #table(table: TableConstructorExpression, depth: number): Node {
    const items: Node[] = []
    const named = new Map<string, Node>()
    const [start] = rangeOf(table)
    let rest: UnknownNode | undefined
    const doubtful = isInside(this.#context.conditional, start)
    for (const field of table.fields) {
      const value = this.evaluate(field.value, depth + 1)
      const open = !doubtful && isInside(this.#context.conditional, rangeOf(field)[0])
      const node = open ? uncertain(value) : value
      if (field.type === 'TableValue') items.push(node)
      else {
        const key =
          field.type === 'TableKeyString' ? field.key.name : keyText(this.evaluate(field.key, depth + 1))
        // A key that a template or a call gives may be any: silence about a key proves nothing then.
        if (key === undefined || key === GAP_NAME) rest = this.#unknown(field.value, 'placeholder')
        else if (node.kind !== 'null') named.set(key, node)
      }
    }
    const origin = this.origin(table)
    if (named.size === 0 && rest === undefined) return { kind: 'list', items, origin }
    // Lua counts positional entries from 1; a table with both kinds keeps them under these numbers.
    const entries = new Map<string, Node>(items.map((item, index) => [String(index + 1), item]))
    for (const [key, node] of named) entries.set(key, node)
    return rest === undefined ? { kind: 'map', entries, origin } : { kind: 'map', entries, origin, rest }
  }

  #binary(expression: BinaryExpression, depth: number): Node {
    // Long chains of `..` lean to the right: walking them in a loop keeps the stack flat.
    const parts: Node[] = []
    let rest: Expression = expression
    while (rest.type === 'BinaryExpression' && rest.operator === '..') {
      parts.push(this.evaluate(rest.left, depth + 1))
      rest = rest.right
      if (!this.#context.spend()) return this.#unknown(expression, 'limit')
    }
    const origin = this.origin(expression)
    if (parts.length > 0) return joined([...parts, this.evaluate(rest, depth + 1)], origin)
    const left = this.evaluate(expression.left, depth + 1)
    const right = this.evaluate(expression.right, depth + 1)
    return arithmetic(expression.operator, left, right, origin)
  }

  #logical(expression: LogicalExpression, depth: number): Node {
    const left = this.evaluate(expression.left, depth + 1)
    if (expression.operator === 'or' && this.#unsetVariables.has(left)) {
      const right = this.evaluate(expression.right, depth + 1)
      return { ...right, origin: { ...right.origin, kind: 'template-default' } }
    }
    const known = truth(left)
    if (known === undefined) return { ...this.#unknown(expression, 'branch') }
    return known === (expression.operator === 'and') ? this.evaluate(expression.right, depth + 1) : left
  }

  #call(call: CallExpression, depth: number): Node {
    const first = call.arguments[0]
    const name = dottedName(call.base)?.replace(/^Lua\./, '')
    if (first === undefined || name === undefined) return this.#unknown(call, 'runtime')
    if (name !== 'os.getenv' && name !== 'tostring' && name !== 'tonumber')
      return this.#unknown(call, 'runtime')
    const value = this.evaluate(first, depth + 1)
    if (name === 'os.getenv')
      return value.kind === 'text' ? this.#variable(value.value, call) : this.#unknown(call, 'runtime')
    return converted(name, value) ?? this.#unknown(call, 'runtime')
  }

  #stringCall(base: Expression, argument: Expression, at: Expression, depth: number): Node {
    const name = dottedName(base)?.replace(/^Lua\./, '')
    if (name !== 'os.getenv') return this.#unknown(at, 'runtime')
    const value = this.evaluate(argument, depth + 1)
    return value.kind === 'text' ? this.#variable(value.value, at) : this.#unknown(at, 'runtime')
  }

  #variable(name: string, at: Expression): Node {
    const environment = this.#context.environment
    const found = environment === undefined ? undefined : lookup(environment, [name])
    if (found?.state === 'set') return found.node
    const unset: Node =
      found?.state === 'unset' ? { kind: 'null', origin: this.origin(at) } : this.#unknown(at, 'placeholder')
    this.#unsetVariables.add(unset)
    return unset
  }

  #member(base: Node, name: string, at: Expression): Node {
    if (base.kind === 'map') return base.entries.get(name) ?? { kind: 'null', origin: this.origin(at) }
    return this.#unknown(at, 'runtime')
  }

  #index(base: Expression, index: Expression, at: Expression, depth: number): Node {
    const table = this.evaluate(base, depth + 1)
    const key = keyText(this.evaluate(index, depth + 1))
    if (key === undefined) return this.#unknown(at, 'runtime')
    if (table.kind === 'list') return table.items[Number(key) - 1] ?? this.#unknown(at, 'runtime')
    return this.#member(table, key, at)
  }

  #unknown(at: Expression, reason: UnknownReason): UnknownNode {
    return { kind: 'unknown', reason, origin: this.origin(at) }
  }
}

/** Globals of Lua that a configuration might name; any other unset name is nil. */
const LIBRARY = new Set([
  'os',
  'io',
  'string',
  'table',
  'math',
  'require',
  'prosody',
  'Lua',
  '_G',
  'package',
  'arg',
])

function keyText(node: Node): string | undefined {
  if (node.kind === 'text') return node.value
  return node.kind === 'number' ? String(node.value) : undefined
}

function converted(name: string, value: Node): Node | undefined {
  if (value.kind === 'number' && name === 'tostring')
    return { kind: 'text', value: String(value.value), origin: value.origin }
  if (value.kind === 'text' && name === 'tonumber' && /^\s*-?\d+(?:\.\d+)?\s*$/.test(value.value))
    return { kind: 'number', value: Number(value.value), origin: value.origin }
  return value.kind === 'unknown' || value.kind === (name === 'tostring' ? 'text' : 'number')
    ? value
    : undefined
}
