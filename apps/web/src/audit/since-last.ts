// Decides whether a new result is of the same server as the one before, and what has changed since then.
import { type Comparison, type Report, comparable, compareReports } from '@runde/jitsi-audit'

/** As large a part of the files that were read must be in both; a mended server keeps nearly all its files. */
const SAME_SHARE = 0.5

/** The comparison, or undefined where the two have little in common. */
export function sinceLast(
  before: { readonly report: Report } | undefined,
  now: { readonly report: Report },
): Comparison | undefined {
  if (before === undefined || !isSameServer(before.report, now.report)) return undefined
  return compareReports(comparable(before.report), comparable(now.report))
}

function isSameServer(before: Report, now: Report): boolean {
  const old = readPaths(before)
  const paths = readPaths(now)
  const shared = [...paths].filter((path) => old.has(path)).length
  return shared > 0 && shared >= SAME_SHARE * Math.max(old.size, paths.size)
}

function readPaths({ files }: Report): Set<string> {
  return new Set(files.flatMap(({ path, outcome }) => (outcome === 'not-read' ? [] : [path])))
}
