import { NAME_MAX_LENGTH, TITLE_MAX_LENGTH } from '@runde/contract'
import { expect, test } from 'vitest'
import { decideName, decideOptionalName, decideTitle } from './text-rules.ts'

test.each([
  ['Erika', 'Erika'],
  ['  Erika  Mustermann \t', 'Erika  Mustermann'],
  ['A\u0308rzte', 'Ärzte'],
  ['李雷', '李雷'],
  ['محمد', 'محمد'],
  ['👩‍🚀', '👩‍🚀'],
  ["O'Neill-Müller (Ortsgruppe Nord)", "O'Neill-Müller (Ortsgruppe Nord)"],
  ['ä'.repeat(NAME_MAX_LENGTH), 'ä'.repeat(NAME_MAX_LENGTH)],
  ['🎉'.repeat(NAME_MAX_LENGTH), '🎉'.repeat(NAME_MAX_LENGTH)],
])('the name %j is kept as %j', (input, text) => {
  expect(decideName(input)).toEqual({ ok: true, text })
})

test.each([
  ['', 'name_missing'],
  ['   ', 'name_missing'],
  ['\u200B\u200D', 'name_missing'],
  ['\u3164', 'name_missing'],
  ['x'.repeat(NAME_MAX_LENGTH + 1), 'name_too_long'],
  ['x'.repeat(1_000_000), 'name_too_long'],
  ['Erika\nAdmin', 'name_not_allowed'],
  ['Erika\u0000', 'name_not_allowed'],
  ['Erika\u0085x', 'name_not_allowed'],
  ['\u202Enimda', 'name_not_allowed'],
  ['Erika\u2066', 'name_not_allowed'],
  ['Erika\u2028x', 'name_not_allowed'],
  ['Erika\uD800', 'name_not_allowed'],
])('the name %j is refused: %s', (input, code) => {
  expect(decideName(input)).toEqual({ ok: false, code })
})

test('a name that may be left out is undefined when it is empty', () => {
  expect(decideOptionalName(undefined)).toEqual({ ok: true, text: undefined })
  expect(decideOptionalName(' \u200B ')).toEqual({ ok: true, text: undefined })
  expect(decideOptionalName('Erika')).toEqual({ ok: true, text: 'Erika' })
  expect(decideOptionalName('a\u0007')).toEqual({ ok: false, code: 'name_not_allowed' })
})

test('titles are longer, and are refused with their own codes', () => {
  expect(decideTitle('x'.repeat(TITLE_MAX_LENGTH))).toEqual({ ok: true, text: 'x'.repeat(TITLE_MAX_LENGTH) })
  expect(decideTitle('x'.repeat(TITLE_MAX_LENGTH + 1))).toEqual({ ok: false, code: 'title_too_long' })
  expect(decideTitle(' ')).toEqual({ ok: false, code: 'title_missing' })
  expect(decideTitle('a\tb')).toEqual({ ok: false, code: 'title_not_allowed' })
})
