import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readCounts, readOutcomes } from './vitest-results.ts'

const folder = mkdtempSync(join(tmpdir(), 'runde-results-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(report: object): string {
  const path = join(folder, 'report.json')
  writeFileSync(path, JSON.stringify(report))
  return path
}

const REPORT = {
  numPassedTests: 2,
  numFailedTests: 1,
  numPendingTests: 1,
  numTodoTests: 1,
  numFailedTestSuites: 1,
  testResults: [
    {
      assertionResults: [
        { fullName: 'a', status: 'passed' },
        { fullName: 'b', status: 'failed' },
      ],
    },
  ],
}

test('reads counts and outcomes', () => {
  const path = write(REPORT)
  expect(readCounts(path)).toEqual({ passed: 2, failed: 1, skipped: 2 })
  expect(readOutcomes(path)).toEqual([
    { name: 'a', passed: true },
    { name: 'b', passed: false },
  ])
})

test('a suite that could not start is a failure, a missing report is none at all', () => {
  expect(readCounts(write({ ...REPORT, numFailedTests: 0 }))?.failed).toBe(1)
  expect(readCounts(join(folder, 'nothing.json'))).toBeUndefined()
})
