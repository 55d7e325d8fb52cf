import { expect, test } from 'vitest'
import { NOW, ORGANISATIONS, type OrganisationName, organisation } from '../testing/organisations.ts'
import { type TracedExample, renderTraceDoc } from './trace-doc.ts'
import { traceTable } from './trace-table.ts'

const NAMES: Readonly<Record<OrganisationName, readonly [letter: string, name: string]>> = {
  association: ['V', 'Verein mit eigenem Server / association on its own server'],
  'law-practice': [
    'K',
    'Kanzlei auf gemietetem, betreutem Server / law practice on a rented, maintained server',
  ],
  'public-school': ['S', 'öffentliche Schule mit fertigem Angebot / public school with a ready-made offer'],
  'protestant-parish': ['E', 'evangelische Kirchengemeinde / Protestant parish'],
  hoster: ['A', 'Anbieter mit 40 Kunden / hoster with 40 customers'],
  'private-person': ['P', 'Privatperson zu Hause / private person at home'],
}

const examples: readonly TracedExample[] = ORGANISATIONS.map((name) => {
  const [letter, text] = NAMES[name]
  return { letter, name: text, sheet: organisation(name) }
})

// When clauses or example facts have changed: npx vitest run packages/dossier/src/trace -u
test('docs/privacy/mandatory-fields.md says exactly what the clauses fill', async () => {
  await expect(renderTraceDoc(examples, NOW)).toMatchFileSnapshot(
    '../../../../docs/privacy/mandatory-fields.md',
  )
})

test('every field of the law has a row, and no example leaves one open', () => {
  const page = renderTraceDoc(examples, NOW)
  const rows = examples.flatMap(({ sheet }) => traceTable(sheet, NOW))
  expect(rows.filter(({ law }) => !page.includes(law.de))).toEqual([])
  expect(rows.filter(({ state }) => state === 'partly' || state === 'missing')).toEqual([])
  expect(page).not.toMatch(/undefined|\| fehlt \|/)
})
