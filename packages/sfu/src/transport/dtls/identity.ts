// Makes the server's self-signed ECDSA P-256 certificate (RFC 5280 section 4.1, RFC 8827 section 6.5).
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

import { concat } from './bytes.ts'
import { der, derBitString, DerTag, Oid } from './der.ts'

/** Certificate and key that one server shows to all its peers. */
export interface DtlsIdentity {
  readonly certificateDer: Uint8Array
  readonly privateKey: KeyObject
  /** SHA-256 of the certificate as SDP writes it: upper-case hex pairs with colons (RFC 8122 section 5). */
  readonly fingerprint: string
}

export interface DtlsIdentityOptions {
  /** Wall clock time; the certificate is valid from a day before it to 30 days after. */
  readonly now: Date
  /** Source of the serial number. */
  readonly random: (bytes: number) => Uint8Array
  /** An ECDSA P-256 key pair to use instead of a new one. */
  readonly keyPair?: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }
}

const DAY_MS = 86_400_000
/** Clocks of peers that look at the validity may be wrong by a day; WebRTC itself only compares fingerprints. */
const VALID_BEFORE_MS = DAY_MS
/** WebRTC's customary lifetime: long enough for any meeting, short enough to tell nobody who we were last year. */
const VALID_AFTER_MS = 30 * DAY_MS
/** RFC 5280 section 4.1.2.2 allows 20; 16 random bytes never collide. */
const SERIAL_BYTES = 16
/** The name that browsers use, too: says nothing about this installation. */
const COMMON_NAME = 'WebRTC'
/** Version 3 (RFC 5280 section 4.1.2.1), what every WebRTC stack sends. */
const VERSION_3 = 2
/** UTCTime ends with 2049 (RFC 5280 section 4.1.2.5). */
const FIRST_GENERALIZED_YEAR = 2050

/** Makes a certificate; throws when the given key pair is none of ECDSA P-256. */
export function createDtlsIdentity(options: DtlsIdentityOptions): DtlsIdentity {
  const keyPair = options.keyPair ?? generateKeyPairSync('ec', { namedCurve: 'P-256' })
  if (keyPair.publicKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw new TypeError('a DTLS identity needs an ECDSA P-256 key pair')
  const spki = keyPair.publicKey.export({ type: 'spki', format: 'der' })
  const algorithm = der(DerTag.sequence, der(DerTag.objectIdentifier, Oid.ecdsaWithSha256))
  const certificateInfo = toBeSigned(options, algorithm, spki)
  const signature = sign('sha256', certificateInfo, keyPair.privateKey)
  const certificateDer = der(DerTag.sequence, certificateInfo, algorithm, derBitString(signature))
  return { certificateDer, privateKey: keyPair.privateKey, fingerprint: formatFingerprint(certificateDer) }
}

/** SHA-256 of a certificate as SDP writes it: 'AB:CD:...' (RFC 8122 section 5). */
function formatFingerprint(certificateDer: Uint8Array): string {
  const hex = createHash('sha256').update(certificateDer).digest('hex').toUpperCase()
  return hex.replaceAll(/..(?=.)/g, '$&:')
}

function toBeSigned(options: DtlsIdentityOptions, algorithm: Uint8Array, spki: Uint8Array): Uint8Array {
  const commonName = der(DerTag.utf8String, Buffer.from(COMMON_NAME, 'utf8'))
  const attribute = der(DerTag.sequence, der(DerTag.objectIdentifier, Oid.commonName), commonName)
  const name = der(DerTag.sequence, der(DerTag.set, attribute))
  const now = options.now.getTime()
  return der(
    DerTag.sequence,
    der(DerTag.context0, der(DerTag.integer, Uint8Array.of(VERSION_3))),
    der(DerTag.integer, serialNumber(options.random)),
    algorithm,
    name,
    der(DerTag.sequence, derTime(now - VALID_BEFORE_MS), derTime(now + VALID_AFTER_MS)),
    name,
    spki,
  )
}

/** A positive integer that needs no leading zero byte: top bit clear, the next one set. */
function serialNumber(random: (bytes: number) => Uint8Array): Uint8Array {
  const serial = concat(random(SERIAL_BYTES))
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  return serial
}

function derTime(milliseconds: number): Uint8Array {
  const date = new Date(milliseconds)
  const digits = date.toISOString().replaceAll(/[-:T]|\.\d+/g, '')
  return date.getUTCFullYear() < FIRST_GENERALIZED_YEAR
    ? der(DerTag.utcTime, Buffer.from(digits.slice(2), 'latin1'))
    : der(DerTag.generalizedTime, Buffer.from(digits, 'latin1'))
}
