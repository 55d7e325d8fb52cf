import { getHeapStatistics } from 'node:v8'
import { expect, test } from 'vitest'
import { setU16, setU32 } from './bytes.ts'
import type { Fanout } from './fanout.ts'
import { PeerMedia } from './peer-media.ts'
import { ssrc } from './sequence-number.ts'
import { buildPacket, vp8Payload } from './testing/build-packet.ts'
import { defined } from './testing/media-fixture.ts'
import { seededBytes } from './testing/seeded-random.ts'
import { SECTIONS, VIDEO_SSRC } from './testing/simulated-call.ts'
import { target } from './testing/test-fanout.ts'

const SUBSCRIBERS = 60
const PACKETS = 100_000

/** Bytes allocated so far, garbage included; Node's types do not know the figure yet. */
function allocatedBytes(): number {
  const statistics: Readonly<Record<string, number>> = { ...getHeapStatistics() }
  return defined(statistics['total_allocated_bytes'])
}

test('100,000 packets to 60 subscribers allocate next to nothing', () => {
  let rows = 0
  const fanout: Fanout = {
    send(_payload, _tailOffset, _tailEnd, _arena, _rows, rowCount) {
      rows += rowCount
    },
    sendRtcp() {},
    flush() {},
  }
  const peer = (seed: number): PeerMedia =>
    new PeerMedia({
      fanout,
      target: target(seed),
      random: seededBytes(seed),
      cname: '',
      localSsrc: ssrc(seed),
    })
  const publisher = peer(0)
  publisher.setReceiveSections(SECTIONS)
  const receiver = defined(publisher.addReceiver('1', { kind: 'video' }))
  for (let index = 1; index <= SUBSCRIBERS; index++) {
    peer(index).addDownTrack(receiver, {
      mid: '3',
      ssrc: ssrc(0xb000_0000 + index * 2),
      rtxSsrc: ssrc(0xb000_0001 + index * 2),
      payloadType: 96,
      rtxPayloadType: 97,
      clockRate: 90_000,
      extensions: { mid: 4, absSendTime: 2 },
    })
  }
  const packet = buildPacket({
    payloadType: 96,
    sequence: 0,
    timestamp: 0,
    ssrc: VIDEO_SSRC,
    extensions: new Map([[3, Uint8Array.of(0, 0)]]),
    payload: vp8Payload(1100, true, true),
  })
  const run = (from: number, to: number): void => {
    for (let index = from; index < to; index++) {
      setU16(packet, 2, index)
      setU32(packet, 4, 0xf000_0000 + index * 400)
      setU16(packet, 17, index)
      const now = 1_700_000_000_000 + index * 4
      publisher.handleRtp(now, packet, packet.length)
      if (index % 5 === 0) publisher.handleTimeout(now)
    }
  }
  run(0, 10_000)
  rows = 0
  const before = allocatedBytes()
  run(10_000, 10_000 + PACKETS)
  const perForwarded = (allocatedBytes() - before) / rows
  expect(rows).toBe(PACKETS * SUBSCRIBERS)
  // About 240 bytes per received packet (two views, one feedback in a dozen), nothing per subscriber: one boxed number
  // each would be 16 more.
  expect(perForwarded).toBeLessThan(10)
}, 60_000)
