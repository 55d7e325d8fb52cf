// Copies a script's value into the tree that all formats share.
import { DEPTH_MAX } from '../../core/limits.ts'
import { PLACEHOLDER } from '../../core/placeholder.ts'
import type { Origin } from '../../core/source.ts'
import type { MapNode, Node, UnknownNode } from '../../core/value.ts'
import { textNode } from '../text-node.ts'
import { GAP } from './compose.ts'
import { NODES_MAX } from './limits.ts'
import { type JsObject, type Place, type Slot, type Unknown, type Value, isPrimitive } from './values.ts'

/** Makes one tree; counts its nodes, so that an object which holds itself or is shared too often ends somewhere. */
export class Snapshot {
  readonly #origin: (place: Place) => Origin
  readonly #limit: number
  count = 0
  /** Objects around the one that is copied: one that holds itself is not followed. */
  readonly #around = new Set<JsObject>()

  constructor(origin: (place: Place) => Origin, limit: number = NODES_MAX) {
    this.#origin = origin
    this.#limit = limit
  }

  /** The value, or undefined for `undefined`, which sets nothing. */
  node({ value, at }: Slot, depth = 0): Node | undefined {
    if (value === undefined) return undefined
    const origin = this.#origin(at)
    this.count += 1
    if (this.count > this.#limit || depth > DEPTH_MAX) return { kind: 'unknown', reason: 'limit', origin }
    if (isPrimitive(value)) return primitive(value, origin)
    if (value.type === 'unknown') return this.#unknown(value, origin, depth)
    if (value.type !== 'object') return { kind: 'unknown', reason: 'runtime', origin }
    if (this.#around.has(value)) return { kind: 'unknown', reason: 'limit', origin }
    return value.isArray ? this.#list(value, origin, depth) : this.map(value, origin, depth)
  }

  map(object: JsObject, origin: Origin, depth = 0): MapNode {
    const entries = new Map<string, Node>()
    this.#around.add(object)
    for (const [key, slot] of object.slots) {
      const node = this.node(slot, depth + 1)
      if (node !== undefined) entries.set(key.replaceAll(GAP, PLACEHOLDER), node)
    }
    this.#around.delete(object)
    return { kind: 'map', entries, origin, ...this.#rest(object) }
  }

  #list(object: JsObject, origin: Origin, depth: number): Node {
    this.#around.add(object)
    const items = object.items.map((item): Node => {
      const node = this.node(item, depth + 1)
      return node ?? { kind: 'null', origin: this.#origin(item.at) }
    })
    this.#around.delete(object)
    return { kind: 'list', items, origin, ...this.#rest(object) }
  }

  #rest(object: JsObject): { readonly rest?: UnknownNode } {
    if (object.rest === undefined) return {}
    return { rest: { kind: 'unknown', reason: object.rest.reason, origin: this.#origin(object.rest.at) } }
  }

  #unknown(value: Unknown, origin: Origin, depth: number): UnknownNode {
    const { reason, parts, candidates } = value
    const nodes = candidates?.map(
      (slot): Node => this.node(slot, depth + 1) ?? { kind: 'null', origin: this.#origin(slot.at) },
    )
    return {
      kind: 'unknown',
      reason,
      origin,
      ...(parts === undefined ? {} : { parts }),
      ...(nodes === undefined ? {} : { candidates: nodes }),
    }
  }
}

function primitive(value: Exclude<Value, object | undefined> | null, origin: Origin): Node {
  if (value === null) return { kind: 'null', origin }
  if (typeof value === 'string') return textNode(value, origin)
  return typeof value === 'number' ? { kind: 'number', value, origin } : { kind: 'flag', value, origin }
}
