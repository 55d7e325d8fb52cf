import { describe, expect, test, vi } from 'vitest'
import { writeNack, writePli } from './rtcp/write-feedback.ts'
import { buildPacket, vp8Payload } from './testing/build-packet.ts'
import { MediaFixture, SUBSCRIBER_VIDEO_SSRC } from './testing/media-fixture.ts'
import { mutate } from './testing/mutate.ts'
import { FUZZ_CASES, seededRandom } from './testing/seeded-random.ts'

function videoPacket(random: () => number): Uint8Array {
  const isRtx = random() < 0.2
  const sequence = Math.floor(random() * 65_536)
  const payload = vp8Payload(40, random() < 0.5, random() < 0.3)
  return buildPacket({
    payloadType: isRtx ? 97 : 96,
    sequence,
    timestamp: Math.floor(random() * 2 ** 32),
    ssrc: isRtx ? 0xa000_0002 : 0xa000_0001,
    marker: random() < 0.3,
    extensions: new Map([
      [3, Uint8Array.of(Math.floor(random() * 256), Math.floor(random() * 256))],
      [4, Uint8Array.of(random() < 0.5 ? 0x30 : 0x31)],
    ]),
    payload: isRtx ? Uint8Array.of(sequence >> 8, sequence & 0xff, ...payload) : payload,
  })
}

// The fuzz command runs a hundred thousand cases.
vi.setConfig({ testTimeout: 600_000 })

describe('hostile peers', () => {
  test('a publisher that sends anything breaks nothing and fills no memory', () => {
    const random = seededRandom(30)
    const fixture = new MediaFixture()
    const peer = fixture.peer(1)
    fixture.watch(peer)
    fixture.listen(peer)
    let most = 0
    for (let round = 0; round < FUZZ_CASES; round++) {
      fixture.now += random() < 0.01 ? 300 : 1
      const packet = videoPacket(random)
      fixture.publish(random() < 0.5 ? mutate(packet, random) : packet)
      if (round % 50 === 0) fixture.pass(10, peer)
      most = Math.max(most, fixture.rtcp.length)
      fixture.take()
      fixture.rtcp.length = 0
    }
    expect(fixture.video.stats().historyBytes).toBeLessThanOrEqual(512 * 1518)
    expect(fixture.audio.stats().historyBytes).toBeLessThanOrEqual(256 * 1518)
    expect(most).toBeLessThan(12)
    expect(fixture.video.stats().packets).toBeGreaterThan(0)
  })

  test('a subscriber that sends any RTCP gets little for it', () => {
    const random = seededRandom(31)
    const fixture = new MediaFixture()
    const peer = fixture.peer(1)
    fixture.watch(peer)
    fixture.video1({ key: true })
    const first = fixture.take()[0]?.sequence ?? 0
    let retransmitted = 0
    let requests = 0
    const start = fixture.now
    for (let round = 0; round < FUZZ_CASES; round++) {
      fixture.video1({ key: random() < 0.01 })
      fixture.take()
      const buffer = new Uint8Array(64)
      const lost = Uint16Array.from({ length: 4 }, (_, index) => first + round - 20 + index * 5)
      let end = writeNack(buffer, 0, 1, SUBSCRIBER_VIDEO_SSRC, lost, 4)
      if (random() < 0.1) end = writePli(buffer, end, 1, SUBSCRIBER_VIDEO_SSRC)
      const compound = buffer.slice(0, end)
      fixture.hear(peer, random() < 0.5 ? mutate(compound, random) : compound)
      retransmitted += fixture.take().length
      fixture.pass(2, peer)
      requests += fixture.takeKeyframeRequests()
    }
    const seconds = (fixture.now - start) / 1000
    expect(requests).toBeLessThanOrEqual(seconds * 2 + 1)
    expect(retransmitted).toBeLessThanOrEqual(200 * (seconds + 1))
    expect(retransmitted).toBeGreaterThan(0)
  })
})
