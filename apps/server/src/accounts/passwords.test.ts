import { randomBytes } from 'node:crypto'
import { hide } from '@runde/contract'
import { expect, test } from 'vitest'
import { createPasswordHasher } from './passwords.ts'

const hasher = createPasswordHasher(randomBytes)

/** `argon2id` with 8 KiB, one pass, one lane: for tests that are not about the cost. */
const CHEAP = '$argon2id$v=19$m=8,t=1,p=1$'

test(
  'a password is stored with parameters, a salt of its own and nothing of itself, and is recognised',
  { timeout: 60_000 },
  async () => {
    const one = await hasher.hash('correct horse battery')
    const two = await hasher.hash('correct horse battery')
    if (one === 'busy' || two === 'busy') throw new Error('busy')
    expect(one.reveal()).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=4\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(one.reveal()).not.toBe(two.reveal())
    expect(String(one)).not.toContain('argon2')
    expect(await hasher.check('correct horse battery', one)).toBe(true)
    expect(await hasher.check('correct horse batterie', one)).toBe(false)
  },
)

test('an account without a password is never right', { timeout: 60_000 }, async () => {
  expect(await hasher.check('', undefined)).toBe(false)
})

test.each([
  '',
  'plain',
  `${CHEAP}AAAAAAAAAAAAAAAAAAAAAA`,
  '$argon2id$v=19$m=9999999,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA',
  '$argon2id$v=19$m=8,t=0,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA',
  '$argon2id$v=19$m=8,t=1,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA',
  '$argon2i$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA',
])('the stored text %j is nobody’s password', { timeout: 60_000 }, async (stored) => {
  expect(await hasher.check('x', hide(stored))).toBe(false)
})

test('more than twelve at once are told to come back', async () => {
  const stored = hide(`${CHEAP}AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA`)
  const answers = await Promise.all(Array.from({ length: 20 }, () => hasher.check('x', stored)))
  expect(answers.filter((answer) => answer === 'busy')).toHaveLength(8)
  expect(await hasher.check('x', stored)).toBe(false)
})
