// Examines a set of files with all rules.
import type { SourceFile } from './core/source.ts'
import { assembleAll } from './model/assemble-all.ts'
import { auditWith } from './report/audit.ts'
import type { AuditOptions } from './report/engine.ts'
import type { Report } from './report/report.ts'
import { RULES } from './rules/index.ts'

/** The whole audit. Never throws on what the files say, reads nothing but what it is given. */
export function audit(files: readonly SourceFile[], options: AuditOptions = {}): Report {
  return auditWith({ assemble: assembleAll, rules: RULES }, files, options)
}
