// What a rule must say about a small set of files: the shape of every rule's test data.
import type { Severity, State } from '../core/rule.ts'

/** One set of files in the syntax of the real ones, and what one rule has to find in it. */
export interface Fixture {
  /** The rule's id, such as `A01`. */
  readonly rule: string
  /** What the case is about; unique within the rule. */
  readonly name: string
  /**
   * `violated`: at least one verdict says so (at `line`, with `severity`, where given).
   * Anything else: no verdict says violated, and at least one says this.
   */
  readonly state: State
  readonly files: Readonly<Record<string, string>>
  /** Line of the first origin of the verdict in question, counted from 1. */
  readonly line?: number
  /** File of the first origin; needed only where several files have that line. */
  readonly file?: string
  readonly severity?: Severity
  readonly options?: { readonly ownHosts?: readonly string[]; readonly assumeRelease?: string }
  /** Unix modes of files, where the case is about them. */
  readonly modes?: Readonly<Record<string, number>>
  /** Passwords and keys of the files: none of them may appear in anything that the rules say. */
  readonly secrets?: readonly string[]
}
