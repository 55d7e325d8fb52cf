// Makes the random tokens of sessions and one-time links; only their hash is ever stored.
import { createHash, timingSafeEqual } from 'node:crypto'
import { hide, type Brand, type Private } from '@runde/contract'

/** SHA-256 of a token, in hexadecimal. A plain hash is enough: the token has 256 random bits, nobody can try them. */
export type TokenHash = Brand<string, 'TokenHash'>

/** 32 bytes: as many as the hash has. */
const TOKEN_BYTES = 32

/** A new token as text (base64url, 43 characters), out of injected randomness. */
export function newToken(random: (count: number) => Uint8Array): Private<string> {
  return hide(Buffer.from(random(TOKEN_BYTES)).toString('base64url'))
}

/** What is stored of a token. */
export function hashToken(token: Private<string>): TokenHash {
  return createHash('sha256').update(token.reveal(), 'utf8').digest('hex') as TokenHash
}

/** Compares in a time that does not depend on where the hashes differ. */
export function sameHash(one: TokenHash, other: TokenHash): boolean {
  return timingSafeEqual(Buffer.from(one, 'hex'), Buffer.from(other, 'hex'))
}
