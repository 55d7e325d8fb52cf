import { LINK_TOKEN_LENGTH, hide } from '@runde/contract'
import { expect, test } from 'vitest'
import { hashToken, newToken, sameHash } from './token.ts'

test('a token is 32 random bytes as base64url', () => {
  const token = newToken((count) => new Uint8Array(count).fill(0xff))
  expect(token.reveal()).toBe('_'.repeat(42) + '8')
  expect(token.reveal()).toHaveLength(LINK_TOKEN_LENGTH)
})

test('the hash is SHA-256, in hexadecimal', () => {
  // FIPS 180-4 example for "abc".
  expect(hashToken(hide('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

test('hashes are compared by value', () => {
  expect(sameHash(hashToken(hide('a')), hashToken(hide('a')))).toBe(true)
  expect(sameHash(hashToken(hide('a')), hashToken(hide('b')))).toBe(false)
})
