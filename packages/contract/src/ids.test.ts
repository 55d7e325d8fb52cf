import { expect, test } from 'vitest'
import { isMeetingId, parseMeetingId } from './ids.ts'

test.each([
  ['abc-defg-hij', 'abc-defg-hij'],
  ['  ABC-Defg-HIJ\n', 'abc-defg-hij'],
  ['abcdefghij', 'abc-defg-hij'],
])('reads %j as a meeting id', (text, id) => {
  expect(parseMeetingId(text)).toBe(id)
})

test.each([
  '',
  'abc',
  'abc-defg-hi',
  'abc-defg-hijk',
  'abc_defg_hij',
  'ab1-defg-hij',
  'äbc-defg-hij',
  'abc-defghij',
])('refuses %j', (text) => {
  expect(parseMeetingId(text)).toBeUndefined()
  expect(isMeetingId(text)).toBe(false)
})

test('only the canonical form is an id', () => {
  expect(isMeetingId('abc-defg-hij')).toBe(true)
  expect(isMeetingId('ABC-DEFG-HIJ')).toBe(false)
  expect(isMeetingId('abc-defg-hij\n')).toBe(false)
})
