// Works out values: substitutions are looked up in the whole tree, a reference to itself means the value before, objects merge.
import { DEPTH_MAX, STEPS_MAX } from '../../core/limits.ts'
import type { Origin, ParseProblem } from '../../core/source.ts'
import type { ListNode, MapNode, Node } from '../../core/value.ts'
import { problem, tooMuch } from '../common/problem.ts'
import { concatenate } from './concatenate.ts'
import type { Piece, ReferencePiece, Value } from './document.ts'
import { type Branch, type Definition, type Entry, TreeBuilder } from './tree.ts'

/** Variables by name, as a `Settings.root.entries` of an environment has them. */
export type Environment = ReadonlyMap<string, Node>

/** Nodes of one resolved value, shared parts counted each time they are used. */
const SIZE_MAX = 50_000

/** What a definition came to: no value where an optional substitution found nothing. */
interface Result {
  readonly node: Node | undefined
  readonly selfReferential: boolean
}

export class Resolver {
  readonly problems: ParseProblem[] = []
  readonly #root: Branch
  readonly #environment: Environment | undefined
  readonly #builder = new TreeBuilder()
  readonly #results = new Map<Definition, Result>()
  readonly #active = new Set<Definition>()
  readonly #sizes = new WeakMap<Node, number>()
  readonly #inner = new WeakMap<Piece, Branch>()
  #cyclic = new Set<Definition>()
  #steps = 0
  #depth = 0
  #cut = false

  constructor(root: Branch, environment?: Environment) {
    this.#root = root
    this.#environment = environment
  }

  /** The whole tree. */
  root(): MapNode {
    return this.#map(this.#root)
  }

  /** What one definition comes to, and whether it builds on the definitions before it. */
  definition(one: Definition): Result {
    const known = this.#results.get(one)
    if (known !== undefined) return known
    if (this.#active.has(one)) return { node: undefined, selfReferential: false }
    if (!this.#enter(one.origin)) return { node: limit(one.origin), selfReferential: false }
    const outer = this.#cyclic
    this.#cyclic = new Set()
    this.#active.add(one)
    const node =
      one.content.type === 'branch' ? this.#map(one.content.branch) : this.#value(one.content.value)
    this.#active.delete(one)
    this.#depth -= 1
    const result = { node, selfReferential: this.#cyclic.delete(one) }
    if (this.#cyclic.size === 0) this.#results.set(one, result)
    for (const open of this.#cyclic) outer.add(open)
    this.#cyclic = outer
    return result
  }

  #enter(at: Origin): boolean {
    this.#steps += 1
    if (this.#depth >= DEPTH_MAX || this.#steps > STEPS_MAX) {
      if (!this.#cut) this.problems.push(tooMuch(this.#depth >= DEPTH_MAX ? 'too-deep' : 'too-many', at))
      this.#cut = true
      return false
    }
    this.#depth += 1
    return true
  }

  #map(branch: Branch): MapNode {
    const entries = new Map<string, Node>()
    let size = 1
    for (const [key, entry] of branch.entries) {
      let node = this.#fold(entry, [])
      if (node === undefined) continue
      if (size + this.#size(node) > SIZE_MAX) node = limit(node.origin)
      size += this.#size(node)
      entries.set(key, node)
    }
    return this.#sized(
      {
        kind: 'map',
        entries,
        origin: branch.origin,
        ...(branch.rest === undefined ? {} : { rest: branch.rest }),
      },
      size,
    )
  }

  /** The value of an entry, or of the path `below` it, from its definitions in their order. */
  #fold(entry: Entry, below: readonly string[]): Node | undefined {
    let folded: Node | undefined
    for (const one of entry.definitions) {
      this.#steps += 1
      if (this.#active.has(one) && (one.content.type === 'value' || below.length === 0)) {
        this.#cyclic.add(one)
        break
      }
      if (one.content.type === 'branch' && below.length > 0) {
        const found = this.#find(one.content.branch, below)
        if (found !== undefined) folded = this.#merge(folded, found)
        continue
      }
      const { node } = this.definition(one)
      if (node === undefined) continue
      const part = below.length === 0 ? node : within(node, below)
      if (one.append && below.length === 0) folded = this.#append(folded, node)
      else if (part !== undefined) folded = this.#merge(folded, part)
      else if (node.kind !== 'map') folded = undefined
    }
    return folded
  }

  #find(branch: Branch, keys: readonly string[]): Node | undefined {
    const [key, ...below] = keys
    const entry = key === undefined ? undefined : branch.entries.get(key)
    const found = entry === undefined ? undefined : this.#fold(entry, below)
    return found ?? branch.rest
  }

  #merge(lower: Node | undefined, upper: Node): Node {
    if (lower?.kind !== 'map' || upper.kind !== 'map') return upper
    const entries = new Map(lower.entries)
    this.#steps += entries.size + upper.entries.size
    for (const [key, node] of upper.entries) entries.set(key, this.#merge(entries.get(key), node))
    const size = [...entries.values()].reduce((sum, node) => sum + this.#size(node), 1)
    const rest = upper.rest ?? lower.rest
    if (size > SIZE_MAX || this.#steps > STEPS_MAX) return limit(upper.origin)
    return this.#sized(
      { kind: 'map', entries, origin: upper.origin, ...(rest === undefined ? {} : { rest }) },
      size,
    )
  }

  /** `+=`: the list before, and one more item. */
  #append(lower: Node | undefined, item: Node): Node {
    if (lower !== undefined && lower.kind !== 'list') return lower.kind === 'unknown' ? lower : item
    return this.#listed([...(lower?.items ?? []), item], lower?.origin ?? item.origin)
  }

  #value({ pieces, origin }: Value): Node | undefined {
    const nodes = pieces.map((piece) => ({ piece, node: this.#piece(piece) }))
    const joined = concatenate(nodes, origin, (a, b) => this.#merge(a, b))
    if (joined.conflict)
      this.problems.push(
        problem(
          'syntax',
          origin,
          'Werte verschiedener Art lassen sich nicht aneinanderhängen.',
          'Values of different kinds cannot be concatenated.',
        ),
      )
    const { node } = joined
    return node?.kind === 'list' ? this.#listed(node.items, node.origin) : node
  }

  #piece(piece: Piece): Node | undefined {
    switch (piece.type) {
      case 'text':
        return undefined
      case 'reference':
        return this.#reference(piece)
      case 'list': {
        const items = piece.items.map((item) => this.#item(item)).filter((node) => node !== undefined)
        return this.#listed(items, piece.origin)
      }
      case 'object': {
        const known = this.#inner.get(piece)
        const branch = known ?? this.#builder.branch(piece.origin)
        if (known === undefined) this.#builder.add(branch, piece.fields)
        this.#inner.set(piece, branch)
        return this.#map(branch)
      }
    }
  }

  #item(value: Value): Node | undefined {
    if (!this.#enter(value.origin)) return limit(value.origin)
    const node = this.#value(value)
    this.#depth -= 1
    return node
  }

  #reference(piece: ReferencePiece): Node | undefined {
    const { origin, keys, optional, prefix } = piece
    if (keys.length === 0 || !this.#enter(origin)) return limit(origin)
    const found =
      (prefix.length > 0 ? this.#find(this.#root, [...prefix, ...keys]) : undefined) ??
      this.#find(this.#root, keys)
    this.#depth -= 1
    if (found !== undefined) return this.#sized({ ...found, origin }, this.#size(found))
    const variable = this.#environment?.get(keys.join('.'))
    if (variable !== undefined) return { ...variable, origin: { ...variable.origin, kind: 'environment' } }
    if (optional) return undefined
    if (this.#environment !== undefined)
      this.problems.push(
        problem(
          'syntax',
          origin,
          'Für diese Ersetzung gibt es keinen Wert; das Programm startet damit nicht.',
          'There is no value for this substitution; the program does not start with it.',
        ),
      )
    return { kind: 'unknown', reason: 'placeholder', origin }
  }

  #listed(items: readonly Node[], origin: Origin): Node {
    this.#steps += items.length
    const size = items.reduce((sum, node) => sum + this.#size(node), 1)
    if (size > SIZE_MAX || this.#steps > STEPS_MAX) return limit(origin)
    const list: ListNode = { kind: 'list', items, origin }
    return this.#sized(list, size)
  }

  #size(node: Node): number {
    return this.#sizes.get(node) ?? 1
  }

  #sized<Kind extends Node>(node: Kind, size: number): Kind {
    this.#sizes.set(node, size)
    return node
  }
}

function within(node: Node, keys: readonly string[]): Node | undefined {
  let at: Node | undefined = node
  for (const key of keys)
    at = at?.kind === 'map' ? at.entries.get(key) : at?.kind === 'unknown' ? at : undefined
  return at
}

function limit(origin: Origin): Node {
  return { kind: 'unknown', reason: 'limit', origin }
}
