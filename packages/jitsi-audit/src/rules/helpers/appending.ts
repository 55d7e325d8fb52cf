// Adds settings at the end of what governs a component, in the language of its last file.
import type { Edit } from '../../core/rule.ts'
import type { Installation } from '../../core/installation.ts'
import type { Settings } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import { appendLine } from './edits.ts'

/** First place of the file that governs something and is silent about it; undefined when there is no file. */
export function fileStart(files: readonly string[], which: 'first' | 'last' = 'first'): Origin | undefined {
  const file = which === 'first' ? files[0] : files.at(-1)
  if (file === undefined || file === '') return undefined
  return { kind: 'stock-default', file, line: 1, column: 1, endLine: 1, endColumn: 1 }
}

/**
 * A statement at the end of the last script of `config`. None when the page stops before it (an exception, a syntax error), or
 * when the last file is no script.
 * @param statement ES5, such as `config.a = true;`
 */
export function appendToConfig(installation: Installation, statement: string): readonly Edit[] {
  const { web } = installation
  const file = web.files.filter((one) => /\.js(?:\.[a-z0-9]{1,8})?$/.test(one)).at(-1)
  const stops = web.problems.some(({ code }) => code === 'throws' || code === 'syntax')
  return stops ? [] : appendLine(file, statement)
}

/** A line at the end of the last HOCON file; later keys win there and objects merge. */
export function appendToHocon(settings: Settings, line: string): readonly Edit[] {
  if (settings.problems.some(({ code }) => code === 'syntax')) return []
  return appendLine(settings.files.filter((one) => /\.conf(?:\.[a-z0-9]{1,8})?$/.test(one)).at(-1), line)
}

/** A variable at the end of `.env`, where the last one of a name wins; none when only an example file was seen. */
export function appendToEnvironment(
  installation: Installation,
  name: string,
  value: string,
): readonly Edit[] {
  const file = installation.environment.files.find((one) => /(?:^|\/)[\w.-]*\.?env$/.test(one))
  return appendLine(file, `${name}=${value}`)
}
