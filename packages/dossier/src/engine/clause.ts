// A clause: one statement with an id, the mandatory fields it fills, the law it rests on, and its text from facts.
import type { Bilingual } from '@runde/contract'
import type { LawRef } from './law.ts'
import type { Reader } from './reader.ts'

/** Writes both languages from the same facts; undefined when the statement is not to be made. */
export type Writer = (facts: Reader) => Bilingual | undefined

export interface Clause {
  id: string
  /** Tells sentences of one clause apart: the provider's id, say. Empty when there is only one. */
  key: string
  /** Ids of mandatory fields, see `trace/fields.ts`. */
  fills: readonly string[]
  laws: readonly LawRef[]
  write: Writer
}

export interface ClauseExtras {
  key?: string
  fills?: readonly string[]
  laws?: readonly LawRef[]
}

/** One clause from its id and its text. */
export function clause(id: string, write: Writer, extras: ClauseExtras = {}): Clause {
  return { id, write, key: extras.key ?? '', fills: extras.fills ?? [], laws: extras.laws ?? [] }
}
