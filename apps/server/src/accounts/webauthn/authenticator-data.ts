// Reads the authenticator data of a registration or an assertion (WebAuthn level 3, section 6.1).
import { createHash, timingSafeEqual } from 'node:crypto'
import { readCbor } from './cbor.ts'

export interface AuthenticatorData {
  /** SHA-256 of the relying party's id. */
  rpIdHash: Uint8Array
  userPresent: boolean
  userVerified: boolean
  signCount: number
  /** Only at registration. */
  credential: { id: Uint8Array; publicKey: Uint8Array } | undefined
}

/** Section 6.1: hash 32, flags 1, counter 4. */
const HEAD_BYTES = 37
/** Section 6.5.1: AAGUID 16, length 2. */
const CREDENTIAL_HEAD_BYTES = 18
/** Section 4, "Credential ID": at most 1023 bytes. */
const MAX_ID_BYTES = 1023

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const HAS_CREDENTIAL = 0x40
const HAS_EXTENSIONS = 0x80

/** Undefined when the bytes do not have the form. */
export function readAuthenticatorData(bytes: Uint8Array): AuthenticatorData | undefined {
  if (bytes.length < HEAD_BYTES) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const flags = view.getUint8(32)
  let end = HEAD_BYTES
  let credential: AuthenticatorData['credential']
  if ((flags & HAS_CREDENTIAL) !== 0) {
    const read = readCredential(bytes, view)
    if (read === undefined) return undefined
    end = read.end
    credential = read
  }
  if ((flags & HAS_EXTENSIONS) !== 0) {
    const extensions = readCbor(bytes, end)
    if (extensions === undefined) return undefined
    end = extensions.end
  }
  if (end !== bytes.length) return undefined
  return {
    rpIdHash: bytes.subarray(0, 32),
    userPresent: (flags & USER_PRESENT) !== 0,
    userVerified: (flags & USER_VERIFIED) !== 0,
    signCount: view.getUint32(33),
    credential,
  }
}

function readCredential(
  bytes: Uint8Array,
  view: DataView,
): { id: Uint8Array; publicKey: Uint8Array; end: number } | undefined {
  if (bytes.length < HEAD_BYTES + CREDENTIAL_HEAD_BYTES) return undefined
  const length = view.getUint16(HEAD_BYTES + 16)
  const start = HEAD_BYTES + CREDENTIAL_HEAD_BYTES
  if (length === 0 || length > MAX_ID_BYTES || start + length > bytes.length) return undefined
  const key = readCbor(bytes, start + length)
  if (key === undefined) return undefined
  return {
    id: bytes.subarray(start, start + length),
    publicKey: bytes.subarray(start + length, key.end),
    end: key.end,
  }
}

/** Whether the data was made for this relying party. */
export function isForRelyingParty(data: AuthenticatorData, rpId: string): boolean {
  return timingSafeEqual(data.rpIdHash, createHash('sha256').update(rpId).digest())
}
