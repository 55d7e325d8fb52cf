// Takes the public key out of a client's certificate and checks its CertificateVerify signature (RFC 5246 section 7.4.8).
//
// omits: validity, issuer and extensions; WebRTC trusts the fingerprint alone (RFC 8827 section 5.6.1).
import { constants, createPublicKey, verify, type KeyObject } from 'node:crypto'

import { DerTag, Oid, readDer, type DerElement } from './der.ts'
import { MAX_RSA_BITS, MAX_RSA_EXPONENT, MIN_RSA_BITS } from './limits.ts'
import { SignatureScheme } from './protocol.ts'

/** Schemes accepted in CertificateVerify: P-256 is what browsers make, RSA is left over from older ones. */
export const CLIENT_SIGNATURE_SCHEMES: readonly number[] = [
  SignatureScheme.ecdsaSecp256r1Sha256,
  SignatureScheme.rsaPssRsaeSha256,
  SignatureScheme.rsaPkcs1Sha256,
]

/** Fields of a TBSCertificate up to and including subjectPublicKeyInfo when the version is written out. */
const FIELDS_TO_SPKI = 7
/** Uncompressed P-256 point behind the bit string's count of unused bits. */
const P256_BIT_STRING_BYTES = 66
/** rsa_pss_rsae_sha256 salts with as many bytes as the hash has (RFC 8446 section 4.2.3). */
const PSS_SALT_BYTES = 32

/** The public key of a certificate, or undefined unless it is a well-formed P-256 or 2048 to 8192 bit RSA key. */
export function readPublicKey(certificateDer: Uint8Array): KeyObject | undefined {
  const spki = findSubjectPublicKeyInfo(certificateDer)
  const fields = spki && readDer(spki.content, 3)
  const [algorithm, key] = fields ?? []
  if (fields?.length !== 2 || algorithm?.tag !== DerTag.sequence || key?.tag !== DerTag.bitString)
    return undefined
  const [oid, parameters] = readDer(algorithm.content, 2) ?? []
  if (oid?.tag !== DerTag.objectIdentifier) return undefined
  try {
    if (equal(oid.content, Oid.ecPublicKey)) {
      // Only the named curve: explicit parameters would let the peer choose what we compute with.
      return parameters && equal(parameters.content, Oid.prime256v1) ? readP256(key.content) : undefined
    }
    return spki && equal(oid.content, Oid.rsaEncryption) ? readRsa(spki.whole) : undefined
  } catch {
    // node:crypto throws on keys that are no keys: points off the curve, moduli that are not integers.
    return undefined
  }
}

/** True when `signature` by the key's owner covers `data` under a scheme we asked for. */
export function verifySignature(
  key: KeyObject,
  scheme: number,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  const type = scheme === SignatureScheme.ecdsaSecp256r1Sha256 ? 'ec' : 'rsa'
  if (!CLIENT_SIGNATURE_SCHEMES.includes(scheme) || key.asymmetricKeyType !== type) return false
  try {
    if (type === 'ec') return verify('sha256', data, key, signature)
    if (scheme === SignatureScheme.rsaPkcs1Sha256)
      return verify('sha256', data, { key, padding: constants.RSA_PKCS1_PADDING }, signature)
    const padding = constants.RSA_PKCS1_PSS_PADDING
    return verify('sha256', data, { key, padding, saltLength: PSS_SALT_BYTES }, signature)
  } catch {
    // A signature that OpenSSL cannot even read is a wrong one.
    return false
  }
}

function findSubjectPublicKeyInfo(certificateDer: Uint8Array): DerElement | undefined {
  const certificate = readDer(certificateDer, 1)?.[0]
  if (certificate?.tag !== DerTag.sequence) return undefined
  const toBeSigned = readDer(certificate.content, 1)?.[0]
  if (toBeSigned?.tag !== DerTag.sequence) return undefined
  const fields = readDer(toBeSigned.content, FIELDS_TO_SPKI)
  // Version 1 certificates leave the version out.
  const spki = fields?.[0]?.tag === DerTag.context0 ? fields[6] : fields?.[5]
  return spki?.tag === DerTag.sequence ? spki : undefined
}

function readP256(bitString: Uint8Array): KeyObject | undefined {
  if (bitString.length !== P256_BIT_STRING_BYTES || bitString[0] !== 0 || bitString[1] !== 4) return undefined
  return createPublicKey({
    key: bitString.subarray(1),
    format: 'raw-public',
    asymmetricKeyType: 'ec',
    namedCurve: 'P-256',
  })
}

function readRsa(spki: Uint8Array): KeyObject | undefined {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  const { modulusLength, publicExponent } = key.asymmetricKeyDetails ?? {}
  if (modulusLength === undefined || modulusLength < MIN_RSA_BITS || modulusLength > MAX_RSA_BITS)
    return undefined
  return publicExponent !== undefined && publicExponent <= MAX_RSA_EXPONENT ? key : undefined
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0
}
