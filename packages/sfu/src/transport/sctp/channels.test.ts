// Data channels: opening from both sides, limits, closing by stream reset and using a stream again.
import { describe, expect, it } from 'vitest'
import { ChunkType, encodeDataHeader } from './chunks.ts'
import { encodeDcepOpen } from './dcep.ts'
import { MAX_CHANNELS } from './limits.ts'
import { concatBytes } from './parameters.ts'
import { chunkTypes, packetOf, tagOf, TestLink, testMessage } from './test-link.ts'

const TEXT = new TextEncoder()

describe('opening', () => {
  it('announces the channel with its parameters and confirms it', () => {
    const link = new TestLink().connect()
    const channel = { streamId: 6, label: 'Käse', protocol: 'p', ordered: false, maxRetransmits: 3 }
    expect(link.a.association.openChannel(link.now, channel)).toBe(true)
    expect(link.a.association.openChannel(link.now, channel)).toBe(false)
    link.run(100)
    expect(link.b.events.at(-1)).toEqual({ kind: 'channel', maxLifetimeMs: undefined, ...channel })
    expect(link.a.events.at(-1)).toEqual({ kind: 'channel-open', streamId: 6 })
  })

  it('may come before the handshake', () => {
    const link = new TestLink()
    link.a.association.openChannel(0, { streamId: 0, label: 'early', ordered: true })
    expect(link.a.association.send(0, 0, testMessage(1, 2000), true)).toBe('queued')
    link.a.association.openChannel(0, { streamId: 2, label: 'given up', ordered: true })
    link.a.association.closeChannel(0, 2)
    link.connect().run(200)
    expect(link.b.kinds).toEqual(['connected', 'channel', 'message'])
    expect(link.a.events).toContainEqual({ kind: 'channel-closed', streamId: 2 })
  })

  it('carries text, binary and empty messages of both kinds', () => {
    const link = new TestLink().connect()
    link.a.association.openChannel(link.now, { streamId: 0, label: 'x', ordered: true })
    link.a.association.send(link.now, 0, TEXT.encode('Grüße'), false)
    link.a.association.send(link.now, 0, new Uint8Array(0), false)
    link.a.association.send(link.now, 0, Uint8Array.of(0), true)
    link.a.association.send(link.now, 0, new Uint8Array(0), true)
    link.run(200)
    expect(link.b.events.filter((event) => event.kind === 'message')).toEqual([
      { kind: 'message', streamId: 0, binary: false, data: TEXT.encode('Grüße') },
      { kind: 'message', streamId: 0, binary: false, data: new Uint8Array(0) },
      { kind: 'message', streamId: 0, binary: true, data: Uint8Array.of(0) },
      { kind: 'message', streamId: 0, binary: true, data: new Uint8Array(0) },
    ])
  })

  it('sends in order until the peer has confirmed an unordered channel', () => {
    const link = new TestLink({ seed: 41, minDelay: 50 }).connect()
    let isLost = false
    link.drop = (from, packet) => {
      if (from !== 'a' || isLost || !chunkTypes(packet).includes(ChunkType.data)) return false
      isLost = true
      return true
    }
    link.a.association.openChannel(link.now, { streamId: 0, label: 'u', ordered: false })
    link.run(1)
    for (let index = 0; index < 5; index++) {
      link.a.association.send(link.now, 0, testMessage(index, 1000), true)
      link.run(1)
    }
    link.run(5000)
    expect(link.b.messages(0)).toHaveLength(5)
  })

  it('refuses more than 32 channels by resetting their streams', () => {
    const link = new TestLink().connect()
    for (let index = 0; index <= MAX_CHANNELS; index++) {
      const open = encodeDcepOpen({
        label: `c${index}`,
        protocol: '',
        ordered: true,
        maxRetransmits: undefined,
        maxLifetimeMs: undefined,
      })
      const header = encodeDataHeader({
        tsn: (firstTsnOfA(link) + index) >>> 0,
        streamId: index,
        ssn: 0,
        ppid: 50,
        unordered: false,
        begin: true,
        end: true,
        immediate: false,
        data: open,
      })
      link.b.association.handlePacket(
        link.now,
        packetOf(tagOf(link.a.sent.at(-1)), [concatBytes([header, open])]),
      )
    }
    link.run(100)
    expect(link.b.kinds.filter((kind) => kind === 'channel')).toHaveLength(MAX_CHANNELS)
    expect(link.b.sent.flatMap(chunkTypes)).toContain(ChunkType.reconfig)
    expect(link.b.association.counters.droppedMessages).toBe(1)
  })
})

function firstTsnOfA(link: TestLink): number {
  const init = link.a.sent[0] ?? new Uint8Array(32)
  return new DataView(init.buffer, init.byteOffset).getUint32(28)
}

describe('closing', () => {
  it.each([0, 0.3])('delivers what is queued and closes both sides (loss %d)', (loss) => {
    const link = new TestLink({ seed: 42, loss: 0, minDelay: 10, maxDelay: 30 }).connect()
    link.a.association.openChannel(link.now, { streamId: 0, label: 'x', ordered: true })
    link.run(200)
    link.options = { ...link.options, loss }
    for (let index = 0; index < 10; index++)
      link.a.association.send(link.now, 0, testMessage(index, 9000), true)
    link.a.association.closeChannel(link.now, 0)
    expect(link.a.association.send(link.now, 0, testMessage(0, 1), true)).toBe('not-open')
    link.run(60_000)
    expect(link.b.messages(0)).toHaveLength(10)
    expect(link.b.events.at(-1)).toEqual({ kind: 'channel-closed', streamId: 0 })
    expect(link.a.events.filter((event) => event.kind === 'channel-closed')).toHaveLength(1)
    expect(link.b.association.send(link.now, 0, testMessage(0, 1), true)).toBe('not-open')
  })

  it('lets the stream be used again, with sequence numbers from 0', () => {
    const link = new TestLink({ seed: 43, loss: 0.2, minDelay: 5, maxDelay: 25 }).connect()
    for (let round = 0; round < 10; round++) {
      const isOpen = link.a.association.openChannel(link.now, {
        streamId: 0,
        label: `r${round}`,
        ordered: true,
      })
      expect(isOpen).toBe(true)
      link.a.association.send(link.now, 0, testMessage(round, 3000), true)
      expect(link.runUntil(() => link.b.messages(0).length === round + 1, 30_000)).toBe(true)
      link.b.association.send(link.now, 0, testMessage(round, 10), true)
      expect(link.runUntil(() => link.a.messages(0).length === round + 1, 30_000)).toBe(true)
      const closer = round % 2 === 0 ? link.a : link.b
      closer.association.closeChannel(link.now, 0)
      link.run(20_000)
    }
    expect(link.b.messages(0)).toEqual(Array.from({ length: 10 }, (_, round) => testMessage(round, 3000)))
    expect(link.b.kinds.filter((kind) => kind === 'channel-closed')).toHaveLength(10)
  })

  it('holds a new channel back while the answer to the reset of the old one is missing', () => {
    const link = new TestLink({ seed: 46, minDelay: 10 }).connect()
    link.a.association.openChannel(link.now, { streamId: 0, label: 'old', ordered: true })
    link.run(200)
    let requests = 0
    // Everything of `a` that answers the reset of `b` is lost for a while.
    link.drop = (from, packet) => {
      if (!chunkTypes(packet).includes(ChunkType.reconfig)) return false
      return from === 'a' && requests++ > 0 && link.now < 3000
    }
    link.a.association.closeChannel(link.now, 0)
    link.run(100)
    expect(link.a.association.openChannel(link.now, { streamId: 0, label: 'new', ordered: true })).toBe(true)
    link.run(1000)
    expect(link.b.events.at(-1)).toMatchObject({ kind: 'channel', label: 'new' })
    expect(link.a.kinds.filter((kind) => kind === 'channel-open')).toHaveLength(1)
    link.run(5000)
    expect(link.a.kinds.filter((kind) => kind === 'channel-open')).toHaveLength(2)
    link.b.association.send(link.now, 0, testMessage(1, 10), true)
    link.run(100)
    expect(link.a.messages(0)).toEqual([testMessage(1, 10)])
  })

  it('works when both sides close the same channel at once', () => {
    const link = new TestLink({ seed: 44, minDelay: 30 }).connect()
    link.a.association.openChannel(link.now, { streamId: 0, label: 'x', ordered: true })
    link.run(200)
    link.a.association.closeChannel(link.now, 0)
    link.b.association.closeChannel(link.now, 0)
    link.run(5000)
    for (const end of [link.a, link.b]) {
      expect(end.kinds.filter((kind) => kind === 'channel-closed')).toHaveLength(1)
    }
    expect(link.a.association.openChannel(link.now, { streamId: 0, label: 'y', ordered: true })).toBe(true)
    link.run(200)
    expect(link.b.events.at(-1)).toMatchObject({ kind: 'channel', label: 'y' })
  })

  it('drops what the refusing side had not sent yet', () => {
    const link = new TestLink({ seed: 45, minDelay: 30 }).connect()
    link.a.association.openChannel(link.now, { streamId: 0, label: 'x', ordered: true })
    link.run(200)
    for (let index = 0; index < 30; index++)
      link.b.association.send(link.now, 0, testMessage(index, 60_000), true)
    link.a.association.closeChannel(link.now, 0)
    link.run(60_000)
    expect(link.b.association.heldBytes).toBe(0)
    expect(link.a.messages(0).length).toBeLessThan(10)
    expect(link.b.kinds).toContain('channel-closed')
  })
})
