// What goes into an audit and how a place in it is named.

/** One file of the set. `path` uses `/` and is relative to what the user named; nothing is ever read from it again. */
export interface SourceFile {
  readonly path: string
  readonly text: string
  /** Unix permission bits where they are known (folders on disk, tar); unknown in a browser. */
  readonly mode?: number
}

/** How a value came to be where it is said to stand. */
export type OriginKind =
  /** Written there, in the file. */
  | 'file'
  /** The default of a template, role, chart or compose file: the place of the default is named. */
  | 'template-default'
  /** What the software does when nothing is written, for the release in question; the place is the file that is silent. */
  | 'stock-default'
  /** An environment variable turned into a setting by the image's templates; the place is the variable's. */
  | 'environment'

/** A place: lines and columns count from 1; columns in UTF-16 units; the end is exclusive. */
export interface Origin {
  readonly kind: OriginKind
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** Something a parser could not make sense of. Never an exception, never a reason to drop the rest. */
export interface ParseProblem {
  readonly code:
    | 'syntax'
    | 'too-large'
    | 'too-deep'
    | 'too-many'
    | 'include-missing'
    | 'include-cycle'
    | 'unsupported'
    /** Running the file would throw here: what follows in it never takes effect. */
    | 'throws'
  /** For people; must not quote values, because they may be secrets. */
  readonly message: { readonly de: string; readonly en: string }
  readonly origin: Origin
}
