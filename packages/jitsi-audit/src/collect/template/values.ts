// Values that template expressions work on: the same nodes as everywhere, made and tested here.
import type { Origin } from '../../core/source.ts'
import type {
  FlagNode,
  ListNode,
  MapNode,
  Node,
  NullNode,
  NumberNode,
  TextNode,
  UnknownNode,
} from '../../core/value.ts'

export function text(value: string, origin: Origin): TextNode {
  return { kind: 'text', value, origin }
}
export function number(value: number, origin: Origin): NumberNode {
  return { kind: 'number', value, origin }
}
export function flag(value: boolean, origin: Origin): FlagNode {
  return { kind: 'flag', value, origin }
}
export function nothing(origin: Origin): NullNode {
  return { kind: 'null', origin }
}
export function list(items: readonly Node[], origin: Origin): ListNode {
  return { kind: 'list', items, origin }
}
export function map(entries: ReadonlyMap<string, Node>, origin: Origin): MapNode {
  return { kind: 'map', entries, origin }
}
export function unknown(origin: Origin, reason: UnknownNode['reason'] = 'placeholder'): UnknownNode {
  return { kind: 'unknown', reason, origin }
}

/** Truth as Jinja and Go templates have it: empty is false. Undefined when nobody can tell. */
export function truth(node: Node): boolean | undefined {
  switch (node.kind) {
    case 'unknown':
      return undefined
    case 'null':
      return false
    case 'flag':
      return node.value
    case 'number':
      return node.value !== 0
    case 'text':
      return node.value !== ''
    case 'list':
      return node.items.length > 0
    case 'map':
      return node.entries.size > 0
  }
}

/** A scalar as text; undefined for what has no plain text. */
export function asText(node: Node, nil = ''): string | undefined {
  switch (node.kind) {
    case 'text':
      return node.value
    case 'number':
      return String(node.value)
    case 'flag':
      return String(node.value)
    case 'null':
      return nil
    case 'list':
    case 'map':
    case 'unknown':
      return undefined
  }
}

/** Equal, unequal, or undefined when a part is unknown. Texts and numbers of the same letters are equal. */
export function equal(a: Node, b: Node): boolean | undefined {
  if (a.kind === 'unknown' || b.kind === 'unknown') return undefined
  if (a.kind === 'list' && b.kind === 'list') return sameItems(a.items, b.items)
  if (a.kind === 'null' || b.kind === 'null') return a.kind === b.kind
  if (a.kind === 'flag' || b.kind === 'flag') return a.kind === b.kind && truth(a) === truth(b)
  const left = asText(a)
  return left !== undefined && left === asText(b)
}

function sameItems(a: readonly Node[], b: readonly Node[]): boolean | undefined {
  if (a.length !== b.length) return false
  for (const [index, item] of a.entries()) {
    const other = b[index]
    const same = other === undefined ? false : equal(item, other)
    if (same !== true) return same
  }
  return true
}

/** JSON of a value, or undefined when a part of it is unknown; `gap` stands for unknown parts where it is given. */
export function toJson(node: Node, depth = 0, gap?: string): string | undefined {
  if (depth > 50) return undefined
  if (node.kind === 'unknown' && gap !== undefined)
    return node.parts === undefined ? gap : JSON.stringify(node.parts.map((part) => part ?? gap).join(''))
  if (node.kind === 'list') {
    const items = node.items.map((item) => toJson(item, depth + 1, gap))
    return items.includes(undefined) ? undefined : `[${items.join(', ')}]`
  }
  if (node.kind === 'map') {
    const entries = [...node.entries].map(([key, value]) => {
      const json = toJson(value, depth + 1, gap)
      return json === undefined ? undefined : `${JSON.stringify(key)}: ${json}`
    })
    return entries.includes(undefined) ? undefined : `{${entries.join(', ')}}`
  }
  if (node.kind === 'text') return JSON.stringify(node.value)
  return asText(node, 'null')
}
