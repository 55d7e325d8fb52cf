// Lua's operators on values of which some are unknown (Lua 5.3 reference manual, 3.4).
import type { Origin } from '../../core/source.ts'
import type { Node, UnknownNode } from '../../core/value.ts'

/** Longest text that concatenation builds; doubling a variable line by line would otherwise fill the memory. */
const TEXT_MAX_LENGTH = 100_000

/** Most parts of a text with gaps and most entries of an appended list, for the same reason. */
const PARTS_MAX = 1_000
const ITEMS_MAX = 10_000

/** Most values that an unknown one is said to be one of; a loop over branches would otherwise pile them up. */
const CANDIDATES_MAX = 8

/** True, false, or undefined when it cannot be told. */
export function truth(node: Node): boolean | undefined {
  if (node.kind === 'unknown') return undefined
  return node.kind !== 'null' && !(node.kind === 'flag' && !node.value)
}

/**
 * The same value, held only under a condition that nobody evaluated: it is one of the value and what was there before it (nothing,
 * when that is not given). What it would be stays readable.
 */
export function uncertain(node: Node, before?: Node): UnknownNode {
  const parts = node.kind === 'unknown' ? node.parts : partsOf(node)
  const one = possibilities(node)
  const other = possibilities(before ?? { kind: 'null', origin: node.origin })
  const known = one !== undefined && other !== undefined && one.length + other.length <= CANDIDATES_MAX
  return {
    kind: 'unknown',
    reason: 'branch',
    origin: node.origin,
    ...(parts === undefined ? {} : { parts }),
    ...(known ? { candidates: [...one, ...other] } : {}),
  }
}

function possibilities(node: Node): readonly Node[] | undefined {
  return node.kind === 'unknown' ? node.candidates : [node]
}

function partsOf(node: Node): readonly string[] | undefined {
  if (node.kind === 'text') return [node.value]
  if (node.kind === 'number' || node.kind === 'flag') return [String(node.value)]
  return undefined
}

/** `a .. b .. c`; unknown with its known parts when one of them is unknown. */
export function joined(nodes: readonly Node[], origin: Origin): Node {
  const parts: (string | undefined)[] = []
  let length = 0
  for (const node of nodes) {
    const own = node.kind === 'text' || node.kind === 'number' ? [String(node.value)] : unknownParts(node)
    for (const part of own) {
      length += part?.length ?? 0
      if (length > TEXT_MAX_LENGTH || parts.length >= PARTS_MAX)
        return { kind: 'unknown', reason: 'limit', origin }
      parts.push(part)
    }
  }
  if (parts.includes(undefined)) return { kind: 'unknown', reason: 'placeholder', origin, parts }
  return { kind: 'text', value: parts.join(''), origin }
}

function unknownParts(node: Node): readonly (string | undefined)[] {
  return node.kind === 'unknown' && node.parts !== undefined ? [...node.parts, undefined] : [undefined]
}

/** `not`, `-` and the operators that no configuration uses. */
export function negated(operator: string, node: Node, origin: Origin): Node {
  if (operator === 'not') {
    const known = truth(node)
    return known === undefined
      ? { kind: 'unknown', reason: 'branch', origin }
      : { kind: 'flag', value: !known, origin }
  }
  if (operator === '-' && node.kind === 'number') return { kind: 'number', value: -node.value, origin }
  return { kind: 'unknown', reason: 'runtime', origin }
}

/** Comparison, the four kinds of arithmetic, and prosody 13's `list + list`. */
export function arithmetic(operator: string, left: Node, right: Node, origin: Origin): Node {
  if (operator === '==' || operator === '~=') return compared(operator === '==', left, right, origin)
  if (operator === '+' && left.kind === 'list' && right.kind === 'list') {
    if (left.items.length + right.items.length > ITEMS_MAX)
      return { kind: 'unknown', reason: 'limit', origin }
    return { kind: 'list', items: [...left.items, ...right.items], origin }
  }
  if (left.kind !== 'number' || right.kind !== 'number') return { kind: 'unknown', reason: 'runtime', origin }
  const value = numeric(operator, left.value, right.value)
  if (value === undefined) return { kind: 'unknown', reason: 'runtime', origin }
  return typeof value === 'number' ? { kind: 'number', value, origin } : { kind: 'flag', value, origin }
}

function numeric(operator: string, left: number, right: number): number | boolean | undefined {
  if (operator === '+') return left + right
  if (operator === '-') return left - right
  if (operator === '*') return left * right
  if (operator === '/') return left / right
  if (operator === '<') return left < right
  if (operator === '>') return left > right
  if (operator === '<=') return left <= right
  return operator === '>=' ? left >= right : undefined
}

function compared(equal: boolean, left: Node, right: Node, origin: Origin): Node {
  const one = plain(left)
  const other = plain(right)
  if (one === undefined || other === undefined) return { kind: 'unknown', reason: 'branch', origin }
  return { kind: 'flag', value: (one === other) === equal, origin }
}

/** A value that compares by content; undefined for tables and unknowns. */
function plain(node: Node): string | number | boolean | null | undefined {
  if (node.kind === 'text' || node.kind === 'number' || node.kind === 'flag') return node.value
  return node.kind === 'null' ? null : undefined
}
