// Reads the public key of a passkey (COSE_Key, RFC 9052 section 7, RFC 9053) and checks signatures with it.
import { type KeyObject, createPublicKey, verify } from 'node:crypto'
import { type CborMap, isCborMap, readCbor } from './cbor.ts'

/** COSE algorithm numbers (IANA), in the order in which we ask for them: EdDSA, ES256, RS256. */
export const ALGORITHMS = [-8, -7, -257] as const

type Algorithm = (typeof ALGORITHMS)[number]

/** A key that can check signatures. */
export interface PasskeyKey {
  readonly algorithm: Algorithm
  readonly key: KeyObject
}

/** Labels of a COSE_Key: 1 kind, 3 algorithm; the rest depends on the kind (RFC 9053 section 7, RFC 8230 section 4). */
const KIND = 1
const ALGORITHM = 3

/** RSA: smaller moduli are broken, larger ones only slow; in bytes. */
const RSA_MIN_BYTES = 256
const RSA_MAX_BYTES = 1024
/** The public exponent is 65537 nearly always; a long one would cost time at each check. In bytes. */
const RSA_EXPONENT_MAX_BYTES = 4

/** The key in the bytes, which hold it and nothing else; undefined when it is none that we take. */
export function readCoseKey(bytes: Uint8Array): PasskeyKey | undefined {
  const item = readCbor(bytes)
  if (item === undefined || item.end !== bytes.length || !isCborMap(item.value)) return undefined
  const algorithm = ALGORITHMS.find((known) => isCborMap(item.value) && item.value.get(ALGORITHM) === known)
  if (algorithm === undefined) return undefined
  const jwk = toJwk(algorithm, item.value)
  if (jwk === undefined) return undefined
  try {
    // Points that are not on the curve are refused here.
    return { algorithm, key: createPublicKey({ key: jwk, format: 'jwk' }) }
  } catch {
    return undefined
  }
}

/** Whether the signature over `data` was made by the key's owner. */
export function isSignedBy({ algorithm, key }: PasskeyKey, data: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(algorithm === -8 ? null : 'sha256', data, key, signature)
  } catch {
    // OpenSSL throws for some signatures that do not even have the form of one.
    return false
  }
}

function toJwk(algorithm: Algorithm, map: CborMap): Record<string, string> | undefined {
  const part = (label: number, min: number, max = min): string | undefined => {
    const value = map.get(label)
    const fits = value instanceof Uint8Array && value.length >= min && value.length <= max
    return fits ? Buffer.from(value).toString('base64url') : undefined
  }
  switch (algorithm) {
    case -7: {
      const [x, y] = [part(-2, 32), part(-3, 32)]
      const fits = map.get(KIND) === 2 && map.get(-1) === 1 && x !== undefined && y !== undefined
      return fits ? { kty: 'EC', crv: 'P-256', x, y } : undefined
    }
    case -8: {
      const x = part(-2, 32)
      const fits = map.get(KIND) === 1 && map.get(-1) === 6 && x !== undefined
      return fits ? { kty: 'OKP', crv: 'Ed25519', x } : undefined
    }
    case -257: {
      const [n, e] = [part(-1, RSA_MIN_BYTES, RSA_MAX_BYTES), part(-2, 1, RSA_EXPONENT_MAX_BYTES)]
      return map.get(KIND) === 3 && n !== undefined && e !== undefined ? { kty: 'RSA', n, e } : undefined
    }
  }
}
