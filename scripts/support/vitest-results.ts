// Reads what vitest's JSON reporter wrote: counts for the sum, and names for comparisons.
import { readFileSync } from 'node:fs'

/** Numbers of tests of one run. */
export interface TestCounts {
  passed: number
  failed: number
  skipped: number
}

/** One test with its outcome. */
export interface TestOutcome {
  name: string
  passed: boolean
}

interface JsonReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  numFailedTestSuites: number
  testResults: { assertionResults: { fullName: string; status: string }[] }[]
}

/** Counts of a report file; undefined when the run ended before it was written. A suite that could not start counts as failed. */
export function readCounts(path: string): TestCounts | undefined {
  const report = readReport(path)
  if (report === undefined) return undefined
  return {
    passed: report.numPassedTests,
    failed: Math.max(report.numFailedTests, Math.min(report.numFailedTestSuites, 1)),
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** Every test of a report file. */
export function readOutcomes(path: string): TestOutcome[] {
  const report = readReport(path)
  return (report?.testResults ?? []).flatMap(({ assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({ name: fullName, passed: status === 'passed' })),
  )
}

function readReport(path: string): JsonReport | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
