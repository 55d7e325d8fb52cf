import { expect, test } from 'vitest'
import { renderChanges } from './testing/changes-doc.ts'

// When clauses, rules or example facts have changed: npx vitest run packages/dossier/src/changes-doc.test.ts -u
test('docs/privacy/what-changes.md says which sentences follow which fact', { timeout: 60_000 }, async () => {
  const page = renderChanges()
  expect(page.match(/^\| `/gm)?.length).toBeGreaterThan(100)
  await expect(page).toMatchFileSnapshot('../../../docs/privacy/what-changes.md')
})
