import { expect, test } from 'vitest'
import { decidePassword } from './passwords.ts'

test.each([
  ['correct horse battery', 'correct horse battery'],
  ['aaaaaaaaaaaa', 'aaaaaaaaaaaa'],
  ['            ', '            '],
  ['a\u0308'.repeat(12), 'ä'.repeat(12)],
  ['🎉'.repeat(12), '🎉'.repeat(12)],
  ['x'.repeat(256), 'x'.repeat(256)],
  ['Erika Mustermann mag Kaffee', 'Erika Mustermann mag Kaffee'],
])('%j is accepted', (input, password) => {
  expect(decidePassword(input, 'Erika Mustermann')).toEqual({ ok: true, password })
})

test.each([
  ['', 'password_short'],
  ['elf Zeichen', 'password_short'],
  ['🎉'.repeat(11), 'password_short'],
  ['x'.repeat(257), 'password_long'],
  ['x'.repeat(1_000_000), 'password_long'],
  ['Erika Mustermann', 'password_is_name'],
  ['erikamustermann123', 'password_is_name'],
  ['ERIKA  MUSTERMANN!Erika Mustermann', 'password_is_name'],
])('%j is refused: %s', (input, code) => {
  expect(decidePassword(input, 'Erika Mustermann')).toEqual({ ok: false, code })
})
