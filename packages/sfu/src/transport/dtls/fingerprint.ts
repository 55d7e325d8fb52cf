// Compares a peer's certificate with the fingerprint its session description announced (RFC 8122 section 5, RFC 8842).
import { createHash, timingSafeEqual } from 'node:crypto'

/** Hash functions of a=fingerprint we know; MD5 and SHA-1 would not bind the certificate to anything. */
const HASHES: Readonly<Record<string, 'sha256' | 'sha384' | 'sha512'>> = {
  'sha-256': 'sha256',
  'sha-384': 'sha384',
  'sha-512': 'sha512',
}

/** SHA-512 as colon-separated hex; anything longer is none of ours. */
const MAX_VALUE_CHARACTERS = 64 * 3 - 1

/** A certificate hash as the signalling channel gave it. */
export interface Fingerprint {
  readonly hash: 'sha256' | 'sha384' | 'sha512'
  readonly digest: Uint8Array
}

/** Reads the two words of an a=fingerprint line; undefined for unknown hashes and malformed values. */
export function parseFingerprint(algorithm: string, value: string): Fingerprint | undefined {
  const name = algorithm.toLowerCase()
  const hash = Object.hasOwn(HASHES, name) ? HASHES[name] : undefined
  if (!hash || value.length > MAX_VALUE_CHARACTERS) return undefined
  if (!/^[0-9a-f]{2}(?::[0-9a-f]{2})*$/i.test(value)) return undefined
  const digest = Buffer.from(value.replaceAll(':', ''), 'hex')
  return digest.length === Number(hash.slice(3)) / 8 ? { hash, digest } : undefined
}

/** True for the same hash function and value. */
export function sameFingerprint(one: Fingerprint, other: Fingerprint): boolean {
  return one.hash === other.hash && timingSafeEqual(one.digest, other.digest)
}

/** True when the certificate has this fingerprint; takes the same time wherever they differ. */
export function matchesFingerprint(expected: Fingerprint, certificateDer: Uint8Array): boolean {
  return timingSafeEqual(createHash(expected.hash).update(certificateDer).digest(), expected.digest)
}
