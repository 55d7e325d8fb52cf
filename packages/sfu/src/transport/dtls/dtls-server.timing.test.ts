import { describe, expect, it } from 'vitest'

import type { DtlsServer } from './dtls-server.ts'
import { HANDSHAKE_TIMEOUT_MS, MAX_EARLY_RECORDS } from './limits.ts'
import { ContentType } from './protocol.ts'
import type { Link, LinkOptions } from './test-support/link.ts'
import { closeReason, eventsOf, startPair } from './test-support/pair.ts'
import { seededRandom } from './test-support/seeded-random.ts'

/** The client's first flight, which is one datagram. */
function firstHello(link: Link): Uint8Array {
  link.run(0)
  const [hello] = link.toServer
  if (!hello) throw new Error('the client sent nothing')
  return hello
}

/** Calls the server whenever it wants, until it wants nothing more: when it sent, and how it ended. */
function runAlone(server: DtlsServer): { readonly sentAt: number[]; readonly ends: unknown[] } {
  const sentAt: number[] = []
  const ends: unknown[] = []
  let now = 0
  // Seven flights and the end; a server that never ends shall fail the test, not hang it.
  for (let call = 0; call < 50 && server.deadline() !== undefined; call += 1) {
    now = Math.max(now, sentAt.length === 0 ? 0 : (server.deadline() ?? now))
    server.handleTimeout(now)
    for (let event = server.next(); event; event = server.next()) {
      if (event.kind === 'send') sentAt.push(now)
      else ends.push({ now, event })
    }
  }
  return { sentAt, ends }
}

describe('an association that nobody answers', () => {
  it('is quiet before the first ClientHello', () => {
    const { server } = startPair()
    expect(server.deadline()).toBeUndefined()
    server.handleTimeout(1e9)
    expect(server.next()).toBeUndefined()
    server.close(1e9)
    expect(server.next()).toEqual({ kind: 'closed', reason: 'local' })
    expect(server.next()).toBeUndefined()
  })

  it('repeats its flight with doubling intervals and gives up after 30 s', () => {
    const hello = firstHello(startPair())
    const { server } = startPair()
    server.handleDatagram(0, hello)
    const { sentAt, ends } = runAlone(server)
    expect(sentAt).toEqual([0, 250, 750, 1750, 3750, 7750, 15_750])
    expect(ends).toEqual([
      { now: HANDSHAKE_TIMEOUT_MS, event: { kind: 'closed', reason: 'handshake-timeout' } },
    ])
  })

  it('answers a repeated ClientHello, but copies of one datagram only once', () => {
    const link = startPair()
    link.run(1.5)
    const hello = firstHello(link)
    for (let copy = 0; copy < 10; copy += 1) link.inject(hello)
    expect(link.toClient).toHaveLength(1)
    link.now += 50
    link.inject(hello)
    expect(link.toClient).toHaveLength(2)
  })

  it('does not answer another ClientHello while it negotiates', () => {
    const link = startPair()
    link.run(1.5)
    const other = firstHello(startPair({ seed: 99 }))
    link.now += 50
    link.inject(other)
    expect(link.toClient).toHaveLength(1)
    expect(link.server.counters.foreignHellos).toBe(1)
    link.run(1000)
    expect(link.client.connected).toBe(true)
  })
})

describe('datagrams out of order', () => {
  /** A client whose second flight is cut into many datagrams, none of which has arrived yet. */
  function secondFlight(): { readonly link: Link; readonly datagrams: readonly Uint8Array[] } {
    const link = startPair({ client: { mtu: 160 } })
    link.run(0)
    const before = link.toServer.length
    // The answer takes 1 ms each way; the second flight would arrive at 3.
    link.run(2.5)
    return { link, datagrams: link.toServer.slice(before) }
  }

  it('completes a handshake whose second flight arrives backwards', () => {
    const { link, datagrams } = secondFlight()
    expect(datagrams.length).toBeGreaterThan(3)
    for (const datagram of datagrams.toReversed()) link.inject(datagram)
    expect(eventsOf(link, 'connected')).toHaveLength(1)
    expect(link.server.counters.unexpected).toBe(0)
  })

  it('keeps only so many records of the coming epoch', () => {
    const { link, datagrams } = secondFlight()
    const junk = new Uint8Array(datagrams.at(-1) ?? [])
    expect(junk[0]).toBe(ContentType.handshake)
    for (let count = 0; count < MAX_EARLY_RECORDS + 100; count += 1) {
      junk[10] = count
      junk[junk.length - 1] = (junk[junk.length - 1] ?? 0) ^ 0xff
      link.inject(junk)
    }
    expect(link.server.counters.unexpected).toBe(100)
    link.run(5000)
    expect(link.client.connected).toBe(true)
    expect(link.server.counters.undecryptable).toBeGreaterThan(0)
  })
})

/** Percent of loss, duplication and the spread of delays in milliseconds. */
const LINKS = [
  ['10 % loss', { loss: 0.1 }],
  ['20 % duplicates that overtake', { duplication: 0.2, delay: [5, 120] }],
  ['20 % loss, 10 % duplicates, reordering', { loss: 0.2, duplication: 0.1, delay: [1, 80] }],
  ['30 % loss, 30 % duplicates, reordering, slow', { loss: 0.3, duplication: 0.3, delay: [20, 400] }],
] as const satisfies readonly (readonly [string, LinkOptions])[]

const HANDSHAKES = 60

describe.each(LINKS)('over a link with %s', (_name, options) => {
  it.each([
    ['one datagram per flight', 1200],
    ['many fragments', 200],
  ] as const)('completes nearly every handshake, and none wrongly: %s', (_size, mtu) => {
    const outcomes: (string | undefined | { connected: unknown; expected: unknown })[] = []
    for (let seed = 1; seed <= HANDSHAKES; seed += 1) {
      const link = startPair({
        seed,
        link: { ...options, random: seededRandom(seed * 31) },
        server: { mtu },
        client: { mtu },
      })
      link.run(HANDSHAKE_TIMEOUT_MS + 1000, () => link.client.connected)
      const keys = eventsOf(link, 'connected').map((event) => event.srtp?.remoteKey)
      outcomes.push(
        link.client.connected
          ? { connected: keys, expected: [link.client.export('EXTRACTOR-dtls_srtp', 56).subarray(0, 16)] }
          : closeReason(link),
      )
    }
    const completed = outcomes.filter((outcome) => typeof outcome === 'object')
    for (const { connected, expected } of completed) expect(connected).toEqual(expected)
    const failures = outcomes.filter((outcome) => typeof outcome !== 'object')
    expect(failures.every((reason) => reason === 'handshake-timeout')).toBe(true)
    expect(failures.length).toBeLessThanOrEqual(2)
  })
})
