// What the transport does while ICE and DTLS overlap: Firefox begins its handshake before our own check was answered.
import { expect, test } from 'vitest'
import { clientIdentity, serverIdentity } from './dtls/test-support/pair.ts'
import { seededRandom } from './dtls/test-support/seeded-random.ts'
import { TestClient } from './dtls/test-support/test-client.ts'
import { PeerTransport } from './peer-transport.ts'
import { HOST_PRIORITY, LOCAL, peerAddress, REMOTE } from './testing/ice-peer.ts'
import { ATTRIBUTES, buildStun, TYPES, uint32, uint64 } from './testing/stun-builder.ts'

const NOW = 1_000

function begin(): { transport: PeerTransport; hello: Uint8Array } {
  const { bytes } = seededRandom(5)
  const transport = new PeerTransport({
    iceMode: 'full',
    localUfrag: LOCAL.ufrag,
    localPwd: LOCAL.pwd,
    identity: serverIdentity,
    srtpProfiles: ['SRTP_AEAD_AES_128_GCM'],
    random: bytes,
  })
  const fingerprint = { algorithm: 'sha-256', value: clientIdentity.fingerprint }
  transport.setRemote(NOW, { ...REMOTE, fingerprint })
  const client = new TestClient({ random: bytes, identity: clientIdentity })
  client.start(NOW)
  const first = client.next()
  return { transport, hello: first?.kind === 'send' ? first.datagram : new Uint8Array(0) }
}

function check(password: string): Uint8Array {
  const username = Buffer.from(`${LOCAL.ufrag}:${REMOTE.ufrag}`)
  return buildStun(
    TYPES.request,
    Buffer.alloc(12, 7),
    [
      [ATTRIBUTES.username, username],
      [ATTRIBUTES.priority, uint32(HOST_PRIORITY)],
      [ATTRIBUTES.controlling, uint64(77n)],
    ],
    password,
  )
}

/** First bytes and places of what was sent; 22 is a handshake record. */
function sent(transport: PeerTransport): string[] {
  const all: string[] = []
  for (let event = transport.next(); event; event = transport.next())
    if (event.kind === 'send') all.push(`${event.data[0]} ${event.to.port}`)
  return all
}

test('a ClientHello is answered to where an authentic check came from, before a pair is selected', () => {
  const { transport, hello } = begin()
  const from = peerAddress(1)
  expect(transport.handleStun(NOW, check(LOCAL.pwd), from)).toBe(true)
  sent(transport)
  transport.handleDtls(NOW, hello)
  expect(sent(transport)).toContain(`22 ${from.port}`)
})

test('without an authentic check the handshake goes nowhere', () => {
  const { transport, hello } = begin()
  expect(transport.handleStun(NOW, check('not the password'), peerAddress(1))).toBe(false)
  transport.handleDtls(NOW, hello)
  expect(sent(transport)).toEqual([])
})
