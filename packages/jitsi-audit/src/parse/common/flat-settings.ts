// Collects assignments of a format without nesting: the last one to a key wins, the earlier ones are kept as lost.
import type { Assignment, Completeness, LossReason, Settings } from '../../core/settings.ts'
import type { Origin, ParseProblem } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'

/** Assignments kept of one file; more than any real file has lines. */
const ASSIGNMENTS_MAX = 20_000

export class FlatSettings {
  readonly #assignments: Assignment[] = []
  /** Indexes of the assignments in effect, by key. */
  readonly #inEffect = new Map<string, number[]>()
  readonly #entries = new Map<string, Node>()

  /** True while there is room; a file with more assignments is no configuration. */
  get hasRoom(): boolean {
    return this.#assignments.length < ASSIGNMENTS_MAX
  }

  get(key: string): Node | undefined {
    return this.#entries.get(key)
  }

  /** Sets a key; what was set before is lost. */
  set(key: string, node: Node, origin: Origin, reason: LossReason = 'reassigned'): void {
    this.#lose(key, origin, reason)
    this.#inEffect.set(key, [this.#add(key, node, origin)])
    this.#entries.set(key, node)
  }

  /** Adds to a key that may be given several times: one value stays as it is, more become a list. */
  append(key: string, node: Node, origin: Origin): void {
    const indexes = this.#inEffect.get(key)
    const before = this.#entries.get(key)
    const index = this.#add(key, node, origin)
    if (indexes === undefined || before === undefined) {
      this.#inEffect.set(key, [index])
      this.#entries.set(key, node)
      return
    }
    indexes.push(index)
    const list = this.#lists.get(key)
    if (list === undefined) {
      const items = [before, node]
      this.#lists.set(key, items)
      this.#entries.set(key, { kind: 'list', items, origin: before.origin })
    } else list.push(node)
  }

  readonly #lists = new Map<string, Node[]>()

  /** Takes a key back (an empty assignment that restores the default). */
  unset(key: string, origin: Origin): void {
    this.#lose(key, origin, 'reassigned')
    this.#inEffect.delete(key)
    this.#entries.delete(key)
  }

  finish(
    completeness: Completeness,
    files: readonly string[],
    origin: Origin,
    problems: readonly ParseProblem[],
  ): Settings {
    const root = { kind: 'map', entries: this.#entries, origin } as const
    return { completeness, root, assignments: this.#assignments, problems, files }
  }

  #add(key: string, node: Node, origin: Origin): number {
    return this.#assignments.push({ path: key, keys: [key], node, origin }) - 1
  }

  #lose(key: string, to: Origin, reason: LossReason): void {
    this.#lists.delete(key)
    for (const index of this.#inEffect.get(key) ?? []) {
      const lost = this.#assignments[index]
      if (lost !== undefined) this.#assignments[index] = { ...lost, lost: { reason, to } }
    }
  }
}
