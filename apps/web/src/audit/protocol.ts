// What the page and the worker that examines say to each other.
import type { Comparison, Language, Patch, Report, SkippedFile } from '@runde/jitsi-audit'

/** A file as the browser hands it out; nothing is read before the worker does. */
export interface NamedFile {
  readonly path: string
  readonly file: File
}

/** What the person says about the installation. */
export interface AuditDetails {
  readonly ownHosts: readonly string[]
  readonly assumeRelease: string | undefined
}

export type ExportKind = 'json' | 'sarif' | 'markdown' | 'html' | 'patch'

export type ToWorker =
  | {
      readonly kind: 'examine'
      readonly files: readonly NamedFile[]
      readonly skipped: readonly SkippedFile[]
      readonly details: AuditDetails
    }
  | { readonly kind: 'export'; readonly format: ExportKind; readonly language: Language }
  | { readonly kind: 'compare'; readonly earlier: string }

/** The result as the page shows it. */
export interface Examined {
  readonly report: Report
  readonly patch: Pick<Patch, 'mends' | 'leftOut'>
  readonly milliseconds: number
  /** Requests that the worker made meanwhile, as the browser counts them. */
  readonly requests: number
}

export type FromWorker =
  /** The program is there: from now on it needs no network. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'reading'; readonly done: number }
  | { readonly kind: 'examining'; readonly files: number }
  | { readonly kind: 'examined'; readonly result: Examined }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'exported'; readonly format: ExportKind; readonly text: string }
  | { readonly kind: 'compared'; readonly comparison: Comparison | undefined }
