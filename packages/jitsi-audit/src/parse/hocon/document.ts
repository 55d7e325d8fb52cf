// What a HOCON text says before anything is looked up: fields in their order, values as the pieces they are written in.
import type { Origin } from '../../core/source.ts'
import type { UnknownNode } from '../../core/value.ts'

/** A run of text; an unquoted one alone may be a number, a truth value or null. */
export interface TextPiece {
  readonly type: 'text'
  readonly text: string
  readonly quoted: boolean
  readonly origin: Origin
}

/** `${path}` or `${?path}`; `prefix` is where the including file put the included one. */
export interface ReferencePiece {
  readonly type: 'reference'
  readonly keys: readonly string[]
  readonly optional: boolean
  readonly prefix: readonly string[]
  readonly origin: Origin
}

export interface ListPiece {
  readonly type: 'list'
  readonly items: readonly Value[]
  readonly origin: Origin
}

export interface ObjectPiece {
  readonly type: 'object'
  readonly fields: readonly Field[]
  readonly origin: Origin
}

export type Piece = TextPiece | ReferencePiece | ListPiece | ObjectPiece

/** Everything between a separator and the end of the field. */
export interface Value {
  readonly pieces: readonly Piece[]
  readonly origin: Origin
}

/** One field; `gap` stands for fields that cannot be told (a missing include, a template's gap). */
export type Field =
  | {
      readonly type: 'field'
      readonly keys: readonly string[]
      readonly append: boolean
      readonly value: Value
      readonly origin: Origin
    }
  | { readonly type: 'gap'; readonly node: UnknownNode }
