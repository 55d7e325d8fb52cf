// The settings of one component as they take effect, with every assignment that lost and why.
import type { Origin, ParseProblem } from './source.ts'
import type { MapNode, Node } from './value.ts'

/** Why an assignment has no effect. */
export type LossReason =
  /** A later assignment to the same key. */
  | 'reassigned'
  /** A later assignment to a parent replaced the whole object (`config.p2p = {...}`). */
  | 'parent-replaced'
  /** Execution stopped before it (an exception, a syntax error of the file). */
  | 'after-throw'
  /** A stronger source wins (legacy property over HOCON, environment, command line). */
  | 'stronger-source'
  /** Its branch is not taken. */
  | 'dead-branch'

/** One place that writes a setting, in the order of execution. */
export interface Assignment {
  /** Dotted path from the component's root: `p2p.stunServers`; keys that hold dots themselves are kept whole in `keys`. */
  readonly path: string
  readonly keys: readonly string[]
  readonly node: Node
  readonly origin: Origin
  /** Absent while the assignment is in effect. */
  readonly lost?: { readonly reason: LossReason; readonly to: Origin }
}

/**
 * How much of what governs the component is in the set.
 * `absent`: no file of it. `fragment`: only a part (a custom file, a role's snippet, an include that is missing): silence proves nothing.
 * `complete`: silence means the default.
 */
export type Completeness = 'absent' | 'fragment' | 'complete'

export interface Settings {
  readonly completeness: Completeness
  /** What is in effect. An empty map when nothing is. */
  readonly root: MapNode
  readonly assignments: readonly Assignment[]
  readonly problems: readonly ParseProblem[]
  /** The files that were read for it, in order; the first is named when something is missing. */
  readonly files: readonly string[]
}

/** What is known about one setting. */
export type Lookup =
  | {
      readonly state: 'set'
      readonly node: Node
      readonly origin: Origin
      readonly lost: readonly Assignment[]
    }
  /** Nothing writes it and the set is complete: the default of the software holds. */
  | { readonly state: 'unset'; readonly lost: readonly Assignment[] }
  /** It cannot be told: a fragment, an unknown value, no file at all. `origin` where there is one. */
  | {
      readonly state: 'unknown'
      readonly origin?: Origin
      readonly node?: Node
      readonly lost: readonly Assignment[]
    }

/** The setting at `path` (dotted; pass an array for keys that hold dots). */
export function lookup(settings: Settings, path: string | readonly string[]): Lookup {
  const keys = typeof path === 'string' ? path.split('.') : path
  const lost = settings.assignments.filter((one) => one.lost !== undefined && sameKeys(one.keys, keys))
  let node: Node | undefined = settings.root
  for (const key of keys) {
    if (node === undefined) break
    if (node.kind === 'unknown') return { state: 'unknown', origin: node.origin, node, lost }
    node = node.kind === 'map' ? (node.entries.get(key) ?? node.rest) : undefined
  }
  if (node === undefined)
    return settings.completeness === 'complete' ? { state: 'unset', lost } : { state: 'unknown', lost }
  if (node.kind === 'unknown') return { state: 'unknown', origin: node.origin, node, lost }
  return { state: 'set', node, origin: node.origin, lost }
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index])
}
