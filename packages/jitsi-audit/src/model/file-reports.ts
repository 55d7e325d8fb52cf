// Says of every file of the set what became of it.
import type { Expanded } from '../collect/expand.ts'
import type { Prepared } from '../collect/prepare.ts'
import type { FileReport, Installation } from '../core/installation.ts'
import type { ParseProblem } from '../core/source.ts'

type Parts = Omit<Installation, 'ownHosts' | 'logPaths' | 'files'>

/** One report for each file, in order of path; files cut out of others are reported as those. */
export function reportFiles(
  parts: Parts,
  prepared: Prepared,
  expanded: Expanded,
  read: ReadonlySet<string>,
): readonly FileReport[] {
  const problems = Map.groupBy(new Set(problemsOf(parts)), (problem) => problem.origin.file)
  const reports = new Map<string, FileReport>()
  for (const report of prepared.reports) reports.set(report.path, report)
  const unread = Map.groupBy(expanded.unread, ({ origin }) => origin.file)
  for (const [path, format] of expanded.used) {
    const own = unread.get(path) ?? []
    reports.set(path, { path, format, outcome: own.length > 0 ? 'partly' : 'read', problems: own })
  }
  for (const { file, format } of prepared.known) {
    const path = file.path.split('#')[0] ?? file.path
    const own = problems.get(path) ?? []
    const outcome = !read.has(file.path) ? 'not-read' : own.length > 0 ? 'partly' : 'read'
    if (path !== file.path && reports.has(path)) continue
    reports.set(path, { path, format, outcome, problems: own })
  }
  return [...reports.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

function problemsOf(parts: Parts): readonly ParseProblem[] {
  const sources = [
    parts.web,
    parts.interfaceConfig,
    parts.environment,
    parts.jicofo,
    parts.jvb,
    parts.jvbLegacy,
    parts.jibri,
    parts.jigasi,
    parts.turn,
    parts.journald,
    parts.prosody,
    parts.nginx,
    ...Object.values(parts.logging).map(({ settings }) => settings),
    ...parts.services.map((service) => service.environment),
  ]
  return sources.flatMap((source) => source.problems)
}
