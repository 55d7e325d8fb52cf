import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import { describe, expect, it, vi } from 'vitest'

import { concat } from './bytes.ts'
import type { DtlsServer } from './dtls-server.ts'
import {
  HANDSHAKE_TIMEOUT_MS,
  MAX_CERTIFICATE_BYTES,
  MAX_CERTIFICATE_VERIFY_BYTES,
  MAX_KEY_EXCHANGE_BYTES,
  VERIFY_DATA_BYTES,
} from './limits.ts'
import { readPublicKey } from './peer-certificate.ts'
import { ContentType } from './protocol.ts'
import { CLIENT_MESSAGES } from './server-handshake.ts'
import { closeReason, clientIdentity, connectedPair, eventsOf, startPair } from './test-support/pair.ts'
import type { Link } from './test-support/link.ts'
import { seededRandom, type SeededRandom } from './test-support/seeded-random.ts'

const CASES = Number(process.env['RUNDE_FUZZ_CASES'] ?? '3000')

// A case takes at most 1 ms, mostly far less; a machine under load shall not fail the suite.
vi.setConfig({ testTimeout: 10_000 + CASES * 10 })

/** Cases per association: enough to pile things up, few enough to see many associations. */
const CASES_PER_LINK = 50

/** Answers to one datagram: a flight in its datagrams and some alerts; the work that one datagram can cause. */
const MAX_EVENTS_PER_DATAGRAM = 64

const ASSOCIATIONS = 40

/** Twice each slot behind the ClientHello, for bytes and their marks, and 16 kB for everything else. */
const MAX_HELD_BYTES =
  2 * (MAX_CERTIFICATE_BYTES + MAX_KEY_EXCHANGE_BYTES + MAX_CERTIFICATE_VERIFY_BYTES + VERIFY_DATA_BYTES) +
  16_384

const MESSAGE_TYPES: readonly number[] = CLIENT_MESSAGES.map((slot) => slot.type)

setFlagsFromString('--expose-gc')
const collectGarbage: unknown = runInNewContext('gc')

/** Bytes of all array buffers still reachable. */
function arrayBufferBytes(): number {
  if (typeof collectGarbage !== 'function') throw new Error('no garbage collector to call')
  collectGarbage()
  collectGarbage()
  return process.memoryUsage().arrayBuffers
}

/** One of the ways to make a datagram wrong: bits, length, lengths inside, pieces of another one, or all new. */
function mutate(random: SeededRandom, datagram: Uint8Array, other: Uint8Array): Uint8Array {
  const changed = new Uint8Array(datagram)
  const at = random.below(changed.length)
  switch (random.below(8)) {
    case 0:
      changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8))
      return changed
    case 1:
      for (let count = random.below(8); count >= 0; count -= 1)
        changed[random.below(changed.length)] = random.below(256)
      return changed
    case 2:
      return changed.subarray(0, at)
    case 3:
      // Headers stand in front: type, epoch, sequence, lengths and offsets of record and message.
      changed[random.below(Math.min(25, changed.length))] = random.below(4) === 0 ? 0xff : random.below(256)
      return changed
    case 4:
      return concat(changed.subarray(0, at), other.subarray(random.below(other.length)))
    case 5:
      return concat(changed, other)
    case 6:
      changed.copyWithin(at, random.below(changed.length))
      return changed
    default:
      return random.bytes(random.below(1500))
  }
}

/** Takes everything the server has to say; the number of events is the bound on what one datagram may cause. */
function drain(server: DtlsServer): number {
  let count = 0
  while (server.next()) count += 1
  return count
}

/** Datagrams of a good handshake of the same client, to be changed: one flight cut into pieces, one whole. */
function recorded(seed: number): Uint8Array[] {
  const whole = connectedPair({ seed })
  const cut = connectedPair({ seed, client: { mtu: 200 } })
  whole.client.send(Uint8Array.of(1, 2, 3))
  whole.run(10)
  return [...whole.toServer, ...cut.toServer]
}

const STATES: readonly (readonly [string, () => Link])[] = [
  ['before the ClientHello', () => startPair({ link: { loss: 1, random: seededRandom(1) } })],
  [
    'while waiting for the second flight',
    () => {
      const link = startPair()
      link.run(1.5)
      return link
    },
  ],
  ['after the handshake', () => connectedPair()],
  [
    'before the fingerprint is known',
    () => {
      const link = startPair({ fingerprint: '' })
      link.run(1000)
      return link
    },
  ],
]

describe.each(STATES)('changed datagrams %s', (_name, prepare) => {
  it('never throw, never connect a stranger, never cause much work', () => {
    const random = seededRandom(60)
    const samples = recorded(7)
    const pick = (): Uint8Array => samples[random.below(samples.length)] ?? new Uint8Array(1)
    let worst = 0
    let connectedTwice = 0
    for (let count = 0; count < CASES; count += CASES_PER_LINK) {
      const link = prepare()
      const before = eventsOf(link, 'connected').length
      let now = link.now
      for (let step = 0; step < CASES_PER_LINK; step += 1) {
        now += random.below(30)
        link.server.handleDatagram(now, mutate(random, pick(), pick()))
        if (random.below(10) === 0) link.server.handleTimeout(now)
        let events = 0
        for (let event = link.server.next(); event; event = link.server.next()) {
          events += 1
          // Only a replay of the very handshake could connect; its ephemeral key is another each time.
          if (event.kind === 'connected' && before > 0) connectedTwice += 1
        }
        worst = Math.max(worst, events)
      }
      link.server.handleTimeout(now + HANDSHAKE_TIMEOUT_MS)
      drain(link.server)
    }
    expect(connectedTwice).toBe(0)
    expect(worst).toBeLessThan(MAX_EVENTS_PER_DATAGRAM)
  })
})

describe('a handshake under fire', () => {
  it('completes whatever arrives that is not DTLS', () => {
    const random = seededRandom(61)
    for (let count = 0; count < CASES; count += CASES_PER_LINK) {
      const link = startPair({ seed: count + 1, client: { mtu: 300 } })
      for (let step = 0; step < CASES_PER_LINK; step += 1) {
        link.inject(random.bytes(random.below(1500)))
        link.run(0.1)
      }
      link.run(1000)
      expect(link.client.connected).toBe(true)
      expect(eventsOf(link, 'connected')).toHaveLength(1)
    }
  })

  it('completes rightly or ends with a reason when its own datagrams come changed first', () => {
    const random = seededRandom(64)
    const outcomes = new Map<string, number>()
    for (let count = 0; count < CASES; count += CASES_PER_LINK / 5) {
      const link = startPair({ seed: count + 1, client: { mtu: 200 + random.below(800) } })
      link.run(0)
      const before = link.toServer.length
      link.run(2.5)
      const flight = link.toServer.slice(before)
      for (const datagram of flight) {
        const other = flight[random.below(flight.length)] ?? datagram
        for (let shot = random.below(3); shot > 0; shot -= 1) link.inject(mutate(random, datagram, other))
        link.inject(datagram)
      }
      link.run(HANDSHAKE_TIMEOUT_MS + 1000)
      const keys = eventsOf(link, 'connected').map((event) => event.srtp?.remoteKey)
      const right = link.client.export('EXTRACTOR-dtls_srtp', 56).subarray(0, 16)
      expect(keys.length === 0 || Buffer.compare(keys[0] ?? right, right) === 0).toBe(true)
      const outcome = closeReason(link) ?? (link.client.connected ? 'connected' : 'stuck')
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    expect(outcomes.get('stuck')).toBeUndefined()
    expect(outcomes.get('connected')).toBeGreaterThan(0)
    expect(outcomes.size).toBeGreaterThan(1)
  })
})

describe('changed certificates', () => {
  it('yield a usable key or none', () => {
    const random = seededRandom(62)
    const { certificateDer } = clientIdentity
    let usable = 0
    for (let count = 0; count < CASES; count += 1) {
      const key = readPublicKey(mutate(random, certificateDer, certificateDer))
      if (key) usable += 1
    }
    // Changes in names, dates and signature leave the key alone.
    expect(usable).toBeGreaterThan(0)
    expect(usable).toBeLessThan(CASES)
  })
})

describe('fragments without end', () => {
  it('occupy no more memory than the slots of one handshake', () => {
    const random = seededRandom(63)
    const samples = recorded(9).filter((sample) => sample[0] === ContentType.handshake)
    const links = Array.from({ length: ASSOCIATIONS }, (_, seed) => {
      const link = startPair({ seed })
      link.run(1.5)
      return link
    })
    const before = arrayBufferBytes()
    for (const { server, now } of links) {
      for (let count = 0; count < Math.min(CASES, 1000); count += 1) {
        const sample = new Uint8Array(samples[random.below(samples.length)] ?? [])
        // message type, total length, message_seq and offset at random: as many half messages as there can be.
        sample[13] = MESSAGE_TYPES[random.below(MESSAGE_TYPES.length)] ?? 0
        sample[14] = 0
        for (const at of [15, 16, 18, 20, 21]) sample[at] = random.below(at === 18 ? 6 : 128)
        server.handleDatagram(now, sample)
        drain(server)
      }
    }
    const perAssociation = (arrayBufferBytes() - before) / ASSOCIATIONS
    expect(perAssociation).toBeGreaterThan(0)
    expect(perAssociation).toBeLessThan(MAX_HELD_BYTES)
    for (const { server } of links) server.close(0)
  })
})
