// What the checks share: the list of the project's own source files, and how a finding is reported.
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's folder, with a slash at the end. */
export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url))

/** One file with its path from the repository's folder, in forward slashes. */
export interface SourceFile {
  path: string
  text: string
}

/** One finding, for instance `packages/sfu/src/x.ts:12: reads the clock`. */
export type Problem = string

const SOURCE_FOLDERS = ['apps', 'packages', 'scripts', 'tests', 'bench', 'bin', '.ci']
const SKIPPED = /(^|\/)(node_modules|dist|data|coverage)(\/|$)/

/** Paths of all files under a folder of the repository, sorted; generated folders are left out. */
export function listFiles(folder: string, root: string = ROOT): string[] {
  let entries
  try {
    entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
  } catch {
    return []
  }
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !SKIPPED.test(path))
    .sort()
}

/** The project's own files whose names end with one of the given endings. */
export function sourceFiles(...endings: string[]): SourceFile[] {
  return SOURCE_FOLDERS.flatMap((folder) => listFiles(folder))
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
}

/** Whether a file exists only for tests and measurements and never runs in the product. */
export function isTestCode(path: string): boolean {
  return (
    /\.(?:test|contract)\.tsx?$/.test(path) ||
    /(^|\/)(?:testing|test-support|testdata|fixtures|bench|dev)\//.test(path) ||
    /^(tests|scripts|bench|packages\/testkit)\//.test(path)
  )
}

/** Line number (from 1) of a position in a text. */
export function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}

/** Ends a check: prints its problems and sets the exit code, or says what was looked at. */
export function report(name: string, looked: string, problems: readonly Problem[]): void {
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  if (problems.length > 0) process.exitCode = 1
  const result =
    problems.length === 0 ? `no problem in ${looked}` : `${problems.length} problems in ${looked}`
  process.stdout.write(`${name}: ${result}\n`)
}
