// Data over good and bad links: complete, in order and byte-exact where promised, never wrong where not.
import { describe, expect, it } from 'vitest'
import { ChunkType } from './chunks.ts'
import { SEND_BUFFER_BYTES } from './limits.ts'
import {
  bytesWithTsn,
  chunkTypes,
  type LinkOptions,
  seededNumbers,
  TestLink,
  testMessage,
} from './test-link.ts'

const LINKS: readonly (readonly [string, LinkOptions])[] = [
  ['a clean link', { seed: 1, minDelay: 5 }],
  ['5 % loss', { seed: 2, loss: 0.05, minDelay: 20, maxDelay: 25 }],
  ['30 % loss', { seed: 3, loss: 0.3, minDelay: 5, maxDelay: 15 }],
  ['heavy reordering and duplicates', { seed: 4, duplicates: 0.2, minDelay: 5, maxDelay: 200 }],
  ['everything at once', { seed: 5, loss: 0.2, duplicates: 0.1, minDelay: 5, maxDelay: 200 }],
]

/** Lengths from 1 byte to 60 kB, small ones far more often. */
function lengths(seed: number, count: number): number[] {
  const next = seededNumbers(seed)
  return Array.from({ length: count }, () => Math.max(1, Math.floor(60_000 * next() ** 12)))
}

/** Pushes all messages as the buffer allows, until `b` has received them. */
function transfer(link: TestLink, streamId: number, messages: readonly Uint8Array[], limit: number): void {
  let index = 0
  let received = 0
  link.b.onEvent = (event) => {
    if (event.kind === 'message' && event.streamId === streamId) received++
  }
  const pump = (): boolean => {
    while (index < messages.length) {
      const message = messages[index] ?? new Uint8Array(0)
      if (link.a.association.send(link.now, streamId, message, true) !== 'queued') break
      index++
    }
    return received >= messages.length
  }
  expect(link.runUntil(pump, limit)).toBe(true)
}

describe('a reliable ordered channel', () => {
  it.each(LINKS)('delivers 2,000 messages byte-exact over %s', (_, options) => {
    const link = new TestLink(options).connect()
    link.a.association.openChannel(link.now, { streamId: 0, label: 'r', ordered: true })
    const messages = lengths(options.seed ?? 0, 2000).map((length, index) => testMessage(index, length))
    transfer(link, 0, messages, 3_600_000)
    const received = link.b.messages(0)
    expect(received.length).toBe(messages.length)
    received.forEach((data, index) => expect(Buffer.compare(data, messages[index] ?? data)).toBe(0))
    link.run(10_000)
    expect(link.a.association.heldBytes).toBe(0)
  })

  it('carries TSN and SSN over their ends', () => {
    const a = { random: bytesWithTsn(9, 0xffff_fffd) }
    const b = { random: bytesWithTsn(10, 0) }
    const link = new TestLink({ seed: 6, loss: 0.1, minDelay: 1, maxDelay: 3 }, a, b).connect()
    link.a.association.openChannel(link.now, { streamId: 2, label: 'w', ordered: true })
    const messages = Array.from({ length: 66_000 }, (_, index) => testMessage(index, 2 + (index & 3)))
    let index = 0
    let received = 0
    let wrong = 0
    link.b.onEvent = (event) => {
      if (event.kind !== 'message') return
      if (Buffer.compare(event.data, messages[received++] ?? event.data) !== 0) wrong++
    }
    const done = link.runUntil(() => {
      for (let burst = 0; burst < 400 && index < messages.length; burst++, index++) {
        if (link.a.association.send(link.now, 2, messages[index] ?? new Uint8Array(1), false) !== 'queued')
          break
      }
      return received === messages.length
    }, 600_000)
    expect(done).toBe(true)
    expect(wrong).toBe(0)
  })

  it('keeps several channels and both directions apart', () => {
    const link = new TestLink({ seed: 7, loss: 0.1, minDelay: 10, maxDelay: 60 }).connect()
    for (const streamId of [0, 2, 4]) {
      link.a.association.openChannel(link.now, { streamId, label: `c${streamId}`, ordered: true })
    }
    link.runUntil(() => link.b.kinds.filter((kind) => kind === 'channel').length === 3, 10_000)
    for (let index = 0; index < 100; index++) {
      for (const streamId of [0, 2, 4]) {
        const message = testMessage(index + streamId, 1 + index * 40)
        link.a.association.send(link.now, streamId, message, true)
        link.b.association.send(link.now, streamId, message, true)
      }
    }
    link.run(120_000)
    for (const end of [link.a, link.b]) {
      for (const streamId of [0, 2, 4]) {
        const expected = Array.from({ length: 100 }, (_, index) =>
          testMessage(index + streamId, 1 + index * 40),
        )
        expect(end.messages(streamId)).toEqual(expected)
      }
    }
  })
})

describe('an unordered reliable channel', () => {
  it('delivers everything once, in any order', () => {
    const link = new TestLink({ seed: 8, loss: 0.15, duplicates: 0.1, minDelay: 5, maxDelay: 100 }).connect()
    link.a.association.openChannel(link.now, { streamId: 0, label: 'u', ordered: false })
    link.runUntil(() => link.a.kinds.includes('channel-open'), 10_000)
    const messages = lengths(8, 500).map((length, index) => testMessage(index, length + 2))
    transfer(link, 0, messages, 600_000)
    link.run(5000)
    const key = (data: Uint8Array): string => Buffer.from(data).toString('base64')
    const received = link.b.messages(0).map(key)
    expect(received.toSorted()).toEqual(messages.map(key).toSorted())
    expect(received).not.toEqual(messages.map(key))
  })
})

describe('timing', () => {
  it('lets acknowledgements travel with data', () => {
    const link = new TestLink({ seed: 12, minDelay: 10 }).connect()
    link.a.association.openChannel(link.now, { streamId: 0, label: 'x', ordered: true })
    link.run(200)
    link.b.onEvent = (event) => {
      if (event.kind === 'message') link.b.association.send(link.now, 0, event.data, true)
    }
    const before = link.b.sent.length
    for (let index = 0; index < 50; index++) {
      link.a.association.send(link.now, 0, testMessage(index, 100), true)
      link.run(50)
    }
    const types = link.b.sent.slice(before).map((packet) => chunkTypes(packet).join())
    expect(types).toEqual(Array.from({ length: 50 }, () => `${ChunkType.sack},${ChunkType.data}`))
  })

  it('starts the retransmission timer anew when the oldest chunk is repeated', () => {
    const link = new TestLink({ seed: 13, minDelay: 50 }).connect()
    link.a.association.openChannel(link.now, { streamId: 0, label: 'x', ordered: true })
    link.run(1000)
    let isFirst = true
    link.drop = (from, packet) => {
      const isLost = isFirst && from === 'a' && chunkTypes(packet).includes(ChunkType.data)
      if (isLost) isFirst = false
      return isLost
    }
    for (let index = 0; index < 12; index++) {
      link.a.association.send(link.now, 0, testMessage(index, 100), true)
      link.run(20)
      if (link.a.association.counters.retransmittedChunks > 0) break
    }
    expect(link.a.association.counters.retransmittedChunks).toBe(1)
    expect(link.a.association.deadline()).toBeGreaterThan(link.now + 350)
  })

  it('learns a round trip that has grown far beyond the timeout', () => {
    const link = new TestLink({ seed: 14, minDelay: 20 }).connect()
    link.a.association.openChannel(link.now, { streamId: 0, label: 'x', ordered: true })
    const sendFor = (seconds: number): number => {
      const before = link.a.association.counters.retransmittedChunks
      for (let index = 0; index < seconds * 10; index++) {
        link.a.association.send(link.now, 0, testMessage(index, 500), true)
        link.run(100)
      }
      return link.a.association.counters.retransmittedChunks - before
    }
    expect(sendFor(5)).toBe(0)
    link.options = { ...link.options, minDelay: 700, maxDelay: 700 }
    expect(sendFor(20)).toBeGreaterThan(0)
    expect(sendFor(20)).toBe(0)
  })
})

describe('back-pressure', () => {
  it('refuses messages beyond the send buffer and takes them again later', () => {
    const link = new TestLink({ seed: 9, minDelay: 10 }).connect()
    link.a.association.openChannel(link.now, { streamId: 0, label: 'b', ordered: true })
    const message = testMessage(1, 60_000)
    let queued = 0
    while (link.a.association.send(link.now, 0, message, true) === 'queued') queued++
    expect(queued).toBe(Math.floor(SEND_BUFFER_BYTES / 60_128))
    expect(link.a.association.bufferedAmount(0)).toBeGreaterThanOrEqual(queued * 60_000)
    expect(link.a.association.heldBytes).toBeLessThanOrEqual(SEND_BUFFER_BYTES)
    link.run(20_000)
    expect(link.b.messages(0).length).toBe(queued)
    expect(link.a.association.bufferedAmount(0)).toBe(0)
    expect(link.a.association.heldBytes).toBe(0)
    expect(link.a.association.send(link.now, 0, message, true)).toBe('queued')
  })

  it('counts tiny messages with their overhead', () => {
    const link = new TestLink({ seed: 10 }).connect()
    link.a.association.openChannel(link.now, { streamId: 0, label: 'b', ordered: true })
    const message = new Uint8Array(1)
    let queued = 0
    while (link.a.association.send(link.now, 0, message, true) === 'queued') queued++
    expect(queued).toBeLessThan(SEND_BUFFER_BYTES / 128)
  })

  it('lets a small message of one channel pass the backlog of another', () => {
    const link = new TestLink({ seed: 11, minDelay: 20 }).connect()
    link.a.association.openChannel(link.now, { streamId: 0, label: 'bulk', ordered: true })
    link.a.association.openChannel(link.now, { streamId: 2, label: 'quick', ordered: true })
    link.run(200)
    for (let index = 0; index < 50; index++)
      link.a.association.send(link.now, 0, testMessage(index, 60_000), true)
    link.a.association.send(link.now, 2, testMessage(0, 10), true)
    link.runUntil(() => link.b.messages(2).length === 1, 60_000)
    expect(link.b.messages(0).length).toBeLessThan(3)
  })
})
