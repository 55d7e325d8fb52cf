import type { Finding, Report, RuleText } from '@runde/jitsi-audit'
import { expect, test } from 'vitest'
import { FIRST_FILTER, filterFindings } from './filters.ts'

function rule(id: string, concern: RuleText['concern'], word: string): RuleText {
  const text = { de: `${word} auf Deutsch`, en: `${word} in English` }
  const severity = 'high'
  return { id, name: id, concern, severity, title: text, why: text, mend: text, articles: [], source: '' }
}

function finding(of: string, state: Finding['state'], more: Partial<Finding> = {}): Finding {
  return {
    key: `${of}${state}${more.installation ?? ''}`,
    rule: of,
    state,
    severity: 'high',
    installation: '',
    mend: { de: '', en: '' },
    places: [],
    placeCount: 0,
    changes: [],
    edits: [],
    ...more,
  }
}

const place = {
  kind: 'file',
  file: 'etc/nginx/meet.conf',
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 2,
} as const
const report: Report = {
  format: 'runde-jitsi-audit/1',
  installations: [],
  files: [],
  rules: [rule('A01', 'recipients', 'Google'), rule('C01', 'storage', 'Protokoll')],
  findings: [
    finding('A01', 'violated', { installation: 'one' }),
    finding('A01', 'violated', { installation: 'two', severity: 'low' }),
    finding('C01', 'violated', { places: [place], placeCount: 1 }),
    finding('C01', 'met', { installation: 'two' }),
  ],
  notes: [],
  counts: { violated: 2, undecidable: 0, overridden: 0, met: 0, not_applicable: 0 },
  violated: { crit: 0, high: 2, med: 0, low: 0, note: 0 },
  paperwork: [],
  open: [],
  moving: [],
}

test.each([
  [{}, ['A01', 'A01', 'C01']],
  [{ state: 'met' }, ['C01']],
  [{ severity: 'low' }, ['A01']],
  [{ concern: 'storage' }, ['C01']],
  [{ installation: 'two' }, ['A01']],
  [{ words: 'GOOGLE' }, ['A01', 'A01']],
  [{ words: 'nginx protokoll' }, ['C01']],
  [{ words: 'nginx google' }, []],
  [{ words: '  ' }, ['A01', 'A01', 'C01']],
] as const)('%j shows %j', (part, shown) => {
  const groups = filterFindings(report, { ...FIRST_FILTER, ...part }, 'de')
  expect(groups.flatMap(({ findings }) => findings.map(({ rule: id }) => id))).toEqual(shown)
})

test('words are looked for in the language of the page', () => {
  const found = (language: 'de' | 'en'): number =>
    filterFindings(report, { ...FIRST_FILTER, words: 'english' }, language).length
  expect([found('de'), found('en')]).toEqual([0, 2])
})
