import { expect, test } from 'vitest'
import { auditWith } from './audit.ts'
import type { Finding, Report } from './report.ts'
import { RESULTS_MAX, toSarif } from './sarif.ts'
import { sarifFaults } from './testing/sarif-shape.ts'
import { SMALL_ENGINE, file } from './testing/small-engine.ts'

const HOSTILE = 'one/<img src=x onerror=alert(1)>`|[a](b).conf'
const report = auditWith(SMALL_ENGINE, [
  file('one/a.conf', 'send = yes\nkeep = week\n'),
  file(HOSTILE, 'keep = ever\n<script>alert(1)</script>\n'),
])

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly Rule[] } }
    readonly invocations: readonly {
      readonly toolExecutionNotifications: readonly {
        readonly level: string
        readonly associatedRule?: { readonly id: string; readonly index: number }
        readonly message: { readonly text: string }
      }[]
    }[]
    readonly results: readonly Result[]
  }[]
}

interface Rule {
  readonly id: string
  readonly name: string
  readonly properties: { readonly 'security-severity': string; readonly tags: readonly string[] }
}

interface Result {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly kind: string
  readonly level: string
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string }
      readonly region: object
    }
  }[]
  readonly relatedLocations?: readonly object[]
  readonly fixes?: readonly object[]
  readonly partialFingerprints: Readonly<Record<string, string>>
}

function logOf(of: Report): { readonly faults: string[]; readonly run: Log['runs'][number] } {
  const log = JSON.parse(toSarif(of, 'en', '1.2.3')) as Log
  const [run] = log.runs
  if (run === undefined) throw new Error('a log has a run')
  return { faults: sarifFaults(log), run }
}

/** The first finding of the report in another state or with other parts. */
function like(part: Partial<Finding>): Finding {
  const [first] = report.findings
  if (first === undefined) throw new Error('the set violates something')
  return { ...first, ...part }
}

test('the log has no property that the standard does not know, and every one that it demands', () => {
  const findings = [...report.findings, like({ state: 'undecidable' }), like({ places: [], placeCount: 0 })]
  expect(logOf({ ...report, findings }).faults).toEqual([])
  expect(sarifFaults({ version: '2.1.0', runs: [{ tool: {}, results: [{ level: 'bad' }] }] })).toContain(
    '.runs[0].results[0].level: not a level',
  )
})

test('every result names an existing rule, with region and fix', () => {
  const { run } = logOf(report)
  for (const { ruleId, ruleIndex, kind, level } of run.results) {
    expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
    // Section 3.27.10: a level other than "none" belongs to failures.
    expect([kind, level === 'none']).toEqual(['fail', false])
  }
  const [first] = run.results
  expect(first).toMatchObject({ ruleId: 'A02', kind: 'fail', level: 'error' })
  expect(first?.locations[0]?.physicalLocation).toMatchObject({
    artifactLocation: { uri: HOSTILE.split('/').map(encodeURIComponent).join('/') },
    region: { startLine: 1, startColumn: 8, endLine: 1, endColumn: 12 },
  })
  expect(first?.fixes).toHaveLength(1)
})

test('what is undecided is said about the run and is no alert', () => {
  const open = like({ state: 'undecidable', places: [], placeCount: 0 })
  const { run } = logOf({ ...report, findings: [open] })
  expect(run.results).toEqual([])
  expect(run.invocations[0]?.toolExecutionNotifications).toMatchObject([
    { level: 'note', associatedRule: { id: open.rule } },
  ])
})

test('a finding without a place has one nevertheless: code scanning refuses the whole file otherwise', () => {
  const { run } = logOf({ ...report, findings: [like({ places: [], placeCount: 0 })] })
  expect(run.results[0]?.locations).toMatchObject([
    {
      physicalLocation: {
        artifactLocation: { uri: encodeURI('one/') + encodeURIComponent(HOSTILE.slice(4)) },
      },
    },
  ])
})

test('findings of one rule in one file have fingerprints of their own', () => {
  const { run } = logOf({ ...report, findings: [like({}), like({}), like({})] })
  expect(
    new Set(run.results.map(({ partialFingerprints }) => partialFingerprints['rundeRuleFile/v1'])).size,
  ).toBe(3)
})

test('the limits of code scanning hold: results, tags, and the severity that alerts are sorted by', () => {
  const many = Array.from({ length: RESULTS_MAX + 3 }, () => like({ severity: 'low', edits: [], places: [] }))
  const { run } = logOf({ ...report, findings: many })
  expect(run.results).toHaveLength(RESULTS_MAX)
  expect(run.invocations[0]?.toolExecutionNotifications.at(-1)?.message.text).toMatch(/^3 lesser findings/)
  for (const { name, properties } of run.tool.driver.rules) {
    expect(properties.tags.length).toBeLessThanOrEqual(10)
    expect(name).toMatch(/^[A-Z][A-Za-z0-9]*$/)
  }
  // A violation that weighs less here than the rule usually does is sorted by what it weighs here.
  const own = run.tool.driver.rules.find(({ id }) => id === many[0]?.rule)
  expect(own?.properties['security-severity']).toBe('3.0')
})
