import { createHash, generateKeyPairSync, sign, X509Certificate, type KeyObject } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { concat } from './bytes.ts'
import { der, derBitString, DerTag, Oid } from './der.ts'
import type { FlightItem } from './flight.ts'
import { createDtlsIdentity } from './identity.ts'
import { readPublicKey } from './peer-certificate.ts'
import { Alert, ContentType, ExtensionType, HandshakeType, SignatureScheme } from './protocol.ts'
import { clientIdentity, closeReason, eventsOf, startPair, type PairOptions } from './test-support/pair.ts'
import { seededRandom } from './test-support/seeded-random.ts'

const NOW = new Date('2026-11-23T12:00:00Z')

/** Flips one bit in the last byte of one kind of message. */
function spoil(type: number): (messageType: number, body: Uint8Array) => Uint8Array {
  return (messageType, body) =>
    messageType === type ? body.with(body.length - 1, (body.at(-1) ?? 0) ^ 1) : body
}

function replace(
  type: number,
  by: (body: Uint8Array) => Uint8Array,
): (messageType: number, body: Uint8Array) => Uint8Array {
  return (messageType, body) => (messageType === type ? by(body) : body)
}

/** Runs a handshake that has to fail: why it ended and the alert that the client got. */
function refused(options: PairOptions): { readonly reason: string | undefined; readonly alert: unknown } {
  const link = startPair(options)
  link.run(5000)
  expect(eventsOf(link, 'connected')).toHaveLength(0)
  expect(link.client.connected).toBe(false)
  const alert = link.clientEvents.find((event) => event.kind === 'alert')
  return { reason: closeReason(link), alert: alert?.level === 2 ? alert.description : undefined }
}

/** A self-signed certificate of any key, for what `createDtlsIdentity` rightly does not make. */
function certify(publicKey: KeyObject, privateKey: KeyObject): Uint8Array {
  const template = createDtlsIdentity({ now: NOW, random: seededRandom(30).bytes }).certificateDer
  const algorithm = der(DerTag.sequence, der(DerTag.objectIdentifier, Oid.ecdsaWithSha256))
  const oldKey = new X509Certificate(template).publicKey.export({ type: 'spki', format: 'der' })
  const at = Buffer.from(template).indexOf(oldKey)
  // The template's outer header has 4 bytes, the one of its TBSCertificate 3.
  const fields = template.subarray(7, at)
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const toBeSigned = der(DerTag.sequence, fields, spki)
  return der(DerTag.sequence, toBeSigned, algorithm, derBitString(sign('sha256', toBeSigned, privateKey)))
}

function fingerprintOf(certificateDer: Uint8Array): string {
  return createHash('sha256')
    .update(certificateDer)
    .digest('hex')
    .replaceAll(/..(?=.)/g, '$&:')
}

describe('a client that does not prove who it is', () => {
  it('is refused without a certificate', () => {
    const link = startPair({ client: { identity: { ...clientIdentity, certificateDer: new Uint8Array(0) } } })
    link.run(100)
    expect(closeReason(link)).toBe('malformed-handshake')
    const tamper = replace(HandshakeType.certificate, () => Uint8Array.of(0, 0, 0))
    expect(refused({ client: { tamper } })).toEqual({
      reason: 'no-certificate',
      alert: Alert.handshakeFailure,
    })
  })

  it('is refused with a wrong CertificateVerify', () => {
    const outcome = { reason: 'bad-certificate-verify', alert: Alert.decryptError }
    expect(refused({ client: { tamper: spoil(HandshakeType.certificateVerify) } })).toEqual(outcome)
    const stolen = {
      ...clientIdentity,
      privateKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
    }
    expect(refused({ client: { identity: stolen } })).toEqual(outcome)
  })

  it('is refused with a signature scheme that was not asked for', () => {
    const sha512 = replace(HandshakeType.certificateVerify, (body) => body.with(0, 6))
    expect(refused({ client: { tamper: sha512 } }).reason).toBe('bad-certificate-verify')
    const rsa = replace(HandshakeType.certificateVerify, (body) => body.with(1, 1))
    expect(refused({ client: { tamper: rsa } }).reason).toBe('bad-certificate-verify')
  })

  it('is not let in when it leaves CertificateVerify out', () => {
    const leaveOut = (item: FlightItem): boolean =>
      item.kind === 'message' && item.message.type === HandshakeType.certificateVerify
    const link = startPair({ client: { leaveOut } })
    link.run(60_000)
    expect(eventsOf(link, 'connected')).toHaveLength(0)
    expect(closeReason(link)).toBe('handshake-timeout')
  })

  it('is refused with a wrong Finished', () => {
    expect(refused({ client: { tamper: spoil(HandshakeType.finished) } })).toEqual({
      reason: 'bad-finished',
      alert: Alert.decryptError,
    })
    const short = replace(HandshakeType.finished, (body) => body.subarray(0, 11))
    expect(refused({ client: { tamper: short } }).reason).toBe('bad-finished')
  })

  it('is refused with another certificate than the signalled one', () => {
    const other = createDtlsIdentity({ now: NOW, random: seededRandom(31).bytes })
    expect(refused({ fingerprint: other.fingerprint })).toEqual({
      reason: 'fingerprint-mismatch',
      alert: Alert.badCertificate,
    })
  })

  it('is refused when somebody changed its ClientHello on the way', () => {
    const link = startPair()
    link.run(0)
    const hello = link.toServer[0]
    expect(hello).toBeDefined()
    if (!hello) return
    // The last byte belongs to use_srtp: a downgrade of the SRTP profile.
    const { server } = startPair()
    server.handleDatagram(0, hello.with(hello.length - 2, (hello.at(-2) ?? 0) ^ 1))
    for (let event = server.next(); event; event = server.next()) {
      if (event.kind === 'send') link.client.handleDatagram(0, event.datagram)
    }
    const reasons: string[] = []
    for (let sent = link.client.next(); sent; sent = link.client.next()) {
      if (sent.kind === 'send') server.handleDatagram(0, sent.datagram)
    }
    for (let event = server.next(); event; event = server.next()) {
      if (event.kind === 'closed') reasons.push(event.reason)
    }
    expect(reasons).toEqual(['bad-certificate-verify'])
  })
})

describe('client certificates', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const certificateDer = certify(rsa.publicKey, rsa.privateKey)

  it.each([
    ['PKCS #1', SignatureScheme.rsaPkcs1Sha256],
    ['PSS', SignatureScheme.rsaPssRsaeSha256],
  ])('may be RSA with %s', (_name, scheme) => {
    const identity = { certificateDer, privateKey: rsa.privateKey, scheme }
    const link = startPair({ client: { identity }, fingerprint: fingerprintOf(certificateDer) })
    link.run(1000)
    expect(link.client.connected).toBe(true)
    expect(eventsOf(link, 'connected')).toHaveLength(1)
  })

  it('must not have short RSA keys, foreign curves or broken points', () => {
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 })
    expect(readPublicKey(certify(short.publicKey, short.privateKey))).toBeUndefined()
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-384' })
    expect(readPublicKey(certify(curve.publicKey, curve.privateKey))).toBeUndefined()
    const edwards = generateKeyPairSync('ed25519')
    const edwardsDer = certify(
      edwards.publicKey,
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
    )
    expect(readPublicKey(edwardsDer)).toBeUndefined()
    const own = Buffer.from(clientIdentity.certificateDer)
    const point = new X509Certificate(own).publicKey.export({ format: 'raw-public' })
    own[own.indexOf(point) + 64] = (point[64] ?? 0) ^ 1
    expect(readPublicKey(own)).toBeUndefined()
    expect(refused({ client: { identity: { ...clientIdentity, certificateDer: own } } }).reason).toBe(
      'bad-certificate',
    )
  })
})

describe('a client without common parameters', () => {
  it.each([
    ['cipher suites', { cipherSuites: [0xc02f, 0x1301] }, Alert.handshakeFailure],
    ['groups', { groups: [24, 25] }, Alert.handshakeFailure],
    ['signature schemes', { signatureSchemes: [0x0804, 0x0401] }, Alert.handshakeFailure],
    ['signature schemes for want of a list', { signatureSchemes: 'omitted' }, Alert.handshakeFailure],
    ['point formats', { pointFormats: [1, 2] }, Alert.handshakeFailure],
    ['compression', { compressionMethods: [1] }, Alert.illegalParameter],
    ['version: 1.0', { version: 0xfeff }, Alert.protocolVersion],
    ['version: TLS', { version: 0x0303 }, Alert.protocolVersion],
    [
      'version: 1.3 only',
      { moreExtensions: [[ExtensionType.supportedVersions, Uint8Array.of(2, 0xfe, 0xfc)]] },
      Alert.protocolVersion,
    ],
    ['renegotiation', { renegotiationInfo: Uint8Array.of(1, 7) }, Alert.handshakeFailure],
  ] as const)('learns so by an alert: %s', (_name, client, alert) => {
    expect(refused({ client })).toEqual({ reason: 'no-common-parameters', alert })
  })
})

describe('what is not DTLS 1.2', () => {
  it.each([
    [
      'a malformed ClientHello',
      replace(HandshakeType.clientHello, (body) => body.subarray(0, body.length - 1)),
    ],
    ['an extension twice', replace(HandshakeType.clientHello, twice)],
  ])('leaves no trace: %s', (_name, tamper) => {
    const link = startPair({ client: { tamper } })
    link.run(1.5)
    expect(link.toClient).toHaveLength(0)
    expect(link.server.deadline()).toBeUndefined()
    expect(link.server.counters.malformed).toBe(1)
    // The next handshake finds a server as new.
    const good = startPair({ seed: 98 })
    good.run(0)
    for (const datagram of good.toServer) link.inject(datagram)
    expect(link.toClient).toHaveLength(1)
  })

  it.each([
    ['nothing', []],
    ['half a header', [22, 254, 253, 0]],
    ['a DTLS 1.3 unified header', [0x2f, 1, 2, 0, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['a heartbeat', [24, 254, 253, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]],
    ['a connection id', [25, 254, 253, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]],
    ['another version', [22, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]],
    ['a length beyond the end', [22, 254, 253, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1]],
    ['a foreign epoch', [22, 254, 253, 0, 7, 0, 0, 0, 0, 0, 0, 0, 1, 1]],
    ['an alert before anything', [21, 254, 253, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 40]],
    ['data before anything', [23, 254, 253, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1]],
  ])('is ignored: %s', (_name, bytes) => {
    const { server } = startPair()
    server.handleDatagram(0, Uint8Array.from(bytes))
    expect(server.next()).toBeUndefined()
    expect(server.deadline()).toBeUndefined()
  })

  it('does not disturb the records before it', () => {
    const link = startPair()
    link.run(0)
    const junk = Uint8Array.of(0x2f, 1, 2, 3)
    const { server } = startPair()
    server.handleDatagram(0, concat(link.toServer[0] ?? new Uint8Array(0), junk))
    expect(server.next()?.kind).toBe('send')
    expect(server.counters.malformed).toBe(1)
  })

  it('ends a handshake by a fatal alert of the client in the clear', () => {
    const link = startPair()
    link.run(1.5)
    link.inject(link.client.records.seal(0, ContentType.alert, Uint8Array.of(2, Alert.badCertificate)))
    expect(eventsOf(link, 'closed')).toEqual([
      { kind: 'closed', reason: 'peer-alert', alert: Alert.badCertificate },
    ])
  })
})

/** Writes the first extension (extended_master_secret, 4 bytes) a second time and corrects the length before it. */
function twice(body: Uint8Array): Uint8Array {
  const at = Buffer.from(body).indexOf(Uint8Array.of(0, 23, 0, 0))
  const length = new DataView(body.buffer, body.byteOffset + at - 2, 2).getUint16(0) + 4
  return concat(
    body.subarray(0, at - 2),
    Uint8Array.of(length >> 8, length & 0xff, 0, 23, 0, 0),
    body.subarray(at),
  )
}
