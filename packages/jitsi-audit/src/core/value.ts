// Values of every format as one tree, in which each node knows its place.
import type { Origin } from './source.ts'

export interface TextNode {
  readonly kind: 'text'
  readonly value: string
  readonly origin: Origin
}
export interface NumberNode {
  readonly kind: 'number'
  readonly value: number
  readonly origin: Origin
}
export interface FlagNode {
  readonly kind: 'flag'
  readonly value: boolean
  readonly origin: Origin
}
export interface NullNode {
  readonly kind: 'null'
  readonly origin: Origin
}
export interface ListNode {
  readonly kind: 'list'
  readonly items: readonly Node[]
  readonly origin: Origin
  /** There may be more items than are listed. */
  readonly rest?: UnknownNode
}
export interface MapNode {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, Node>
  readonly origin: Origin
  /** There may be more entries than are listed: where they would come from, and why they cannot be told. */
  readonly rest?: UnknownNode
}

/** Why a value cannot be told: a placeholder without default, a call into the browser, a branch on something unknown, a limit. */
export type UnknownReason = 'placeholder' | 'runtime' | 'branch' | 'include' | 'limit'

export interface UnknownNode {
  readonly kind: 'unknown'
  readonly reason: UnknownReason
  readonly origin: Origin
  /** What is known all the same: parts of a concatenation, with `undefined` where a part is unknown. */
  readonly parts?: readonly (string | undefined)[]
  /** What it is one of, where all possibilities are known; `null` stands for "not set" as well. */
  readonly candidates?: readonly Node[]
}

export type Node = TextNode | NumberNode | FlagNode | NullNode | ListNode | MapNode | UnknownNode
