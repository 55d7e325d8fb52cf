import { expect, test } from 'vitest'
import { withFact } from './facts/sheet.ts'
import { interview } from './interview.ts'
import { NOW, WITH_PAPERWORK, organisation } from './testing/organisations.ts'
import { sheetWith } from './testing/variants.ts'

test('starts with who holds the meetings', () => {
  expect(interview({}, NOW)[0]).toMatchObject({ fact: 'org.sector', state: 'open' })
})

test('a private person is asked nothing else', () => {
  expect(interview(organisation('private-person'), NOW).map(({ fact }) => fact)).toEqual(['org.sector'])
})

test.each(WITH_PAPERWORK)('%s has answered everything it owes', (name) => {
  expect(
    interview(organisation(name), NOW).filter(({ state, owed }) => owed && state !== 'answered'),
  ).toEqual([])
})

test('a question arises only when an answer calls for it', () => {
  const asked = (sensitive: boolean): string[] =>
    interview(sheetWith(organisation('association'), { 'use.sensitive': sensitive }), NOW).map(
      ({ fact }) => fact,
    )
  expect(asked(false)).not.toContain('use.sensitiveBasis')
  expect(asked(true)).toContain('use.sensitiveBasis')
})

test('"I do not know" stays on the list', () => {
  const sheet = {
    ...organisation('association'),
    'org.land': { unknown: true, source: 'declared', at: '2026-11-20T10:00:00Z' } as const,
  }
  expect(interview(sheet, NOW).find(({ fact }) => fact === 'org.land')).toMatchObject({ state: 'unknown' })
})

test('what the running server says is not asked; what it does not know is', () => {
  const known = organisation('association')
  const asked = (sheet: typeof known): boolean =>
    interview(sheet, NOW).some(({ fact }) => fact === 'keep.serverLog')
  expect(known['keep.serverLog']).toMatchObject({ source: 'setting' })
  expect(asked(known)).toBe(false)
  expect(asked(withFact(known, 'keep.serverLog', undefined))).toBe(true)
  const answered = { value: 'P7D', source: 'declared', at: '2026-11-20T10:00:00Z' } as const
  const question = interview(withFact(known, 'keep.serverLog', answered), NOW).find(
    ({ fact }) => fact === 'keep.serverLog',
  )
  expect(question).toMatchObject({ state: 'answered', owed: true })
})

test('every question says which documents wait for it', () => {
  for (const question of interview({}, NOW)) expect(question.documents.length).toBeGreaterThan(0)
})
