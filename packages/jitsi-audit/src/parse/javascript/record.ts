// Lists every assignment below the configuration object in the order of execution, and which later one took its effect.
import type { Assignment, LossReason } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { ASSIGNMENTS_MAX } from './limits.ts'

/** The branches of unknown outcome around a statement, innermost first. */
export interface Branch {
  readonly parent?: Branch
}

interface Entry {
  readonly keys: readonly string[]
  readonly node: Node
  readonly origin: Origin
  readonly branch: Branch | undefined
  lost?: { readonly reason: LossReason; readonly to: Origin }
}

interface Trie {
  readonly children: Map<string, Trie>
  live: Entry[]
}

export class Recorder {
  readonly #entries: Entry[] = []
  readonly #trie: Trie = { children: new Map(), live: [] }

  /** False when nothing more is listed. */
  get hasRoom(): boolean {
    return this.#entries.length < ASSIGNMENTS_MAX
  }

  /**
   * What was assigned at `keys` and below is gone. `successor` tells the place that writes the same key anew, if one does.
   * Returns the number of entries looked at.
   */
  lose(
    keys: readonly string[],
    to: Origin,
    branch: Branch | undefined,
    successor: (below: readonly string[]) => Origin | undefined,
  ): number {
    const top = keys.reduce<Trie | undefined>((trie, key) => trie?.children.get(key), this.#trie)
    if (top === undefined) return 1
    const stack: { trie: Trie; below: readonly string[] }[] = [{ trie: top, below: [] }]
    let seen = 0
    for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
      const { trie, below } = one
      const anew = below.length === 0 ? to : successor(below)
      const lost = { reason: anew === undefined ? 'parent-replaced' : 'reassigned', to: anew ?? to } as const
      for (const entry of trie.live) if (encloses(branch, entry.branch)) entry.lost = lost
      trie.live = trie.live.filter((entry) => entry.lost === undefined)
      for (const [key, child] of trie.children) stack.push({ trie: child, below: [...below, key] })
      seen += 1 + trie.live.length
    }
    return seen
  }

  /** One assignment that takes effect, in a branch that may or may not run when there is one. */
  add(keys: readonly string[], node: Node, origin: Origin, branch: Branch | undefined): void {
    const entry: Entry = { keys, node: branch === undefined ? node : maybe(node), origin, branch }
    this.#entries.push(entry)
    let trie = this.#trie
    for (const key of keys) {
      const next = trie.children.get(key) ?? { children: new Map(), live: [] }
      trie.children.set(key, next)
      trie = next
    }
    trie.live.push(entry)
  }

  /** One assignment that never takes effect. */
  addLost(keys: readonly string[], node: Node, origin: Origin, reason: LossReason, to: Origin): void {
    this.#entries.push({ keys, node, origin, branch: undefined, lost: { reason, to } })
  }

  /** The list; places that did not run on one way but did on another are named once, as running. */
  finish(): readonly Assignment[] {
    const ran = new Set(this.#entries.filter((one) => !isGhost(one)).map(identity))
    const named = new Set<string>()
    const list: Assignment[] = []
    for (const entry of this.#entries) {
      if (isGhost(entry)) {
        const id = identity(entry)
        if (ran.has(id) || named.has(id)) continue
        named.add(id)
      }
      const { keys, node, origin, lost } = entry
      list.push({ path: keys.join('.'), keys, node, origin, ...(lost === undefined ? {} : { lost }) })
    }
    return list
  }
}

function isGhost({ lost }: Entry): boolean {
  return lost !== undefined && lost.reason !== 'reassigned' && lost.reason !== 'parent-replaced'
}

function identity({ keys, origin }: Entry): string {
  return `${origin.file}\n${origin.line}:${origin.column}:${origin.endLine}:${origin.endColumn}\n${keys.join('.')}`
}

/** True when `outer` surely runs whenever `inner` does. */
function encloses(outer: Branch | undefined, inner: Branch | undefined): boolean {
  for (let one = inner; one !== outer; one = one.parent) if (one === undefined) return false
  return true
}

function maybe(node: Node): Node {
  return node.kind === 'unknown'
    ? node
    : { kind: 'unknown', reason: 'branch', origin: node.origin, candidates: [node] }
}
