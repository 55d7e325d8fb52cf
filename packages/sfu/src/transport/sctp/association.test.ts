// Beginning and end of an association: handshake from one or both sides, loss, restart, shutdown, abort, timeouts.
import { describe, expect, it } from 'vitest'
import { SctpAssociation } from './association.ts'
import { ChunkType, decodeInit, encodeChunk } from './chunks.ts'
import { readInit } from './handshake.ts'
import { decodePacket } from './packet.ts'
import { encodeParameter, ErrorCause } from './parameters.ts'
import { chunkTypes, packetOf, seededBytes, tagOf, TestLink, testMessage } from './test-link.ts'

const EMPTY = new Uint8Array(0)

/** A connected link with an open channel 0 of `a`. */
function openLink(link: TestLink = new TestLink()): TestLink {
  link.connect()
  link.a.association.openChannel(link.now, { streamId: 0, label: 'x', ordered: true })
  link.runUntil(() => link.a.kinds.includes('channel-open'), 60_000)
  return link
}

function packetsOfType(packets: readonly Uint8Array[], type: number): number {
  return packets.filter((packet) => chunkTypes(packet).includes(type)).length
}

describe('handshake', () => {
  it('takes four packets when one side is active', () => {
    const link = new TestLink().connect()
    expect(link.a.sent.map(chunkTypes)).toEqual([[ChunkType.init], [ChunkType.cookieEcho]])
    expect(link.b.sent.map(chunkTypes)).toEqual([[ChunkType.initAck], [ChunkType.cookieAck]])
  })

  it('works when both sides send INIT at once', () => {
    const link = openLink(new TestLink({ minDelay: 20 }, {}, { active: true }))
    expect(link.a.kinds.filter((kind) => kind === 'connected')).toHaveLength(1)
    expect(link.b.kinds.filter((kind) => kind === 'connected')).toHaveLength(1)
    expect(link.b.kinds).toContain('channel')
  })

  it.each([11, 12, 13, 14, 15, 16])('survives loss and duplicates when both are active (seed %d)', (seed) => {
    const options = { seed, loss: 0.4, duplicates: 0.3, minDelay: 5, maxDelay: 300 }
    const link = openLink(new TestLink(options, {}, { active: true }))
    for (const end of [link.a, link.b])
      expect(end.kinds.filter((kind) => kind === 'connected')).toHaveLength(1)
    link.b.association.send(link.now, 0, testMessage(1, 5000), true)
    link.run(60_000)
    expect(link.a.messages(0)).toEqual([testMessage(1, 5000)])
  })

  it('claims FORWARD-TSN and RE-CONFIG but neither I-DATA nor more than 1,024 streams', () => {
    const link = new TestLink().connect()
    const chunk = decodePacket(link.a.sent[0] ?? EMPTY)?.chunks[0]
    const init = decodeInit(chunk?.value ?? EMPTY)
    expect(init && readInit(init)?.peer).toMatchObject({
      forwardTsn: true,
      reconfig: true,
      outboundStreams: 1024,
      inboundStreams: 1024,
      window: 1_048_576,
    })
    expect([...(chunk?.value ?? [])].join()).toContain([0x80, 0x08, 0, 6, 0xc0, 0x82].join())
  })

  it('reports unknown INIT parameters as their high bits ask', () => {
    const link = new TestLink().connect()
    const init = link.a.sent[0]?.slice(12) ?? EMPTY
    const unknown = [0xc123, 0x8123, 0x4123, 0xc124].map((type) =>
      encodeParameter(type, Uint8Array.of(1, 2, 3)),
    )
    const chunk = new Uint8Array([...init, ...unknown.flatMap((parameter) => [...parameter])])
    new DataView(chunk.buffer).setUint16(2, chunk.length)
    const fresh = new SctpAssociation({ random: seededBytes(4) })
    fresh.start(0)
    fresh.handlePacket(0, packetOf(0, [chunk]))
    const event = fresh.next()
    const answer = event?.kind === 'send' ? decodePacket(event.packet)?.chunks[0]?.value : undefined
    const text = Buffer.from(answer ?? EMPTY).toString('hex')
    const reported = (type: string): boolean => text.includes(`0008000b${type}0007010203`)
    // 0xc123: skip and report; 0x8123: skip; 0x4123: stop and report, so 0xc124 is never looked at.
    expect([reported('c123'), reported('8123'), reported('4123'), reported('c124')]).toEqual([
      true,
      false,
      true,
      false,
    ])
  })

  it('gives up when nobody answers INIT', () => {
    const link = new TestLink({ loss: 1 })
    link.a.association.start(0)
    link.run(60_000)
    expect(link.a.events).toEqual([{ kind: 'closed', reason: 'handshake-timeout' }])
    expect(packetsOfType(link.a.sent, ChunkType.init)).toBe(9)
    expect(link.a.association.deadline()).toBeUndefined()
  })

  it('begins again after a stale cookie', () => {
    const link = new TestLink({ minDelay: 5 })
    let held: Uint8Array | undefined
    link.drop = (from, packet) => {
      if (from !== 'a' || held || !chunkTypes(packet).includes(ChunkType.cookieEcho)) return false
      held = packet.slice()
      return true
    }
    link.a.association.start(0)
    link.b.association.start(0)
    link.runUntil(() => held !== undefined, 1000)
    link.b.association.handlePacket(link.now + 61_000, held ?? EMPTY)
    const event = link.b.association.next()
    expect(event?.kind === 'send' && chunkTypes(event.packet)).toEqual([ChunkType.error])
    expect(link.b.kinds).toEqual([])
    if (event?.kind === 'send') link.a.association.handlePacket(link.now, event.packet)
    link.runUntil(() => link.a.kinds.includes('connected'), 5000)
    expect(packetsOfType(link.a.sent, ChunkType.init)).toBe(2)
    expect(link.b.kinds).toEqual(['connected'])
  })

  it('accepts no cookie in which the window of the peer was changed', () => {
    const link = new TestLink()
    link.drop = (from, packet) => {
      if (from === 'a' && chunkTypes(packet).includes(ChunkType.cookieEcho))
        packet[58] = (packet[58] ?? 0) ^ 1
      return false
    }
    link.a.association.start(0)
    link.run(5000)
    expect(link.b.kinds).toEqual([])
    // The same bytes with a good checksum: only the HMAC stands in the way.
    const cookie = decodePacketValue(link.a.sent.at(-1) ?? EMPTY)
    link.b.association.handlePacket(
      link.now,
      packetOf(tagOf(link.a.sent.at(-1)), [encodeChunk(10, 0, cookie)]),
    )
    expect(link.b.association.next()).toBeUndefined()
  })
})

/** Value of the first chunk without looking at the checksum. */
function decodePacketValue(packet: Uint8Array): Uint8Array {
  return packet.slice(16, 12 + new DataView(packet.buffer, packet.byteOffset).getUint16(14))
}

describe('restart', () => {
  it('replaces the association when the peer begins anew, and tells the application', () => {
    const link = openLink()
    link.b.association.send(link.now, 0, testMessage(1, 100_000), true)
    link.run(12)
    const events = link.b.events.length
    link.a.association = new SctpAssociation({ random: seededBytes(77), active: true })
    link.a.events.length = 0
    link.a.association.start(link.now)
    link.a.association.openChannel(link.now, { streamId: 0, label: 'again', ordered: true })
    link.runUntil(() => link.a.kinds.includes('channel-open'), 10_000)
    expect(link.b.events.slice(events)).toMatchObject([
      { kind: 'channel-closed', streamId: 0 },
      { kind: 'connected' },
      { kind: 'channel', label: 'again' },
    ])
    link.b.association.send(link.now, 0, testMessage(2, 3000), true)
    link.a.association.send(link.now, 0, testMessage(3, 3000), true)
    link.run(1000)
    expect(link.a.messages(0)).toEqual([testMessage(2, 3000)])
    expect(link.b.messages(0)).toEqual([testMessage(3, 3000)])
  })

  it('leaves the association alone when only an INIT arrives', () => {
    const link = openLink()
    const init = link.a.sent.find((packet) => chunkTypes(packet).includes(ChunkType.init)) ?? EMPTY
    for (let index = 0; index < 5; index++) link.b.association.handlePacket(link.now, init)
    link.a.association.send(link.now, 0, testMessage(1, 10), true)
    link.run(1000)
    expect(link.b.messages(0)).toEqual([testMessage(1, 10)])
  })
})

describe('shutdown', () => {
  it('delivers what is queued, then ends both sides in order', () => {
    const link = openLink(new TestLink({ seed: 21, loss: 0.2, minDelay: 10, maxDelay: 40 }))
    for (let index = 0; index < 20; index++)
      link.a.association.send(link.now, 0, testMessage(index, 5000), true)
    link.a.association.close(link.now)
    expect(link.a.association.send(link.now, 0, testMessage(1, 1), true)).toBe('not-open')
    link.run(60_000)
    expect(link.b.messages(0)).toHaveLength(20)
    expect(link.a.events.at(-1)).toEqual({ kind: 'closed', reason: 'local-shutdown' })
    expect(link.b.events.at(-1)).toEqual({ kind: 'closed', reason: 'peer-shutdown' })
    expect(link.a.association.deadline()).toBeUndefined()
    expect(link.b.association.deadline()).toBeUndefined()
  })

  it('ends in order when both sides close at once', () => {
    const link = openLink(new TestLink({ seed: 22, minDelay: 30 }))
    link.a.association.close(link.now)
    link.b.association.close(link.now)
    link.run(5000)
    for (const end of [link.a, link.b]) {
      expect(end.events.at(-1)).toEqual({ kind: 'closed', reason: 'local-shutdown' })
    }
  })

  it('aborts when the peer does not take part', () => {
    const link = openLink()
    link.drop = () => true
    link.a.association.close(link.now)
    link.run(16_000)
    expect(link.a.events.at(-1)).toEqual({ kind: 'closed', reason: 'local-shutdown' })
    expect(chunkTypes(link.a.sent.at(-1) ?? EMPTY)).toEqual([ChunkType.abort])
  })

  it('answers a late SHUTDOWN-ACK, because SHUTDOWN-COMPLETE was lost', () => {
    const link = openLink(new TestLink({ seed: 23 }))
    let isFirst = true
    link.drop = (_, packet) => {
      const isLost = isFirst && chunkTypes(packet).includes(ChunkType.shutdownComplete)
      if (isLost) isFirst = false
      return isLost
    }
    link.a.association.close(link.now)
    link.run(5000)
    expect(isFirst).toBe(false)
    expect(link.b.events.at(-1)).toEqual({ kind: 'closed', reason: 'peer-shutdown' })
  })

  it('before the handshake simply ends', () => {
    const association = new SctpAssociation({ random: seededBytes(1) })
    association.start(0)
    association.close(0)
    expect(association.next()).toEqual({ kind: 'closed', reason: 'local-shutdown' })
    expect(association.next()).toBeUndefined()
  })
})

describe('abort and silence', () => {
  it('tells the peer at once', () => {
    const link = openLink()
    link.a.association.abort(link.now)
    link.run(100)
    expect(link.a.events.at(-1)).toEqual({ kind: 'closed', reason: 'local-abort' })
    expect(link.b.events.at(-1)).toEqual({ kind: 'closed', reason: 'peer-abort' })
  })

  it('follows a message beyond the size limit', () => {
    const link = openLink(new TestLink({}, {}, { maxMessageSize: 4000 }))
    link.a.association.send(link.now, 0, testMessage(1, 4000), true)
    link.a.association.send(link.now, 0, testMessage(2, 4001), true)
    link.run(1000)
    expect(link.b.messages(0)).toHaveLength(1)
    expect(link.b.events.at(-1)).toEqual({ kind: 'closed', reason: 'message-too-large' })
    expect(link.a.events.at(-1)).toEqual({ kind: 'closed', reason: 'peer-abort' })
  })

  it('follows DATA without payload', () => {
    const link = openLink()
    const empty = encodeChunk(ChunkType.data, 3, new Uint8Array(12))
    link.b.association.handlePacket(link.now, packetOf(tagOf(link.a.sent.at(-1)), [empty]))
    link.run(100)
    expect(link.b.events.at(-1)).toEqual({ kind: 'closed', reason: 'protocol-violation' })
  })

  it('survives a hole of 30 s and goes on at once', () => {
    const link = openLink()
    link.drop = () => true
    link.a.association.send(link.now, 0, testMessage(1, 3000), true)
    link.run(30_000)
    link.drop = () => false
    expect(link.runUntil(() => link.b.messages(0).length === 1, 3500)).toBe(true)
  })

  it('ends after about 45 s without acknowledgement', () => {
    const link = openLink()
    link.drop = () => true
    link.a.association.send(link.now, 0, testMessage(1, 3000), true)
    const start = link.now
    link.runUntil(() => link.a.kinds.includes('closed'), 120_000)
    expect(link.a.events.at(-1)).toEqual({ kind: 'closed', reason: 'retransmission-limit' })
    expect(link.now - start).toBeGreaterThan(40_000)
    expect(link.now - start).toBeLessThan(60_000)
  })

  it('asks an idle peer for a sign of life, and gives up without one', () => {
    const link = openLink()
    link.run(65_000)
    expect(packetsOfType(link.a.sent, ChunkType.heartbeat)).toBe(2)
    expect(packetsOfType(link.b.sent, ChunkType.heartbeatAck)).toBe(2)
    link.drop = () => true
    link.runUntil(() => link.a.kinds.includes('closed'), 300_000)
    expect(link.a.events.at(-1)).toEqual({ kind: 'closed', reason: 'retransmission-limit' })
  })

  it('names the cause in its ABORT', () => {
    const link = openLink()
    link.a.association.abort(link.now)
    link.run(1)
    const value = decodePacket(link.a.sent.at(-1) ?? EMPTY)?.chunks[0]?.value ?? EMPTY
    expect([...value]).toEqual([0, ErrorCause.userAbort, 0, 4])
  })
})
