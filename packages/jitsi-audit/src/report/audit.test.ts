import { expect, test } from 'vitest'
import { auditWith } from './audit.ts'
import { comparable } from './comparable.ts'
import { compareReports, readEarlier } from './compare.ts'
import { toJson } from './json.ts'
import { SMALL_ENGINE, file } from './testing/small-engine.ts'

const TWO = [file('one/a.conf', 'send = yes\nkeep = ever\n'), file('two/a.conf', 'send = no\nkeep = week\n')]

test('findings come worst first and name their installation when there are several', () => {
  const report = auditWith(SMALL_ENGINE, TWO)
  expect(
    report.findings.slice(0, 2).map((one) => [one.rule, one.state, one.severity, one.installation]),
  ).toEqual([
    ['A02', 'violated', 'crit', 'one'],
    ['A01', 'violated', 'high', 'one'],
  ])
  const single = auditWith(SMALL_ENGINE, TWO.slice(0, 1))
  expect(single.findings[0]?.installation).toBe('')
})

test('a rule counts once, with the worst that was found anywhere', () => {
  const report = auditWith(SMALL_ENGINE, TWO)
  expect(report.counts).toEqual({ violated: 2, undecidable: 2, overridden: 0, met: 0, not_applicable: 0 })
  expect(report.violated).toMatchObject({ crit: 1, high: 1, med: 0 })
})

test('a rule that says nothing, and one with a fault, are undecidable and never met', () => {
  const report = auditWith(SMALL_ENGINE, TWO.slice(0, 1))
  const states = report.findings
    .filter(({ rule }) => rule === 'A05' || rule === 'B01')
    .map(({ state }) => state)
  expect(states).toEqual(['undecidable', 'undecidable'])
  expect(report.open.toSorted()).toEqual(['A05', 'B01'])
})

test('a rule is not applicable outside the time in which its option existed, and asked when the release is unknown', () => {
  const aged = (date: string | undefined): string | undefined => {
    const engine = {
      assemble: (files: Parameters<typeof SMALL_ENGINE.assemble>[0]) =>
        SMALL_ENGINE.assemble(files, {}).map(({ label, installation }) => {
          const origin = { kind: 'file', file: 'x', line: 1, column: 1, endLine: 1, endColumn: 1 } as const
          const release = date === undefined ? {} : { release: { name: 'stable', date, origin } }
          return { label, installation: Object.assign(installation, release) }
        }),
      rules: SMALL_ENGINE.rules.map((rule) => ({ ...rule, since: '2021-01-01', until: '2024-01-01' })),
    }
    return auditWith(engine, TWO.slice(0, 1)).findings.find(({ rule }) => rule === 'A01')?.state
  }
  expect(aged('2020-12-31')).toBe('not_applicable')
  expect(aged('2022-06-01')).toBe('violated')
  expect(aged('2024-01-01')).toBe('not_applicable')
  expect(aged(undefined)).toBe('violated')
})

test('a note is said once and counts nowhere', () => {
  const files = TWO.map(({ path, text }) => file(path, `${text}note = x\n`))
  const report = auditWith(SMALL_ENGINE, files)
  expect(report.notes.map(({ rule }) => rule)).toEqual(['E02'])
  expect(report.findings.some(({ rule }) => rule === 'E02')).toBe(false)
})

test('a place is shown with a line around it, and an edit as whole lines', () => {
  const report = auditWith(SMALL_ENGINE, [file('one/a.conf', 'first = 1\nsend = yes\nlast = 2')])
  const finding = report.findings.find(({ rule }) => rule === 'A01')
  expect(finding?.places[0]?.lines).toEqual([
    { number: 1, text: 'first = 1', hit: false },
    { number: 2, text: 'send = yes', hit: true },
    { number: 3, text: 'last = 2', hit: false },
  ])
  expect(finding?.changes).toEqual([
    {
      file: 'one/a.conf',
      removed: [{ number: 2, text: 'send = yes', hit: true }],
      added: [{ number: 2, text: 'send = no', hit: true }],
    },
  ])
})

test('the paperwork has a sentence for violated and for met, and none for what is open', () => {
  const sentences = auditWith(SMALL_ENGINE, TWO).paperwork.map(({ rule, state, installation, text }) => [
    rule,
    state,
    installation,
    text.en,
  ])
  expect(sentences).toEqual([
    ['A01', 'violated', 'one', 'send passes data on.'],
    ['A01', 'met', 'two', 'send passes nothing on.'],
    ['A02', 'violated', 'one', 'keep passes data on.'],
    ['A02', 'met', 'two', 'keep passes nothing on.'],
  ])
})

test('every file is listed: read, or not read with the reason', () => {
  const report = auditWith(SMALL_ENGINE, TWO, { skipped: [{ path: 'one/film.mp4', why: 'too-large' }] })
  expect(report.files.map(({ path, outcome }) => [path, outcome])).toEqual([
    ['one/a.conf', 'read'],
    ['one/film.mp4', 'not-read'],
    ['two/a.conf', 'read'],
  ])
  expect(report.files[1]?.problems[0]?.message.en).toBe('The file is too large.')
})

test('a report survives JSON, and a secret appears nowhere in it', () => {
  const report = auditWith(SMALL_ENGINE, [file('one/a.conf', 'secret = hunter2hunter2\nsend = yes\n')])
  expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  expect(report.findings.some(({ rule, state }) => rule === 'A05' && state === 'violated')).toBe(true)
  expect(JSON.stringify(report.findings.map(({ places, changes }) => [places, changes]))).not.toContain(
    'hunter2',
  )
})

test('the JSON of one run can be compared with the next', () => {
  const before = auditWith(SMALL_ENGINE, [file('one/a.conf', 'send = yes\nkeep = ever\n')])
  const after = auditWith(SMALL_ENGINE, [file('one/a.conf', '# moved\n\nkeep = ever\nsend = no\n')])
  const earlier = readEarlier(toJson(before, 'de')) ?? []
  const comparison = compareReports(earlier, comparable(after))
  expect(comparison.mended.map(({ rule }) => rule)).toEqual(['A01'])
  expect(comparison.remaining.map(({ rule }) => rule)).toEqual(['A02'])
  expect([comparison.added, comparison.unclear]).toEqual([[], []])
})

test('what cannot be decided any more is not mended, and a renamed file is not new', () => {
  const before = auditWith(SMALL_ENGINE, [file('one/a.conf', 'send = yes\nkeep = ever\n')])
  const after = auditWith(SMALL_ENGINE, [file('one/b.conf', 'keep = ever\n')])
  const comparison = compareReports(comparable(before), comparable(after))
  expect(comparison.unclear.map(({ rule }) => rule)).toEqual(['A01'])
  expect(comparison.remaining.map(({ rule, file: path }) => [rule, path])).toEqual([['A02', 'one/b.conf']])
  expect([comparison.added, comparison.mended]).toEqual([[], []])
})

test.each(['', 'null', '[]', '{"findings": 3}', '{'])('%j is no earlier run', (text) => {
  expect(readEarlier(text)).toBeUndefined()
})

test('strange entries of an earlier run are left out', () => {
  const text = JSON.stringify({
    findings: [
      null,
      { rule: 1 },
      { rule: 'A01', state: 'x' },
      { rule: 'A01', state: 'met', severity: 'low' },
    ],
  })
  expect(readEarlier(text)).toEqual([
    { rule: 'A01', state: 'met', severity: 'low', file: null, line: null, installation: '' },
  ])
})
