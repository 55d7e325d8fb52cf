// The sender obeys both windows, repairs losses fast and does not believe impossible SACKs.
import { describe, expect, it } from 'vitest'
import { ChunkType, decodeData, type DataChunk, type GapBlock } from './chunks.ts'
import { CongestionWindow, RoundTrip } from './congestion.ts'
import { RTO_INITIAL_MS, RTO_MIN_MS } from './limits.ts'
import { Outbound } from './outbound.ts'
import { decodePacket, PacketWriter } from './packet.ts'
import { SendQueue } from './send-queue.ts'

const MTU = 1150
const INITIAL_TSN = 0xffff_fff0

interface Sender {
  readonly outbound: Outbound
  readonly queue: SendQueue
  /** Fills one packet and returns its DATA chunks. */
  readonly packet: (now: number) => DataChunk[]
  readonly push: (length: number, maxRetransmits?: number) => boolean
  /** A SACK up to `offset` TSNs after the first one. */
  readonly sack: (now: number, offset: number, gaps?: readonly GapBlock[], window?: number) => string
}

function sender(peerWindow = 1_000_000): Sender {
  const queue = new SendQueue()
  const outbound = new Outbound({
    mtu: MTU,
    initialTsn: INITIAL_TSN,
    peerWindow,
    partialReliability: true,
    queue,
  })
  const packet = (now: number): DataChunk[] => {
    const writer = new PacketWriter(MTU)
    outbound.fill(now, writer, false)
    const chunks = decodePacket(writer.finish(1, 1, 1))?.chunks ?? []
    return chunks.flatMap((raw) => {
      const data = raw.type === ChunkType.data ? decodeData(raw.flags, raw.value) : undefined
      return data ? [data] : []
    })
  }
  const push = (length: number, maxRetransmits?: number): boolean =>
    queue.push({
      streamId: 0,
      ppid: 53,
      data: new Uint8Array(length),
      unordered: false,
      maxRetransmits,
      expiresAt: undefined,
      ssn: 0,
      firstTsn: 0,
      sent: 0,
      abandoned: false,
    })
  const sack: Sender['sack'] = (now, offset, gaps = [], window = 1_000_000) =>
    outbound.handleSack(now, { cumulativeTsn: (INITIAL_TSN + offset) >>> 0, window, gaps, duplicates: [] })
  return { outbound, queue, packet, push, sack }
}

/** TSN offsets of the chunks. */
function offsets(chunks: readonly DataChunk[]): number[] {
  return chunks.map((chunk) => (chunk.tsn - INITIAL_TSN) >>> 0)
}

describe('windows', () => {
  it('stops at the congestion window and grows it in slow start', () => {
    const { packet, push, sack } = sender()
    push(100_000)
    let packets = 0
    while (packet(0).length > 0) packets++
    expect(packets).toBe(10)
    sack(50, 1)
    let more = 0
    while (packet(50).length > 0) more++
    expect(more).toBe(3) // two acknowledged, one won
  })

  it('respects the window of the peer and keeps one chunk as a probe', () => {
    const { packet, push, sack } = sender(3000)
    push(20_000)
    expect(packet(0).length + packet(0).length + packet(0).length).toBe(2)
    sack(10, 1, [], 0)
    expect(packet(10)).toHaveLength(1)
    expect(packet(10)).toHaveLength(0)
    sack(20, 2, [], 10_000)
    expect(packet(20)).toHaveLength(1)
  })

  it('shares a packet between small messages and leaves no tiny fragments', () => {
    const { packet, push } = sender()
    for (const length of [100, 200, 700, 5000]) push(length)
    expect(packet(0).map((chunk) => chunk.data.length)).toEqual([100, 200, 700])
    expect(packet(0).map((chunk) => [chunk.data.length, chunk.begin, chunk.end])).toEqual([
      [1120, true, false],
    ])
  })
})

describe('loss', () => {
  it('repeats a chunk after three reports, once per proof', () => {
    const { outbound, packet, push, sack } = sender()
    push(50_000)
    while (packet(0).length > 0);
    sack(50, -1, [{ start: 2, end: 2 }])
    sack(51, -1, [{ start: 2, end: 3 }])
    expect(outbound.retransmittedChunks).toBe(0)
    sack(52, -1, [{ start: 2, end: 4 }])
    expect(offsets(packet(52))[0]).toBe(0)
    for (let end = 5; end < 11; end++) sack(53 + end, -1, [{ start: 2, end }])
    while (packet(70).length > 0);
    expect(outbound.retransmittedChunks).toBe(1)
    // Word of chunks sent after the repetition proves that it was lost too.
    const newest = (outbound.lastTsn - INITIAL_TSN) >>> 0
    expect(newest).toBeGreaterThan(11)
    for (let end = newest - 1; end <= newest + 1; end++) sack(90, -1, [{ start: 2, end }])
    while (packet(90).length > 0);
    expect(outbound.retransmittedChunks).toBe(2)
  })

  it('loses everything old at a timeout and begins with one packet', () => {
    const { outbound, packet, push } = sender()
    push(50_000)
    while (packet(0).length > 0);
    outbound.handleTimeout(1000)
    expect(offsets(packet(1000))).toEqual([0])
    expect(packet(1000)).toEqual([])
    expect(outbound.wantsTimer).toBe(true)
  })

  it('takes a gap acknowledgement back when the peer does', () => {
    const { packet, push, sack, queue } = sender()
    push(3000)
    while (packet(0).length > 0);
    sack(10, -1, [{ start: 2, end: 3 }])
    sack(20, 0)
    expect(queue.heldBytes).toBeGreaterThan(1500)
    sack(30, 2)
    expect(queue.heldBytes).toBe(0)
  })
})

describe('impossible SACKs', () => {
  it.each([
    ['acknowledges what was never sent', 40, []],
    ['is older than the last', -2, []],
    ['has a gap beyond the last TSN', -1, [{ start: 2, end: 4 }]],
    ['has a gap upside down', -1, [{ start: 2, end: 1 }]],
    ['has a gap of distance zero', -1, [{ start: 0, end: 1 }]],
  ])('change nothing: %s', (_, offset, gaps) => {
    const { packet, push, sack, queue } = sender()
    push(3000)
    while (packet(0).length > 0);
    const before = queue.heldBytes
    expect(sack(10, offset, gaps)).toBe('stale')
    expect(queue.heldBytes).toBe(before)
  })
})

describe('giving up', () => {
  it('tells the peer how far to skip and forgets the message', () => {
    const { outbound, packet, push, sack, queue } = sender()
    push(3000, 0)
    push(10)
    while (packet(0).length > 0);
    for (let round = 0; round < 3; round++) sack(50 + round, 0, [{ start: 2, end: 2 + Math.min(round, 1) }])
    expect(outbound.hasForwardTsn).toBe(false)
    outbound.handleTimeout(1000)
    expect(outbound.abandonedMessages).toBe(1)
    const forward = outbound.takeForwardTsn(1000)
    expect(Buffer.from(forward ?? []).toString('hex')).toBe('c000000cfffffff200000000')
    expect(outbound.takeForwardTsn(1000)).toBeUndefined()
    sack(1050, 3)
    expect(queue.heldBytes).toBe(0)
    expect(outbound.wantsTimer).toBe(false)
  })
})

describe('RoundTrip', () => {
  it('follows RFC 9260, 6.3.1, between its bounds', () => {
    const roundTrip = new RoundTrip()
    expect(roundTrip.rto).toBe(RTO_INITIAL_MS)
    roundTrip.measure(400)
    expect(roundTrip.rto).toBe(400 + 4 * 200)
    roundTrip.measure(400)
    expect(roundTrip.rto).toBe(400 + 4 * 150)
    for (let round = 0; round < 100; round++) roundTrip.measure(5)
    expect(roundTrip.rto).toBe(RTO_MIN_MS)
  })
})

describe('CongestionWindow', () => {
  it('halves on fast retransmit, falls to one packet on timeout, grows by one packet per window afterwards', () => {
    const window = new CongestionWindow(1000, 1_000_000)
    window.grow(5000, true)
    expect(window.size).toBe(11_000)
    window.onFastRetransmit()
    expect(window.size).toBe(5500)
    window.grow(5500, true) // slow start ends at the threshold, which is the window
    expect(window.size).toBe(6500)
    window.grow(6000, true)
    expect(window.size).toBe(6500)
    window.grow(600, true)
    expect(window.size).toBe(7500)
    window.onTimeout()
    expect(window.size).toBe(1000)
    window.grow(1000, false)
    expect(window.size).toBe(1000)
  })

  it('shrinks while idle, but not below its first size', () => {
    const window = new CongestionWindow(1000, 1_000_000)
    window.onUse(0, 400)
    for (let round = 0; round < 70; round++) window.grow(1000, true)
    window.onUse(100, 400)
    expect(window.size).toBe(80_000)
    window.onUse(900, 400)
    expect(window.size).toBe(20_000)
    window.onUse(100_000, 400)
    expect(window.size).toBe(10_000)
  })
})
