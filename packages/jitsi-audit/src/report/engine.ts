// What the report needs of the rest of the auditor, so that it can be tested with a few rules of its own.
import type { Installation } from '../core/installation.ts'
import type { Rule } from '../core/rule.ts'
import type { SourceFile } from '../core/source.ts'

/** A file that was found but not handed in, and why. */
export interface SkippedFile {
  readonly path: string
  readonly why: 'too-large' | 'too-many' | 'binary' | 'unreadable' | 'special' | 'archive'
}

/** What the operator says about the installation. */
export interface AuditOptions {
  /** Host names that are the operator's own; a host below them is, too. */
  readonly ownHosts?: readonly string[]
  /** Release whose defaults are assumed where the files name none, such as `stable-9646`. */
  readonly assumeRelease?: string
  /** Only these rules are asked; all when left out. */
  readonly only?: readonly string[]
  /** Files that were found but not handed in; the report lists them as not read. */
  readonly skipped?: readonly SkippedFile[]
}

/** One installation of the set: its label is the folder or file that it was recognised by. */
export interface Labelled {
  readonly label: string
  readonly installation: Installation
}

export interface AuditEngine {
  readonly assemble: (files: readonly SourceFile[], options: AuditOptions) => readonly Labelled[]
  readonly rules: readonly Rule[]
}
