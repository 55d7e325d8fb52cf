import { describe, expect, it } from 'vitest'

import { HANDSHAKE_TIMEOUT_MS, MAX_PENDING_DATA } from './limits.ts'
import { Alert, ContentType, ExtensionType, HandshakeType, NamedGroup } from './protocol.ts'
import { readRecord, RECORD_HEADER_BYTES } from './record.ts'
import { clientIdentity, closeReason, connectedPair, eventsOf, startPair } from './test-support/pair.ts'
import { seededRandom } from './test-support/seeded-random.ts'

function contentTypes(datagram: Uint8Array): number[] {
  const types: number[] = []
  for (let offset = 0; offset < datagram.length;) {
    const record = readRecord(datagram, offset)
    if (!record) break
    types.push(record.type)
    offset += RECORD_HEADER_BYTES + record.body.length
  }
  return types
}

describe('a handshake', () => {
  it('takes two round trips and one datagram per flight', () => {
    const link = connectedPair()
    expect(link.toServer).toHaveLength(2)
    expect(link.toClient).toHaveLength(2)
    expect(eventsOf(link, 'connected')).toHaveLength(1)
    expect(link.server.deadline()).toBeUndefined()
  })

  it.each([
    ['SRTP_AEAD_AES_128_GCM', 12],
    ['SRTP_AES128_CM_HMAC_SHA1_80', 14],
  ] as const)('exports the keys of %s as RFC 5764 section 4.2 lays them out', (profile, saltLength) => {
    const link = connectedPair({ server: { srtpProfiles: [profile] } })
    const block = link.client.export('EXTRACTOR-dtls_srtp', 32 + 2 * saltLength)
    const srtp = eventsOf(link, 'connected')[0]?.srtp
    expect(srtp).toEqual({
      profile,
      remoteKey: block.subarray(0, 16),
      localKey: block.subarray(16, 32),
      remoteSalt: block.subarray(32, 32 + saltLength),
      localSalt: block.subarray(32 + saltLength),
    })
  })

  it('chooses the SRTP profile by our order, none when none is shared', () => {
    const reversed = ['SRTP_AES128_CM_HMAC_SHA1_80', 'SRTP_AEAD_AES_128_GCM'] as const
    const ours = connectedPair({ server: { srtpProfiles: reversed } })
    expect(eventsOf(ours, 'connected')[0]?.srtp?.profile).toBe('SRTP_AES128_CM_HMAC_SHA1_80')
    const none = connectedPair({
      server: { srtpProfiles: ['SRTP_AEAD_AES_128_GCM'] },
      client: { srtpProfiles: ['SRTP_AES128_CM_HMAC_SHA1_80'] },
    })
    expect(eventsOf(none, 'connected')[0]).toEqual({ kind: 'connected', srtp: undefined })
    expect(none.client.serverHello.extensions.has(ExtensionType.useSrtp)).toBe(false)
  })

  it.each([
    ['X25519', [NamedGroup.x25519]],
    ['P-256', [NamedGroup.secp256r1]],
    ['P-256 for want of a list', 'omitted'],
    ['a group we know behind ones we do not', [4588, 25, NamedGroup.secp256r1]],
  ] as const)('agrees by %s', (_name, groups) => {
    expect(connectedPair({ client: { groups } }).client.connected).toBe(true)
  })

  it.each([0xc02b, 0xc02c])('speaks suite %i, with and without extended master secret', (suite) => {
    for (const extendedMasterSecret of [true, false]) {
      const link = connectedPair({ client: { cipherSuites: [0x1301, suite], extendedMasterSecret } })
      const { cipherSuite, extensions } = link.client.serverHello
      expect(cipherSuite).toBe(suite)
      expect(extensions.has(ExtensionType.extendedMasterSecret)).toBe(extendedMasterSecret)
      const block = link.client.export('EXTRACTOR-dtls_srtp', 56)
      expect(eventsOf(link, 'connected')[0]?.srtp?.remoteKey).toEqual(block.subarray(0, 16))
    }
  })

  it('prefers AES-128 whatever the client prefers', () => {
    expect(connectedPair({ client: { cipherSuites: [0xc02c, 0xc02b] } }).client.serverHello.cipherSuite).toBe(
      0xc02b,
    )
  })

  it.each([
    ['an empty extension', {}, true],
    ['the signalling suite', { renegotiationInfo: 'omitted', cipherSuites: [0xc02b, 0x00ff] }, true],
    ['neither', { renegotiationInfo: 'omitted' }, false],
  ] as const)('answers renegotiation_info to %s', (_name, client, answered) => {
    const { extensions } = connectedPair({ client }).client.serverHello
    expect(extensions.has(ExtensionType.renegotiationInfo)).toBe(answered)
  })

  it('answers nothing that was not offered', () => {
    const client = { extendedMasterSecret: false, renegotiationInfo: 'omitted', srtpProfiles: [] } as const
    const { extensions } = connectedPair({ client }).client.serverHello
    expect([...extensions.keys()]).toEqual([ExtensionType.ecPointFormats])
  })

  it('reads a client of DTLS 1.3 with a post-quantum key share, in two datagrams', () => {
    const supportedVersions = [
      ExtensionType.supportedVersions,
      Uint8Array.of(4, 0xfe, 0xfc, 0xfe, 0xfd),
    ] as const
    const keyShare = [51, seededRandom(20).bytes(1300)] as const
    const link = connectedPair({ client: { moreExtensions: [supportedVersions, keyShare] } })
    expect(link.toServer).toHaveLength(3)
    // The downgrade sentinel would tell such a client to refuse us (RFC 8446 section 4.1.3).
    const tail = Buffer.from(link.client.serverHello.random.subarray(24, 31)).toString('latin1')
    expect(tail).not.toBe('DOWNGRD')
  })

  it('ignores a cookie, and a first message that already answers one', () => {
    expect(connectedPair({ client: { cookie: seededRandom(21).bytes(20) } }).client.connected).toBe(true)
    const second = connectedPair({ client: { cookie: seededRandom(21).bytes(20), firstSequence: 1 } })
    expect(second.client.connected).toBe(true)
  })

  it('fits into small datagrams on both sides', () => {
    const link = connectedPair({ server: { mtu: 128 }, client: { mtu: 150 } })
    expect(Math.max(...link.toClient.map((datagram) => datagram.length))).toBeLessThanOrEqual(128)
    expect(link.toClient.length).toBeGreaterThan(6)
    expect(() => startPair({ server: { mtu: 127 } })).toThrow(RangeError)
  })

  it('does without ChangeCipherSpec records, whose loss nobody repairs', () => {
    const leaveOut = (item: { readonly kind: string }): boolean => item.kind === 'change-cipher-spec'
    expect(connectedPair({ client: { leaveOut } }).client.connected).toBe(true)
  })
})

describe('the fingerprint', () => {
  it('may come after the handshake; data waits for it', () => {
    const link = startPair({ fingerprint: '' })
    link.run(500)
    expect(link.client.connected).toBe(true)
    expect(eventsOf(link, 'connected')).toHaveLength(0)
    for (let count = 0; count < MAX_PENDING_DATA + 5; count += 1) link.client.send(Uint8Array.of(count))
    link.run(100)
    expect(link.serverEvents).toHaveLength(0)
    expect(link.server.setRemoteFingerprint('sha-256', clientIdentity.fingerprint)).toBe('accepted')
    link.run(0)
    expect(link.serverEvents[0]?.kind).toBe('connected')
    const first = eventsOf(link, 'data').map((event) => event.data[0])
    expect(first).toEqual(Array.from({ length: MAX_PENDING_DATA }, (_, index) => index))
    expect(link.server.counters.unexpected).toBe(5)
  })

  it('must come before the time is over', () => {
    const link = startPair({ fingerprint: '' })
    link.run(HANDSHAKE_TIMEOUT_MS - 1)
    expect(closeReason(link)).toBeUndefined()
    link.run(10)
    expect(closeReason(link)).toBe('handshake-timeout')
  })

  it('ends the association when it comes late and is wrong', () => {
    const link = startPair({ fingerprint: '' })
    link.run(500)
    link.server.setRemoteFingerprint('sha-256', clientIdentity.fingerprint.replace(/../, '00'))
    link.run(100)
    expect(eventsOf(link, 'connected')).toHaveLength(0)
    expect(closeReason(link)).toBe('fingerprint-mismatch')
    expect(link.clientEvents).toContainEqual({ kind: 'alert', level: 2, description: Alert.badCertificate })
  })

  it('may be repeated with every description', () => {
    const link = connectedPair()
    expect(link.server.setRemoteFingerprint('SHA-256', clientIdentity.fingerprint.toLowerCase())).toBe(
      'unchanged',
    )
    expect(link.server.setRemoteFingerprint('sha-256', clientIdentity.fingerprint.replace(/../, '00'))).toBe(
      'conflict',
    )
    link.run(100)
    expect(closeReason(link)).toBeUndefined()
    expect(eventsOf(link, 'connected')).toHaveLength(1)
  })
})

describe('a connected association', () => {
  it('carries data both ways', () => {
    const link = connectedPair()
    const sizes = [0, 1, 1200, 16_384]
    for (const size of sizes) {
      link.client.send(seededRandom(size).bytes(size))
      link.server.send(seededRandom(size).bytes(size))
    }
    link.run(100)
    const sent = sizes.map((size) => seededRandom(size).bytes(size))
    expect(eventsOf(link, 'data').map((event) => event.data)).toEqual(sent)
    const arrived = link.clientEvents.filter((event) => event.kind === 'data')
    expect(arrived.map((event) => event.data)).toEqual(sent)
    expect(() => {
      link.server.send(new Uint8Array(16_385))
    }).toThrow(RangeError)
  })

  it('takes each record once', () => {
    const link = connectedPair()
    link.client.send(Uint8Array.of(1))
    link.run(100)
    const record = link.toServer.at(-1)
    expect(record).toBeDefined()
    if (record) link.inject(record)
    expect(eventsOf(link, 'data')).toHaveLength(1)
    expect(link.server.counters.replayed).toBe(1)
  })

  it('answers a repeated Finished with its own, as often as it comes', () => {
    const link = connectedPair()
    for (let count = 1; count <= 3; count += 1) {
      link.run(0)
      link.now += 1000
      link.client.resend()
      link.run(100)
      expect(link.toClient).toHaveLength(2 + count)
      expect(contentTypes(link.toClient.at(-1) ?? new Uint8Array(0))).toEqual([
        ContentType.changeCipherSpec,
        ContentType.handshake,
      ])
    }
    expect(eventsOf(link, 'connected')).toHaveLength(1)
  })

  it('refuses to renegotiate and goes on', () => {
    const link = connectedPair()
    link.client.sendHandshake(HandshakeType.clientHello, seededRandom(22).bytes(100))
    link.run(100)
    expect(link.clientEvents).toContainEqual({ kind: 'alert', level: 1, description: Alert.noRenegotiation })
    expect(link.server.counters.renegotiations).toBe(1)
    link.client.send(Uint8Array.of(1))
    link.run(100)
    expect(eventsOf(link, 'data')).toHaveLength(1)
  })

  it('ignores and counts a new ClientHello in the clear', () => {
    const link = connectedPair()
    const fresh = startPair({ seed: 99 })
    fresh.run(0)
    const hello = fresh.toServer[0]
    expect(hello).toBeDefined()
    if (hello) link.inject(hello)
    link.run(1000)
    expect(link.server.counters.foreignHellos).toBe(1)
    expect(link.toClient).toHaveLength(2)
    link.client.send(Uint8Array.of(1))
    link.run(100)
    expect(eventsOf(link, 'data')).toHaveLength(1)
  })

  it('ignores alerts and data in the clear', () => {
    const link = connectedPair()
    link.inject(link.client.records.seal(0, ContentType.alert, Uint8Array.of(2, 40)))
    link.inject(link.client.records.seal(0, ContentType.alert, Uint8Array.of(1, 0)))
    link.inject(link.client.records.seal(0, ContentType.applicationData, Uint8Array.of(1)))
    expect(link.serverEvents.map((event) => event.kind)).toEqual(['connected'])
    expect(link.server.counters.unexpected).toBe(3)
  })

  it('ends with close_notify from the peer and answers it', () => {
    const link = connectedPair()
    link.client.send(Uint8Array.of(1, Alert.closeNotify), ContentType.alert)
    link.run(100)
    expect(closeReason(link)).toBe('close-notify')
    expect(link.clientEvents).toContainEqual({ kind: 'alert', level: 1, description: Alert.closeNotify })
  })

  it('ends with a fatal alert and says which', () => {
    const link = connectedPair()
    link.client.send(Uint8Array.of(1, 90), ContentType.alert)
    link.client.send(Uint8Array.of(2, Alert.internalError), ContentType.alert)
    link.run(100)
    expect(eventsOf(link, 'closed')).toEqual([
      { kind: 'closed', reason: 'peer-alert', alert: Alert.internalError },
    ])
  })

  it('says good-bye once and is silent then', () => {
    const link = connectedPair()
    link.server.close(link.now)
    link.server.close(link.now)
    link.server.send(Uint8Array.of(1))
    link.client.send(Uint8Array.of(1))
    link.run(60_000)
    expect(eventsOf(link, 'closed')).toEqual([{ kind: 'closed', reason: 'local' }])
    const closing = link.clientEvents.filter((event) => event.kind !== 'connected')
    expect(closing).toEqual([{ kind: 'alert', level: 1, description: Alert.closeNotify }])
    expect(link.server.deadline()).toBeUndefined()
  })
})
