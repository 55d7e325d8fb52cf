// Sorts the fields of all files by path: for each key the definitions in their order, objects merged where they meet.
import type { Origin } from '../../core/source.ts'
import type { UnknownNode } from '../../core/value.ts'
import type { Field, Value } from './document.ts'

/** The keys of one object. */
export interface Branch {
  readonly entries: Map<string, Entry>
  /** More keys may be here than are known. */
  rest: UnknownNode | undefined
  readonly origin: Origin
}

/** All definitions of one key, the first one first. */
export interface Entry {
  readonly definitions: Definition[]
}

/** One definition: a value as written, or an object in which later fields may add keys. */
export interface Definition {
  readonly content:
    | { readonly type: 'branch'; readonly branch: Branch }
    | { readonly type: 'value'; readonly value: Value }
  readonly append: boolean
  readonly origin: Origin
  /** Position among all definitions, for listing them as they are read. */
  readonly order: number
}

/** Builds trees; one builder numbers all definitions of one reading. */
export class TreeBuilder {
  #order = 0

  branch(origin: Origin): Branch {
    return { entries: new Map(), rest: undefined, origin }
  }

  /** Puts fields into an object, on top of what is there. */
  add(branch: Branch, fields: readonly Field[]): void {
    for (const field of fields)
      if (field.type === 'gap') branch.rest ??= field.node
      else this.#define(branch, field)
  }

  #define(branch: Branch, field: Extract<Field, { type: 'field' }>): void {
    let parent = branch
    for (const key of field.keys.slice(0, -1)) parent = this.#descend(parent, key, field.origin)
    const key = field.keys.at(-1)
    if (key === undefined) return
    const [piece, ...others] = field.value.pieces
    if (piece?.type === 'object' && others.length === 0 && !field.append) {
      this.add(this.#descend(parent, key, field.origin), piece.fields)
      return
    }
    const { append, origin, value } = field
    entryOf(parent, key).definitions.push({
      content: { type: 'value', value },
      append,
      origin,
      order: this.#next(),
    })
  }

  /** The object that a key's latest definition is, or a new one behind it. */
  #descend(branch: Branch, key: string, origin: Origin): Branch {
    const { definitions } = entryOf(branch, key)
    const last = definitions.at(-1)?.content
    if (last?.type === 'branch') return last.branch
    const made = this.branch(origin)
    definitions.push({
      content: { type: 'branch', branch: made },
      append: false,
      origin,
      order: this.#next(),
    })
    return made
  }

  #next(): number {
    this.#order += 1
    return this.#order
  }
}

function entryOf(branch: Branch, key: string): Entry {
  const known = branch.entries.get(key)
  if (known !== undefined) return known
  const made: Entry = { definitions: [] }
  branch.entries.set(key, made)
  return made
}
