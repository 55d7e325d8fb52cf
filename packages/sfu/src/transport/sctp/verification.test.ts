// Which packets and chunks count: checksums, tags, ports, unknown types.
import { describe, expect, it } from 'vitest'
import { ChunkType, encodeChunk } from './chunks.ts'
import { encodeParameter, ParameterType } from './parameters.ts'
import { chunkTypes, packetOf, tagOf, TestLink } from './test-link.ts'

const EMPTY = new Uint8Array(0)

function openLink(): TestLink {
  const link = new TestLink().connect()
  link.a.association.openChannel(link.now, { streamId: 0, label: 'x', ordered: true })
  link.runUntil(() => link.a.kinds.includes('channel-open'), 5000)
  return link
}

/** Tag that `b` expects, taken from a packet of `a`. */
function tagOfB(link: TestLink): number {
  return tagOf(link.a.sent.at(-1))
}

describe('verification', () => {
  it('drops and counts packets with a wrong checksum, tag, port or shape', () => {
    const link = openLink()
    const good = packetOf(tagOfB(link), [encodeChunk(ChunkType.abort, 0, EMPTY)])
    const wrongSum = good.slice()
    wrongSum[8] = (wrongSum[8] ?? 0) ^ 1
    const bad = [
      wrongSum,
      packetOf(tagOfB(link) ^ 1, [encodeChunk(ChunkType.abort, 0, EMPTY)]),
      packetOf(0, [encodeChunk(ChunkType.abort, 0, EMPTY)]),
      packetOf(tagOfB(link), [encodeChunk(ChunkType.init, 0, new Uint8Array(16))]),
      packetOf(0, [
        encodeChunk(ChunkType.init, 0, new Uint8Array(16)),
        encodeChunk(ChunkType.abort, 0, EMPTY),
      ]),
      good.slice(0, 12),
      EMPTY,
    ]
    for (const packet of bad) link.b.association.handlePacket(link.now, packet)
    link.run(100)
    expect(link.b.association.counters.droppedPackets).toBe(bad.length)
    expect(link.b.kinds).not.toContain('closed')
    link.b.association.handlePacket(link.now, good)
    link.run(0)
    expect(link.b.events.at(-1)).toEqual({ kind: 'closed', reason: 'peer-abort' })
  })

  it('accepts ABORT with the reflected tag only under the T bit', () => {
    const link = openLink()
    const tagOfA = tagOf(link.b.sent.at(-1))
    link.b.association.handlePacket(link.now, packetOf(tagOfA, [encodeChunk(ChunkType.abort, 0, EMPTY)]))
    link.run(10)
    expect(link.b.kinds).not.toContain('closed')
    link.b.association.handlePacket(link.now, packetOf(tagOfA, [encodeChunk(ChunkType.abort, 1, EMPTY)]))
    link.run(10)
    expect(link.b.kinds).toContain('closed')
  })

  it.each([
    [0x3f, false, false],
    [0x7f, true, false],
    [0xbf, false, true],
    [0xff, true, true],
  ])('treats unknown chunk type %i by its high bits', (type, isReported, goesOn) => {
    const link = openLink()
    const before = link.b.sent.length
    const heartbeat = encodeChunk(ChunkType.heartbeat, 0, encodeParameter(ParameterType.heartbeatInfo, EMPTY))
    link.b.association.handlePacket(
      link.now,
      packetOf(tagOfB(link), [encodeChunk(type, 0, EMPTY), heartbeat]),
    )
    link.run(10)
    const types = link.b.sent.slice(before).flatMap(chunkTypes)
    expect(types.includes(ChunkType.error)).toBe(isReported)
    expect(types.includes(ChunkType.heartbeatAck)).toBe(goesOn)
  })
})
