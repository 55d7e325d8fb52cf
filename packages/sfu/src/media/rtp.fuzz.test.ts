import { describe, expect, test, vi } from 'vitest'
import { opus } from './codec/opus.ts'
import { vp8, vp8DescriptorLength } from './codec/vp8.ts'
import { ExtensionTable, RtpExtensions } from './rtp-extension.ts'
import { RtpPacket } from './rtp-packet.ts'
import { unwrapRtx } from './rtx.ts'
import { ssrc } from './sequence-number.ts'
import { buildPacket, vp8Payload } from './testing/build-packet.ts'
import { mutate } from './testing/mutate.ts'
import { FUZZ_CASES, seededRandom } from './testing/seeded-random.ts'

const seedPackets = [false, true].map((twoByteExtensions) =>
  buildPacket({
    payloadType: 96,
    sequence: 5,
    timestamp: 6,
    ssrc: 7,
    twoByteExtensions,
    extensions: new Map([
      [1, Uint8Array.of(9)],
      [3, Uint8Array.of(1, 2)],
      [4, Uint8Array.of(0x31, 0x32)],
      [13, new Uint8Array(16)],
    ]),
    payload: vp8Payload(30, true, true),
    padding: 3,
  }),
)

// The fuzz command runs a hundred thousand cases.
vi.setConfig({ testTimeout: 600_000 })

describe('hostile RTP', () => {
  test('whatever is read lies within the packet, and nothing throws', () => {
    const random = seededRandom(20)
    const packet = new RtpPacket()
    const found = new RtpExtensions()
    const table = new ExtensionTable()
    table.add({ audioLevel: 1, twcc: 3, mid: 4, absCaptureTime: 13 })
    let accepted = 0
    let faults = 0
    for (let round = 0; round < FUZZ_CASES; round++) {
      const bytes = mutate(seedPackets[round % 2] ?? new Uint8Array(0), random)
      if (!packet.read(bytes, 0, bytes.length)) continue
      accepted++
      found.read(packet, table)
      const { payloadOffset, payloadEnd, extensionOffset, extensionEnd } = packet
      const isOrdered =
        12 <= extensionOffset && extensionOffset <= extensionEnd && extensionEnd <= payloadOffset
      if (!isOrdered || payloadOffset > payloadEnd || payloadEnd > bytes.length) faults++
      if (found.midLength > 0 && found.midOffset + found.midLength > extensionEnd) faults++
      if (found.captureTimeLength > 0 && found.captureTimeOffset + found.captureTimeLength > extensionEnd)
        faults++
      if (vp8DescriptorLength(bytes, payloadOffset, payloadEnd) > payloadEnd - payloadOffset) faults++
      vp8.isKeyframeStart(bytes, payloadOffset, payloadEnd)
      opus.isKeyframeStart(bytes, payloadOffset, payloadEnd)
      if (unwrapRtx(packet, ssrc(1), 96) && packet.end > bytes.length) faults++
    }
    expect(faults).toBe(0)
    expect(accepted).toBeGreaterThan(FUZZ_CASES / 20)
  })
})
