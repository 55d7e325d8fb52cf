// What became of each file, over all installations of the set, and what is known about each installation.
import type { Bilingual } from '@runde/contract'
import type { FileReport } from '../core/installation.ts'
import type { ParseProblem, SourceFile } from '../core/source.ts'
import type { Labelled, SkippedFile } from './engine.ts'
import type { InstallationFacts } from './report.ts'

/** Problems listed per file; a broken file has thousands. */
const PROBLEMS_MAX = 20

const BEST_FIRST: readonly FileReport['outcome'][] = ['read', 'partly', 'not-read']

/** One report per file of the set, sorted by path; a file that two installations share counts with the better outcome. */
export function fileReports(
  files: readonly SourceFile[],
  labelled: readonly Labelled[],
  skipped: readonly SkippedFile[],
): FileReport[] {
  const best = new Map<string, FileReport>()
  for (const { installation } of labelled)
    for (const report of installation.files) {
      const known = best.get(report.path)
      if (known === undefined || rank(report) < rank(known)) best.set(report.path, report)
    }
  for (const { path } of files)
    if (!best.has(path)) best.set(path, { path, outcome: 'not-read', problems: [] })
  for (const { path, why } of skipped) best.set(path, skippedReport(path, why))
  return [...best.values()]
    .map((report) => ({ ...report, problems: distinct(report.problems).slice(0, PROBLEMS_MAX) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Why a file was not handed in. */
const SKIPPED_WORDS: Readonly<Record<SkippedFile['why'], Bilingual>> = {
  'too-large': { de: 'Die Datei ist zu groß.', en: 'The file is too large.' },
  'too-many': { de: 'Es sind zu viele Dateien.', en: 'There are too many files.' },
  binary: { de: 'Die Datei ist kein Text.', en: 'The file is not text.' },
  unreadable: { de: 'Die Datei ließ sich nicht öffnen.', en: 'The file could not be opened.' },
  special: { de: 'Das ist keine gewöhnliche Datei.', en: 'This is not a regular file.' },
  archive: {
    de: 'Das Archiv ließ sich nicht oder nicht ganz auspacken.',
    en: 'The archive could not be unpacked, or not all of it.',
  },
}

function skippedReport(path: string, why: SkippedFile['why']): FileReport {
  const origin = { kind: 'file', file: path, line: 1, column: 1, endLine: 1, endColumn: 1 } as const
  const code = why === 'too-large' || why === 'too-many' ? why : 'unsupported'
  return { path, outcome: 'not-read', problems: [{ code, message: SKIPPED_WORDS[why], origin }] }
}

function rank({ outcome }: FileReport): number {
  return BEST_FIRST.indexOf(outcome)
}

/** A file that is read for two components reports its problems twice. */
function distinct(problems: readonly ParseProblem[]): ParseProblem[] {
  const seen = new Map<string, ParseProblem>()
  for (const problem of problems) {
    const key = `${problem.code}:${problem.origin.file}:${problem.origin.line}:${problem.message.en}`
    if (!seen.has(key)) seen.set(key, problem)
  }
  return [...seen.values()]
}

/** Kind, release and own hosts. */
export function factsOf(
  { label, installation }: Labelled,
  assumeRelease: string | undefined,
): InstallationFacts {
  const { kind, release, ownHosts } = installation
  return {
    label,
    kind,
    ...(release === undefined
      ? {}
      : {
          release: {
            name: release.name,
            ...(release.date === undefined ? {} : { date: release.date }),
            file: release.origin.file,
            assumed: release.name === assumeRelease,
          },
        }),
    ownHosts,
  }
}
