// Numbers and checksums of STUN messages that reading and writing share (RFC 8489; RFC 8445 section 16.1).
import { createHmac } from 'node:crypto'
import { crc32 } from 'node:zlib'

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

/** HMAC-SHA1 over what precedes MESSAGE-INTEGRITY, with the header's length reaching to its end. */
export function integrityOf(before: Uint8Array, password: Uint8Array): Uint8Array {
  const header = Buffer.from(before.subarray(0, STUN_HEADER_BYTES))
  header.writeUInt16BE(before.length + ATTRIBUTE_HEADER_BYTES + INTEGRITY_BYTES - STUN_HEADER_BYTES, 2)
  return createHmac('sha1', password).update(header).update(before.subarray(STUN_HEADER_BYTES)).digest()
}

/** The value of FINGERPRINT over what precedes it. */
export function fingerprintOf(before: Uint8Array): number {
  return (crc32(before) ^ FINGERPRINT_XOR) >>> 0
}
