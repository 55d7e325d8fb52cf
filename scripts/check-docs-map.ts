// docs/map.md answers "where is ...?": every path it names exists.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Problem, ROOT, report } from './support/project.ts'

/** Fewest questions the page must answer to be worth opening. */
const MIN_QUESTIONS = 25

/** Paths in backticks inside table rows: the answers. */
const ANSWER = /`([\w.@/-]+)`/g

/** Named paths that do not exist, and a page with too few answers. */
export function checkDocsMap(page: string, exists: (path: string) => boolean): Problem[] {
  const rows = page.split('\n').filter((line) => line.startsWith('| ') && line.includes('`'))
  const problems = rows.flatMap((row) =>
    [...row.matchAll(ANSWER)]
      .map((match) => match[1] ?? '')
      .filter((path) => path.includes('/') || path.includes('.'))
      .filter((path) => !exists(path))
      .map((path) => `docs/map.md names ${path}, which does not exist`),
  )
  if (rows.length < MIN_QUESTIONS)
    problems.push(`docs/map.md answers ${rows.length} questions, at least ${MIN_QUESTIONS} are expected`)
  return problems
}

if (import.meta.main) {
  const page = readFileSync(join(ROOT, 'docs/map.md'), 'utf8')
  report(
    'docs map',
    'docs/map.md',
    checkDocsMap(page, (path) => existsSync(join(ROOT, path))),
  )
}
