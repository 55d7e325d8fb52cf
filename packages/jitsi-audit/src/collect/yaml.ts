// YAML of variables, values and manifests as nodes with places; templates inside of texts stay as they are.
import { type Document, isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml'
import { DEPTH_MAX } from '../core/limits.ts'
import { LineIndex } from '../core/origin.ts'
import type { Origin, SourceFile } from '../core/source.ts'
import type { Node } from '../core/value.ts'
import { flag, list, map, nothing, number, text, unknown } from './template/values.ts'

/** Largest file of variables, in UTF-16 units; the largest values.yaml seen has 60,000. */
const YAML_MAX_LENGTH = 600_000

/** Nodes of one file, aliases counted each time, so that no document grows by naming itself. */
const NODES_MAX = 50_000

export interface YamlDocument {
  readonly root: Node
  /** Where the text of a scalar begins, for texts that hold whole files: its node's origin and the raw range. */
  readonly scalars: ReadonlyMap<Node, BlockScalar>
}

/** A literal or quoted scalar with its place in the file, to find the lines of a file that is kept in it. */
export interface BlockScalar {
  readonly start: number
  readonly end: number
  readonly literal: boolean
}

/** All documents of the file; an unreadable one is left out. */
export function readDocuments(file: SourceFile): readonly YamlDocument[] {
  if (file.text.length > YAML_MAX_LENGTH) return []
  let documents: readonly Document.Parsed[]
  try {
    const parsed = parseAllDocuments(file.text, {
      strict: false,
      uniqueKeys: false,
      logLevel: 'silent',
      merge: true,
    })
    documents = Array.isArray(parsed) ? parsed : []
  } catch {
    return []
  }
  const reader = new Reader(new LineIndex(file.path, file.text))
  return documents.map((document) => reader.document(document))
}

class Reader {
  readonly #index: LineIndex
  #nodes = 0
  #scalars = new Map<Node, BlockScalar>()
  readonly #anchors = new Map<string, Node>()

  constructor(index: LineIndex) {
    this.#index = index
  }

  document(document: Document.Parsed): YamlDocument {
    this.#scalars = new Map()
    this.#anchors.clear()
    const root = this.#node(document.contents, document, 0)
    return { root, scalars: this.#scalars }
  }

  #origin(item: unknown): Origin {
    const range = isMap(item) || isSeq(item) || isScalar(item) || isAlias(item) ? item.range : undefined
    return this.#index.origin(range?.[0] ?? 0, range?.[1] ?? 0)
  }

  #node(item: unknown, document: Document.Parsed, depth: number): Node {
    const origin = this.#origin(item)
    this.#nodes += 1
    if (this.#nodes > NODES_MAX || depth > DEPTH_MAX) return unknown(origin, 'limit')
    // Looked up by name: resolving through the document would walk it again for every alias.
    if (isAlias(item)) return this.#anchors.get(item.source) ?? unknown(origin, 'limit')
    const node = this.#made(item, document, depth, origin)
    const anchor = isMap(item) || isSeq(item) || isScalar(item) ? item.anchor : undefined
    if (anchor !== undefined) this.#anchors.set(anchor, node)
    return node
  }

  #made(item: unknown, document: Document.Parsed, depth: number, origin: Origin): Node {
    if (isScalar(item)) return this.#scalar(item, origin)
    if (isSeq(item))
      return list(
        item.items.map((one) => this.#node(one, document, depth + 1)),
        origin,
      )
    if (!isMap(item)) return nothing(origin)
    const entries = new Map<string, Node>()
    const merged: Node[] = []
    for (const pair of item.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : undefined
      if (key === undefined) continue
      const value =
        pair.value === null ? nothing(this.#origin(pair.key)) : this.#node(pair.value, document, depth + 1)
      if (key === '<<') merged.push(...(value.kind === 'list' ? value.items : [value]))
      else entries.set(key, value)
    }
    for (const base of merged) if (base.kind === 'map') this.#merge(entries, base.entries)
    return map(entries, origin)
  }

  /** `<<: *base` fills in what the map itself does not say; copied entries count like written ones. */
  #merge(entries: Map<string, Node>, base: ReadonlyMap<string, Node>): void {
    for (const [key, value] of base) {
      this.#nodes += 1
      if (!entries.has(key) && this.#nodes <= NODES_MAX) entries.set(key, value)
    }
  }

  #scalar(
    item: {
      value: unknown
      tag?: string | undefined
      type?: string | undefined
      range?: readonly [number, number, number] | null | undefined
    },
    origin: Origin,
  ): Node {
    // Ansible's vault and CloudFormation's functions: nobody but the operator can read them.
    if (item.tag !== undefined && /^!(?!!)/.test(item.tag)) return unknown(origin)
    const { value } = item
    // Ansible, Salt, Helm and Kubernetes read YAML 1.1, in which these words are booleans.
    if (typeof value === 'string' && item.type === 'PLAIN' && /^(?:yes|no|on|off)$/i.test(value))
      return flag(/^(?:yes|on)$/i.test(value), origin)
    if (typeof value === 'string') {
      const node = text(value, origin)
      this.#scalars.set(node, {
        start: item.range?.[0] ?? 0,
        end: item.range?.[1] ?? 0,
        literal: item.type === 'BLOCK_LITERAL',
      })
      return node
    }
    if (typeof value === 'number') return number(value, origin)
    if (typeof value === 'boolean') return flag(value, origin)
    if (typeof value === 'bigint') return text(String(value), origin)
    return nothing(origin)
  }
}
