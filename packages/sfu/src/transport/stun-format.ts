// Numbers and checksums of STUN messages that reading and writing share (RFC 8489; RFC 8445 section 16.1).
import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { MAX_STUN_BYTES } from './limits.ts'

export const STUN_HEADER_BYTES = 20
export const TRANSACTION_ID_BYTES = 12
export const MAGIC_COOKIE = 0x2112a442
export const BINDING = 0x001
/** XORed onto the CRC so that FINGERPRINT differs from other protocols' checksums (RFC 8489 section 14.7). */
const FINGERPRINT_XOR = 0x5354554e
export const INTEGRITY_BYTES = 20
export const FINGERPRINT_BYTES = 4
export const ATTRIBUTE_HEADER_BYTES = 4

export const USERNAME = 0x0006
export const MESSAGE_INTEGRITY = 0x0008
export const ERROR_CODE = 0x0009
export const UNKNOWN_ATTRIBUTES = 0x000a
export const MESSAGE_INTEGRITY_SHA256 = 0x001c
export const XOR_MAPPED_ADDRESS = 0x0020
export const PRIORITY = 0x0024
export const USE_CANDIDATE = 0x0025
export const FINGERPRINT = 0x8028
export const ICE_CONTROLLED = 0x8029
export const ICE_CONTROLLING = 0x802a

export type StunClass = 'request' | 'indication' | 'success' | 'error'
export const CLASSES: readonly StunClass[] = ['request', 'indication', 'success', 'error']

/** Bytes of a SHA-1 block and digest, and the pads of HMAC (RFC 2104 section 2). */
const BLOCK_BYTES = 64
const DIGEST_BYTES = 20
const INNER_PAD = 0x36
const OUTER_PAD = 0x5c

/** The padded key and what is hashed behind it; shared, as no call outlives its turn. */
const inner = Buffer.alloc(BLOCK_BYTES + MAX_STUN_BYTES)
const outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES)

/**
 * HMAC-SHA1 over what precedes MESSAGE-INTEGRITY (at most MAX_STUN_BYTES), with the header's length reaching to its end.
 * Two one-shot hashes cost a third of an HMAC object, and each peer checks its connection every few seconds.
 */
export function integrityOf(before: Uint8Array, password: Uint8Array): Uint8Array {
  const key = password.length > BLOCK_BYTES ? hash('sha1', password, 'buffer') : password
  for (let index = 0; index < BLOCK_BYTES; index++) {
    const byte = key[index] ?? 0
    inner[index] = byte ^ INNER_PAD
    outer[index] = byte ^ OUTER_PAD
  }
  inner.set(before, BLOCK_BYTES)
  const covered = before.length + ATTRIBUTE_HEADER_BYTES + INTEGRITY_BYTES - STUN_HEADER_BYTES
  inner.writeUInt16BE(covered, BLOCK_BYTES + 2)
  outer.set(hash('sha1', inner.subarray(0, BLOCK_BYTES + before.length), 'buffer'), BLOCK_BYTES)
  const result = hash('sha1', outer, 'buffer')
  inner.fill(0, 0, BLOCK_BYTES)
  outer.fill(0)
  return result
}

/** The value of FINGERPRINT over what precedes it. */
export function fingerprintOf(before: Uint8Array): number {
  return (crc32(before) ^ FINGERPRINT_XOR) >>> 0
}
