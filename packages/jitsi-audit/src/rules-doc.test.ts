import { expect, test } from 'vitest'
import { FIXTURES as A } from './rules/a/fixtures/index.ts'
import { FIXTURES as B } from './rules/b/fixtures/index.ts'
import { FIXTURES as C } from './rules/c/fixtures/index.ts'
import { FIXTURES as D } from './rules/d/fixtures/index.ts'
import { FIXTURES as E } from './rules/e/fixtures/index.ts'
import { FIXTURES as F } from './rules/f/fixtures/index.ts'
import { RULES } from './rules/index.ts'
import { STATEMENTS } from './report/moving.ts'
import { renderRulesDoc } from './testing/rules-doc.ts'

// When a rule or a fixture has changed: npx vitest run packages/jitsi-audit/src/rules-doc.test.ts -u
test('docs/audit-rules.md says exactly what the rules and their fixtures say', async () => {
  const page = renderRulesDoc(RULES, [...A, ...B, ...C, ...D, ...E, ...F])
  await expect(page).toMatchFileSnapshot('../../../docs/audit-rules.md')
})

test('what moving would settle names rules that exist, each at most once', () => {
  const named = STATEMENTS.flatMap(({ rules }) => rules)
  const known = new Set(RULES.map(({ id }) => id))
  expect(named.filter((id) => !known.has(id))).toEqual([])
  expect(new Set(named).size).toBe(named.length)
})
