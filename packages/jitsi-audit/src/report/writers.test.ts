import { expect, test } from 'vitest'
import { auditWith } from './audit.ts'
import { toHtml } from './html.ts'
import { toJson } from './json.ts'
import { toMarkdown } from './markdown.ts'
import { NOT_YET, STATEMENTS } from './moving.ts'
import { SMALL_ENGINE, file } from './testing/small-engine.ts'

const HOSTILE = 'one/<img src=x onerror=alert(1)>`|[a](b).conf'
const FILES = [
  file('one/a.conf', 'send = yes\nkeep = week\n'),
  file(HOSTILE, 'keep = ever\n<script>alert(1)</script>\n'),
]
const report = auditWith(SMALL_ENGINE, FILES)

test('JSON has the flat findings that programs rely on', () => {
  const parsed = JSON.parse(toJson(report, 'en')) as { counts: object; findings: object[] }
  expect({ ...parsed, findings: parsed.findings.slice(0, 2) }).toMatchObject({
    counts: { violated: 2 },
    findings: [
      {
        rule: 'A02',
        state: 'violated',
        severity: 'crit',
        file: HOSTILE,
        line: 1,
        message: 'Title A02. keep is ever.',
        mend: 'Set `keep = week`.',
        articles: ['Art. 25'],
      },
      { rule: 'A01', state: 'violated', severity: 'high', file: 'one/a.conf', line: 1 },
    ],
  })
  expect(toJson(report, 'de')).toContain('"Titel A02. keep ist ever."')
})

test('the HTML page has no script, no foreign address, and nothing of a file becomes markup', () => {
  for (const language of ['de', 'en'] as const) {
    const page = toHtml(report, language)
    expect(page).not.toMatch(/<script|<img|<link|<iframe|javascript:|https?:|url\(/i)
    expect(page).toContain("default-src 'none'")
    expect(page).toContain('&lt;script&gt;')
    expect(page).toContain(`<html lang="${language}">`)
    expect(balanced(page)).toEqual([])
  }
})

test('Markdown keeps names of files inside code, and rows of tables whole', () => {
  const text = toMarkdown(report, 'en')
  expect(text).toContain(`\`\` ${HOSTILE}:1 \`\``)
  expect(text).toContain('-keep = ever\n+keep = week')
  expect(
    text
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .every((line) => line.endsWith(' |')),
  ).toBe(true)
})

test('what Runde does not have is said beside every comparison', () => {
  expect(report.moving.length).toBeGreaterThan(0)
  expect(toMarkdown(report, 'en')).toContain(NOT_YET.en)
  for (const { runde } of STATEMENTS)
    expect(`${runde.de} ${runde.en}`).not.toMatch(/Ende-zu-Ende|end-to-end|Warteraum|lobby|Passw/i)
})

/** Names of elements that are opened and not closed in order. */
function balanced(page: string): string[] {
  const open: string[] = []
  const wrong: string[] = []
  for (const [, slash, name = ''] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
    if (/^(?:meta|br)$/.test(name)) continue
    if (slash === '') open.push(name)
    else if (open.pop() !== name) wrong.push(name)
  }
  return [...wrong, ...open]
}
