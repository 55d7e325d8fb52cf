// Files stay small enough to be read in one go: no source file over 500 lines.
import { type Problem, type SourceFile, report, sourceFiles } from './support/project.ts'

/** Longest file in lines. The linter warns from 300 on, without blank lines and comments. */
const MAX_LINES = 500

/** Tables and generated files that may be longer, each with its reason. */
const EXEMPT: Readonly<Record<string, string>> = {}

/** Files over the limit, and exemptions that are no longer needed. */
export function checkFileSize(
  files: readonly SourceFile[],
  exempt: Readonly<Record<string, string>> = EXEMPT,
): Problem[] {
  const long = files.filter(({ text }) => countLines(text) > MAX_LINES)
  const unneeded = Object.keys(exempt).filter((path) => !long.some((file) => file.path === path))
  return [
    ...long
      .filter(({ path }) => !(path in exempt))
      .map(({ path, text }) => `${path}: ${countLines(text)} lines, at most ${MAX_LINES}`),
    ...unneeded.map(
      (path) => `${path}: exempt from the size limit without need (scripts/check-file-size.ts)`,
    ),
  ]
}

function countLines(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}

if (import.meta.main) {
  const files = sourceFiles('.ts', '.tsx', '.js', '.css', '.sh')
  report('file size', `${files.length} files`, checkFileSize(files))
}
