// The door of the auditor: files of a Jitsi installation in, findings out; runs in browsers and in Node, reads nothing by itself.
export { audit } from './audit.ts'
export { isArchive } from './archives.ts'
export { unpack as readArchive } from './collect/archive/unpack.ts'
export { FILES_MAX, FILE_MAX_LENGTH, TOTAL_MAX_LENGTH } from './core/limits.ts'
export type { FileReport, Installation, InstallationKind } from './core/installation.ts'
export type { Concern, Edit, Paperwork, Rule, Severity, State } from './core/rule.ts'
export type { SourceFile } from './core/source.ts'
export * from './report/index.ts'
