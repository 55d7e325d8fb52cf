// The environment of one container as the image's templates read it: empty is unset, texts become booleans in two dialects.
import { readBoolean } from '../../collect/template/go/evaluate.ts'
import { asText } from '../../collect/template/values.ts'
import type { Settings } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'

/** True, false, or nobody can tell. */
export type Truth = boolean | undefined

export interface Reading {
  /** Undefined when the value cannot be told. */
  readonly value: string | undefined
  /** Whether somebody wrote it, or the image's default holds. */
  readonly written: boolean
  readonly origin: Origin
}

/** Since then the images read booleans leniently: any text but 0, f, false and the empty one is true. */
const LENIENT_SINCE = '2022-03-11'

export class ImageEnvironment {
  readonly #entries: ReadonlyMap<string, Node>
  readonly #silent: Origin
  /** Day of the release; undefined when nobody can tell. */
  readonly date: string | undefined
  /** False when the image's own defaults are not known for sure, so that silence proves nothing. */
  readonly complete: boolean
  /** True when a variable that is not in the set is not set; false when a file of variables is missing. */
  readonly #listed: boolean

  constructor(
    settings: Settings,
    silent: Origin,
    date: string | undefined,
    complete: boolean,
    listed: boolean = complete,
  ) {
    this.#entries = settings.root.entries
    this.#silent = { ...silent, kind: 'stock-default' }
    this.date = date
    this.complete = complete
    this.#listed = listed
  }

  /** Place of what the image does by itself. */
  get silent(): Origin {
    return this.#silent
  }

  /** True when somebody wrote the variable and it is not empty. */
  isSet(name: string): Truth {
    const { written, value } = this.read(name, '')
    return written ? (value === undefined ? undefined : value !== '') : this.#listed ? false : undefined
  }

  /** The variable, or the image's default; `undefined` as default means that the image then writes nothing. */
  read(name: string, fallback: string): Reading {
    const node = this.#entries.get(name)
    const value = node === undefined || node.kind === 'null' ? '' : asText(node)
    if (node === undefined || value === '') return { value: fallback, written: false, origin: this.#silent }
    const kind = node.origin.kind === 'template-default' ? 'template-default' : 'environment'
    return { value, written: true, origin: { ...node.origin, kind } }
  }

  /** The variable as the templates' `toBool` has it. */
  flag(name: string, fallback: boolean): Truth {
    const { value, written } = this.read(name, String(fallback))
    if (!written) return this.#listed ? fallback : undefined
    if (value === undefined) return undefined
    const lenient = readBoolean(value, 'lenient')
    const strict = readBoolean(value, 'strict')
    if (this.date === undefined) return lenient === strict ? lenient : undefined
    return this.date >= LENIENT_SINCE ? lenient : strict
  }

  /** True when something holds in this release: from `since` on and before `until`; undefined when the release decides and is unknown. */
  within(since: string | undefined, until: string | undefined): Truth {
    if (this.date === undefined)
      return (since === undefined || since <= FLOOR) && until === undefined ? true : undefined
    return (since === undefined || this.date >= since) && (until === undefined || this.date < until)
  }
}

/** Oldest templates that are described here; what holds since then and still holds, holds for an unknown release, too. */
export const FLOOR = '2020-10-02'

/** All of them: false as soon as one is. */
export function all(...parts: readonly Truth[]): Truth {
  return parts.includes(false) ? false : parts.includes(undefined) ? undefined : true
}

/** One of them: true as soon as one is. */
export function any(...parts: readonly Truth[]): Truth {
  return parts.includes(true) ? true : parts.includes(undefined) ? undefined : false
}

export function not(part: Truth): Truth {
  return part === undefined ? undefined : !part
}
