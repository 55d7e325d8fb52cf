// Derives the session keys of an SRTP protection profile (RFC 3711 section 4.3, RFC 7714 section 11).
import { createCipheriv } from 'node:crypto'
import { SRTP_PROFILES, type SrtpProfile } from '../dtls/protocol.ts'

/** Session keys of one packet kind. `auth` is empty for AEAD profiles. */
export interface SessionKeys {
  readonly key: Uint8Array
  readonly salt: Uint8Array
  readonly auth: Uint8Array
}

const AUTH_KEY_BYTES = 20
const BLOCK_BYTES = 16
/** Salt bytes that the key derivation works on; shorter salts are padded on the right. */
const KDF_SALT_BYTES = 14
/** Offset of the label in the derivation's input: key_id is label || 48-bit index (RFC 3711 section 4.3.1). */
const LABEL_OFFSET = 7
const RTP_LABELS = [0, 1, 2] as const
const RTCP_LABELS = [3, 4, 5] as const

/**
 * Derives the session keys for RTP or RTCP from the master key and salt; the key derivation rate is zero, as DTLS-SRTP
 * has it. Throws for lengths that the profile does not have: they come from our own handshake.
 */
export function deriveSessionKeys(
  profile: SrtpProfile,
  kind: 'rtp' | 'rtcp',
  masterKey: Uint8Array,
  masterSalt: Uint8Array,
): SessionKeys {
  const lengths = SRTP_PROFILES[profile]
  if (masterKey.length !== lengths.keyLength || masterSalt.length !== lengths.saltLength)
    throw new RangeError('SRTP master key or salt of a wrong length')
  const [keyLabel, authLabel, saltLabel] = kind === 'rtp' ? RTP_LABELS : RTCP_LABELS
  const hasAuth = profile === 'SRTP_AES128_CM_HMAC_SHA1_80'
  return {
    key: derive(masterKey, masterSalt, keyLabel, lengths.keyLength),
    auth: hasAuth ? derive(masterKey, masterSalt, authLabel, AUTH_KEY_BYTES) : new Uint8Array(0),
    salt: derive(masterKey, masterSalt, saltLabel, lengths.saltLength),
  }
}

function derive(masterKey: Uint8Array, masterSalt: Uint8Array, label: number, length: number): Uint8Array {
  const blocks = Math.ceil(length / BLOCK_BYTES)
  const input = Buffer.alloc(blocks * BLOCK_BYTES)
  for (let block = 0; block < blocks; block++) {
    const start = block * BLOCK_BYTES
    input.set(masterSalt.subarray(0, KDF_SALT_BYTES), start)
    input[start + LABEL_OFFSET] = (input[start + LABEL_OFFSET] ?? 0) ^ label
    input[start + BLOCK_BYTES - 1] = block
  }
  const cipher = createCipheriv('aes-128-ecb', masterKey, null).setAutoPadding(false)
  const derived = cipher.update(input)
  const result = new Uint8Array(derived.subarray(0, length))
  derived.fill(0)
  return result
}

/** Overwrites session keys that are no longer needed. */
export function eraseKeys(keys: SessionKeys): void {
  keys.key.fill(0)
  keys.salt.fill(0)
  keys.auth.fill(0)
}
