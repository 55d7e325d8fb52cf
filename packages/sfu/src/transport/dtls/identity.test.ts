import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { createDtlsIdentity } from './identity.ts'
import { readPublicKey } from './peer-certificate.ts'
import { seededRandom } from './test-support/seeded-random.ts'

const NOW = new Date('2026-11-23T12:34:56.789Z')

describe('the server certificate', () => {
  const identity = createDtlsIdentity({ now: NOW, random: seededRandom(5).bytes })
  const certificate = new X509Certificate(identity.certificateDer)

  it('is signed by its own key', () => {
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(certificate.checkIssued(certificate)).toBe(true)
    expect(certificate.checkPrivateKey(identity.privateKey)).toBe(true)
    expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1')
  })

  it('is valid from a day before to 30 days after', () => {
    expect(new Date(certificate.validFrom).toISOString()).toBe('2026-11-22T12:34:56.000Z')
    expect(new Date(certificate.validTo).toISOString()).toBe('2026-12-23T12:34:56.000Z')
  })

  it('says nothing about the installation', () => {
    expect(certificate.subject).toBe('CN=WebRTC')
    expect(certificate.issuer).toBe('CN=WebRTC')
    expect(certificate.subjectAltName).toBeUndefined()
  })

  it('has the fingerprint that SDP expects', () => {
    expect(identity.fingerprint).toBe(certificate.fingerprint256)
    const digest = createHash('sha256').update(identity.certificateDer).digest('hex')
    expect(identity.fingerprint.replaceAll(':', '').toLowerCase()).toBe(digest)
  })

  it('has a key that our own reader finds', () => {
    const key = readPublicKey(identity.certificateDer)
    expect(key?.equals(certificate.publicKey)).toBe(true)
  })

  it('has a positive serial number of its own, whatever the random source yields', () => {
    const serials = [0x00, 0x7f, 0x80, 0xff].map((byte) => {
      const random = (length: number): Uint8Array => new Uint8Array(length).fill(byte)
      return new X509Certificate(createDtlsIdentity({ now: NOW, random }).certificateDer).serialNumber
    })
    expect(serials.map((serial) => serial.length)).toEqual([32, 32, 32, 32])
    expect(serials.every((serial) => /^[4-7]/.test(serial))).toBe(true)
  })

  it('is valid beyond 2049, too', () => {
    const now = new Date('2049-12-31T00:00:00Z')
    const { certificateDer } = createDtlsIdentity({ now, random: seededRandom(6).bytes })
    const late = new X509Certificate(certificateDer)
    expect(new Date(late.validFrom).toISOString()).toBe('2049-12-30T00:00:00.000Z')
    expect(new Date(late.validTo).toISOString()).toBe('2050-01-30T00:00:00.000Z')
  })

  it('uses a given key pair and refuses one of another kind', () => {
    const random = seededRandom(7).bytes
    const keyPair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const given = createDtlsIdentity({ now: NOW, random, keyPair })
    expect(new X509Certificate(given.certificateDer).publicKey.equals(keyPair.publicKey)).toBe(true)
    const foreign = generateKeyPairSync('ec', { namedCurve: 'P-384' })
    expect(() => createDtlsIdentity({ now: NOW, random, keyPair: foreign })).toThrow(TypeError)
  })
})
