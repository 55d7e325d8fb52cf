// The findings of a report in the form in which two runs are compared.
import type { ComparableFinding } from './compare.ts'
import type { Report } from './report.ts'

/** The flat form of all findings. */
export function comparable(report: Report): ComparableFinding[] {
  return report.findings.map(({ rule, state, severity, installation, places }) => ({
    rule,
    state,
    severity,
    installation,
    file: places[0]?.file ?? null,
    line: places[0]?.line ?? null,
  }))
}
