// Gives the files of a report other names: those by which the person called them.
import type { Origin } from '../core/source.ts'
import type { Finding, Report } from './report.ts'

/** The same report with every path passed through `rename`. Patches need the report as it was. */
export function renameFiles(report: Report, rename: (path: string) => string): Report {
  const moved = <Place extends { readonly file: string }>(place: Place): Place => ({
    ...place,
    file: rename(place.file),
  })
  const finding = (one: Finding): Finding => ({
    ...one,
    installation: one.installation === '' ? '' : rename(one.installation),
    places: one.places.map(moved),
    changes: one.changes.map(moved),
    edits: one.edits.map(moved),
  })
  return {
    ...report,
    findings: report.findings.map(finding),
    notes: report.notes.map(finding),
    paperwork: report.paperwork.map((one) =>
      one.installation === '' ? one : { ...one, installation: rename(one.installation) },
    ),
    installations: report.installations.map((one) => ({
      ...one,
      label: one.label === '' ? '' : rename(one.label),
      ...(one.release === undefined ? {} : { release: moved(one.release) }),
    })),
    files: report.files.map((one) => ({
      ...one,
      path: rename(one.path),
      problems: one.problems.map((problem) => ({ ...problem, origin: moved<Origin>(problem.origin) })),
    })),
  }
}
