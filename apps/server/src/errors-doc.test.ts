import { expect, test } from 'vitest'
import { renderErrorsDoc } from './errors-doc.ts'

// When a table has changed: npx vitest run apps/server/src/errors-doc.test.ts -u
test('docs/errors.md says exactly what the tables say', async () => {
  await expect(renderErrorsDoc()).toMatchFileSnapshot('../../../docs/errors.md')
})

test('no sentence is empty or speaks with du', () => {
  const rows = renderErrorsDoc()
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  expect(rows.length).toBeGreaterThan(35)
  for (const row of rows) {
    expect(row).not.toMatch(/\|\s*\|/)
    expect(row).not.toMatch(/undefined|\bdu\b|\bdein/)
  }
})
