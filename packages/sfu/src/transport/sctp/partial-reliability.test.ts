// Messages that may be given up: FORWARD-TSN in both roles, no stalls, no halves, no leaks (RFC 3758).
import { describe, expect, it } from 'vitest'
import { ChunkType, decodeData } from './chunks.ts'
import { decodePacket } from './packet.ts'
import { chunkTypes, TestLink, testMessage } from './test-link.ts'
import type { OpenChannelOptions } from './types.ts'

function openLink(link: TestLink, channel: Omit<OpenChannelOptions, 'streamId' | 'label'>): TestLink {
  link.connect()
  link.a.association.openChannel(link.now, { streamId: 0, label: 'p', ...channel })
  link.runUntil(() => link.a.kinds.includes('channel-open'), 20_000)
  return link
}

/** Number inside a message made by `numbered`. */
function numberOf(data: Uint8Array): number {
  return new DataView(data.buffer, data.byteOffset).getUint32(0)
}

function numbered(number: number, length: number): Uint8Array {
  const data = testMessage(number, length)
  new DataView(data.buffer).setUint32(0, number)
  return data
}

/** How often each DATA chunk of a side was sent. */
function transmissions(packets: readonly Uint8Array[]): number[] {
  const counts = new Map<number, number>()
  for (const packet of packets) {
    for (const chunk of decodePacket(packet)?.chunks ?? []) {
      const data = chunk.type === ChunkType.data ? decodeData(chunk.flags, chunk.value) : undefined
      if (data?.ppid === 53) counts.set(data.tsn, (counts.get(data.tsn) ?? 0) + 1)
    }
  }
  return [...counts.values()]
}

describe('unordered without repetition (`_lossy`)', () => {
  it('sends nothing twice, delivers what arrives at once and cleans up', () => {
    const link = openLink(new TestLink({ seed: 31, loss: 0.1, minDelay: 20, maxDelay: 30 }), {
      ordered: false,
      maxRetransmits: 0,
    })
    const sentAt: number[] = []
    let latest = 0
    let received = 0
    link.b.onEvent = (event) => {
      if (event.kind !== 'message') return
      received++
      latest = Math.max(latest, link.now - (sentAt[numberOf(event.data)] ?? 0))
    }
    for (let index = 0; index < 1000; index++) {
      sentAt.push(link.now)
      expect(link.a.association.send(link.now, 0, numbered(index, 200), true)).toBe('queued')
      link.run(20)
    }
    link.run(10_000)
    expect(received).toBeGreaterThan(860)
    expect(received).toBeLessThan(950)
    // Never held up by a lost neighbour: only the way itself.
    expect(latest).toBeLessThan(31)
    expect(Math.max(...transmissions(link.a.sent))).toBe(1)
    expect(link.a.association.counters.abandonedMessages).toBeGreaterThan(40)
    expect(link.a.association.heldBytes).toBe(0)
    expect(link.a.association.bufferedAmount(0)).toBe(0)
  })

  it('never delivers half a message', () => {
    const link = openLink(new TestLink({ seed: 32, loss: 0.1, duplicates: 0.1, minDelay: 5, maxDelay: 60 }), {
      ordered: false,
      maxRetransmits: 0,
    })
    for (let index = 0; index < 300; index++) {
      link.a.association.send(link.now, 0, numbered(index, 4 + ((index * 977) % 12_000)), true)
      link.run(30)
    }
    link.run(10_000)
    const received = link.b.messages(0)
    expect(received.length).toBeGreaterThan(50)
    for (const data of received) {
      const index = numberOf(data)
      expect(data).toEqual(numbered(index, 4 + ((index * 977) % 12_000)))
    }
    expect(new Set(received.map(numberOf)).size).toBe(received.length)
    expect(link.a.association.heldBytes).toBe(0)
  })
})

describe('ordered with limits', () => {
  it.each([0, 1, 3])('keeps the order and skips what was given up (maxRetransmits %d)', (maxRetransmits) => {
    const link = openLink(new TestLink({ seed: 33, loss: 0.3, minDelay: 10, maxDelay: 40 }), {
      ordered: true,
      maxRetransmits,
    })
    for (let index = 0; index < 500; index++) {
      link.a.association.send(link.now, 0, numbered(index, 100 + (index % 7) * 500), true)
      link.run(60)
    }
    link.run(120_000)
    const numbers = link.b.messages(0).map(numberOf)
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    expect(numbers.length).toBeGreaterThan(100)
    expect(Math.max(...transmissions(link.a.sent))).toBeLessThanOrEqual(maxRetransmits + 1)
    expect(link.a.association.heldBytes).toBe(0)
    // The stream is alive after all the skipping.
    link.options = { ...link.options, loss: 0 }
    link.a.association.send(link.now, 0, numbered(9999, 50), true)
    link.run(5000)
    expect(link.b.messages(0).map(numberOf).at(-1)).toBe(9999)
  })

  it('drops expired messages before they are sent', () => {
    const link = openLink(new TestLink({ seed: 34, minDelay: 10 }), { ordered: true, maxLifetimeMs: 500 })
    link.drop = () => true
    for (let index = 0; index < 50; index++)
      link.a.association.send(link.now, 0, numbered(index, 20_000), true)
    link.run(3000)
    link.drop = () => false
    link.a.association.send(link.now, 0, numbered(77, 100), true)
    link.run(5000)
    expect(link.b.messages(0).map(numberOf)).toEqual([77])
    expect(link.a.association.heldBytes).toBe(0)
  })
})

describe('FORWARD-TSN', () => {
  it('is repeated when it is lost', () => {
    const link = openLink(new TestLink({ seed: 35 }), { ordered: true, maxRetransmits: 0 })
    let lostForwards = 0
    let isFirstData = true
    link.drop = (from, packet) => {
      if (from !== 'a') return false
      const types = chunkTypes(packet)
      if (types.includes(ChunkType.data) && isFirstData) return !(isFirstData = false)
      return types.includes(ChunkType.forwardTsn) && lostForwards++ < 2
    }
    link.a.association.send(link.now, 0, numbered(1, 100), true)
    link.run(100)
    link.a.association.send(link.now, 0, numbered(2, 100), true)
    link.run(10_000)
    expect(lostForwards).toBeGreaterThan(2)
    expect(link.b.messages(0).map(numberOf)).toEqual([2])
  })

  it('hands out complete messages that waited behind a skipped one', () => {
    const link = openLink(new TestLink({ seed: 36 }), { ordered: true, maxRetransmits: 0 })
    let count = 0
    link.drop = (from, packet) => {
      const isData = from === 'a' && chunkTypes(packet).includes(ChunkType.data)
      return isData && [0, 2].includes(count++)
    }
    for (let index = 0; index < 8; index++) {
      link.a.association.send(link.now, 0, numbered(index, 1000), true)
      link.run(1)
    }
    link.run(5000)
    expect(link.b.messages(0).map(numberOf)).toEqual([1, 3, 4, 5, 6, 7])
  })
})
