import { expect, test } from 'vitest'
import { ERRORS, errorBody } from './errors.ts'
import { NAME_MAX_LENGTH, TITLE_MAX_LENGTH } from './limits.ts'

const rows = Object.entries(ERRORS)

test.each(rows)('%s has an error status and a full sentence in both languages', (code, row) => {
  expect(row.status).toBeGreaterThanOrEqual(400)
  expect(row.status).toBeLessThan(600)
  for (const text of [row.de, row.en]) {
    expect(text).toMatch(/^[A-ZÄÖÜ].*(\.|: npx runde [a-z ]+)$/)
    expect(text).not.toContain(code)
    expect(text).not.toMatch(/\b[45]\d\d\b/)
  }
})

test.each(rows)('%s speaks to people with Sie', (_code, row) => {
  expect(row.de).not.toMatch(/\b(du|dein|deine|dir|dich)\b/i)
})

test('the texts name the limits that are enforced', () => {
  for (const language of ['de', 'en'] as const) {
    expect(ERRORS.name_too_long[language]).toContain(` ${NAME_MAX_LENGTH} `)
    expect(ERRORS.title_too_long[language]).toContain(` ${TITLE_MAX_LENGTH} `)
  }
})

test('an answer carries code and texts, and the field only if there is one', () => {
  const { de, en } = ERRORS.name_too_long
  expect(errorBody('name_too_long', 'name')).toEqual({
    error: { code: 'name_too_long', message: { de, en }, field: 'name' },
  })
  expect(errorBody('internal').error).not.toHaveProperty('field')
  expect(errorBody('internal').error.message).not.toHaveProperty('status')
})
