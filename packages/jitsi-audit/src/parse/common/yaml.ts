// Reads YAML and JSON into values with places; aliases share one value, so that no document grows by naming itself.
import {
  type Document,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
} from 'yaml'
import { DEPTH_MAX } from '../../core/limits.ts'
import { LineIndex } from '../../core/origin.ts'
import type { Origin, ParseProblem, SourceFile } from '../../core/source.ts'
import type { Node, UnknownNode } from '../../core/value.ts'
import { MASK, isInside, maskTemplates, textNode } from './placeholder.ts'
import { problem, startOf, tooLarge, tooMuch } from './problem.ts'

/** The largest compose files have 30,000 characters. The parser takes quadratic time for some hostile texts. */
const YAML_MAX_LENGTH = 100_000

/** Longest line, and most documents in a file: both are quadratic too. */
const LINE_MAX_LENGTH = 20_000
const DOCUMENTS_MAX = 100

/** Open brackets at one place: the parser descends recursively. */
const BRACKETS_MAX = 200

/** Values of one file. */
const NODES_MAX = 60_000

const PROBLEMS_MAX = 50

export interface YamlFile {
  readonly documents: readonly Node[]
  readonly problems: readonly ParseProblem[]
  /** False when something was left out. */
  readonly whole: boolean
  /** Compose's tags on a value: `!reset` takes it back, `!override` keeps it from being merged. */
  readonly tags: WeakMap<Node, 'reset' | 'override'>
}

/** The documents of a file; never throws. */
export function readYaml(file: SourceFile): YamlFile {
  const tags: YamlFile['tags'] = new WeakMap()
  if (file.text.length > YAML_MAX_LENGTH || isHostile(file.text))
    return { documents: [], problems: [tooLarge(file.path)], whole: false, tags }
  const masked = maskTemplates(file.text)
  const lines = new LineIndex(file.path, file.text)
  try {
    const parsed = parseAllDocuments(masked.text, {
      version: '1.2',
      merge: false,
      logLevel: 'silent',
      prettyErrors: false,
      uniqueKeys: false,
    })
    const documents = 'empty' in parsed ? [] : parsed
    const walker = new YamlWalker(lines, tags, masked.conditional)
    const nodes = documents.map((one) => walker.document(one))
    const faults = documents.flatMap(({ errors }) => errors.map((one) => fault(lines.origin(...one.pos))))
    const problems = [...faults, ...walker.problems].slice(0, PROBLEMS_MAX)
    return {
      documents: nodes,
      problems,
      whole: problems.length === 0 && masked.conditional.length === 0,
      tags,
    }
  } catch {
    // The parser descends recursively; a text made of brackets empties the stack.
    return { documents: [], problems: [tooMuch('too-deep', startOf(file.path))], whole: false, tags }
  }
}

function isHostile(text: string): boolean {
  let open = 0
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open = Math.max(0, open + (bracket === '[' || bracket === '{' ? 1 : -1))
    if (open > BRACKETS_MAX) return true
  }
  let documents = 0
  for (const line of text.split('\n')) {
    if (line.startsWith('---')) documents += 1
    if (line.length > LINE_MAX_LENGTH || documents > DOCUMENTS_MAX) return true
  }
  return false
}

function fault(origin: Origin): ParseProblem {
  return problem('syntax', origin, 'Das ist kein gültiges YAML.', 'This is not valid YAML.')
}

class YamlWalker {
  readonly problems: ParseProblem[] = []
  readonly #lines: LineIndex
  readonly #tags: YamlFile['tags']
  readonly #conditional: readonly (readonly [number, number])[]
  readonly #anchors = new Map<string, Node>()
  #nodes = 0

  constructor(lines: LineIndex, tags: YamlFile['tags'], conditional: readonly (readonly [number, number])[]) {
    this.#lines = lines
    this.#tags = tags
    this.#conditional = conditional
  }

  document(document: Document.Parsed): Node {
    this.#anchors.clear()
    return this.#node(document.contents, 0, 0)
  }

  #node(node: ParsedNode | null | undefined, depth: number, at: number): Node {
    if (node === null || node === undefined) return { kind: 'null', origin: this.#lines.origin(at, at) }
    const origin = this.#lines.origin(node.range[0], node.range[1])
    this.#nodes += 1
    if (depth > DEPTH_MAX || this.#nodes > NODES_MAX) {
      if (this.problems.length === 0)
        this.problems.push(tooMuch(depth > DEPTH_MAX ? 'too-deep' : 'too-many', origin))
      return { kind: 'unknown', reason: 'limit', origin }
    }
    if (isAlias(node)) return this.#anchors.get(node.source) ?? { kind: 'unknown', reason: 'limit', origin }
    const made = isMap(node)
      ? this.#map(node, origin, depth)
      : isSeq(node)
        ? this.#list(node, origin, depth)
        : this.#scalar(node, origin)
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, made)
    if (node.tag === '!reset') this.#tags.set(made, 'reset')
    if (node.tag === '!override') this.#tags.set(made, 'override')
    return made
  }

  #map(map: YAMLMap.Parsed, origin: Origin, depth: number): Node {
    const entries = new Map<string, Node>()
    const merged: Node[] = []
    let rest: UnknownNode | undefined
    for (const pair of map.items) {
      if (!isPair(pair)) continue
      const key = isScalar(pair.key) ? keyOf(pair.key) : undefined
      const value = this.#node(pair.value, depth + 1, pair.key?.range[1] ?? 0)
      if (key === undefined) continue
      if (key.includes(MASK)) {
        rest = { kind: 'unknown', reason: 'placeholder', origin: value.origin }
        continue
      }
      const open =
        isInside(this.#conditional, pair.key.range[0]) && !isInside(this.#conditional, map.range[0])
      if (key === '<<') merged.push(...(value.kind === 'list' ? value.items : [value]))
      else entries.set(key, open ? { kind: 'unknown', reason: 'branch', origin: value.origin } : value)
    }
    // `<<: *base` fills in what the map itself does not say; the first of several wins.
    for (const base of merged)
      if (base.kind === 'map')
        for (const [key, node] of base.entries) if (!entries.has(key) && this.#spend()) entries.set(key, node)
    return rest === undefined ? { kind: 'map', entries, origin } : { kind: 'map', entries, origin, rest }
  }

  /** Entries copied by merge keys count like written ones. */
  #spend(): boolean {
    this.#nodes += 1
    return this.#nodes <= NODES_MAX
  }

  #list(list: YAMLSeq.Parsed, origin: Origin, depth: number): Node {
    return { kind: 'list', items: list.items.map((one) => this.#node(one, depth + 1, list.range[0])), origin }
  }

  #scalar(node: Scalar, origin: Origin): Node {
    const value: unknown = node.value
    if (value === null) return { kind: 'null', origin }
    if (typeof value === 'boolean') return { kind: 'flag', value, origin }
    if (typeof value === 'number') return { kind: 'number', value, origin }
    return textNode(typeof value === 'string' ? value : (node.source ?? ''), origin)
  }
}

/** Keys are texts: `5280:` and `on:` as they are written. */
function keyOf(key: Scalar): string {
  const { value, source } = key
  return typeof value === 'string' ? value : (source ?? String(value))
}
