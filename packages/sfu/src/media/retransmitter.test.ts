import { describe, expect, test } from 'vitest'
import { writeNack, writePli } from './rtcp/write-feedback.ts'
import {
  MediaFixture,
  SUBSCRIBER_AUDIO_SSRC,
  SUBSCRIBER_RTX_SSRC,
  SUBSCRIBER_VIDEO_SSRC,
} from './testing/media-fixture.ts'

function nack(media: number, ...sequences: number[]): Uint8Array {
  const buffer = new Uint8Array(12 + 4 * sequences.length)
  return buffer.slice(0, writeNack(buffer, 0, 1, media, Uint16Array.from(sequences), sequences.length))
}

function pli(media: number): Uint8Array {
  const buffer = new Uint8Array(12)
  writePli(buffer, 0, 1, media)
  return buffer
}

describe('retransmission to subscribers', () => {
  test('by RTX with the original number in front, own numbers, and the original untouched', () => {
    const fixture = new MediaFixture()
    const peer = fixture.peer(1)
    fixture.watch(peer)
    fixture.video1({ key: true })
    fixture.video1()
    const [first, second] = fixture.take()
    fixture.hear(peer, nack(SUBSCRIBER_VIDEO_SSRC, first?.sequence ?? 0, second?.sequence ?? 0))
    const repeated = fixture.take()
    expect(repeated.map((sent) => [sent.ssrc, sent.payloadType])).toEqual([
      [SUBSCRIBER_RTX_SSRC, 124],
      [SUBSCRIBER_RTX_SSRC, 124],
    ])
    expect((repeated[1]?.sequence ?? 0) - (repeated[0]?.sequence ?? 0)).toBe(1)
    expect(repeated[1]?.timestamp).toBe(second?.timestamp)
    expect(repeated[1]?.marker).toBe(true)
    const [high = 0, low = 0, ...payload] = repeated[1]?.payload ?? []
    expect(high * 256 + low).toBe(second?.sequence)
    expect(payload).toEqual(second?.payload)
  })

  test('without RTX the very same bytes go out again (one SRTP nonce protects one packet)', () => {
    const fixture = new MediaFixture()
    const peer = fixture.peer(1)
    fixture.listen(peer)
    fixture.audio1()
    const [original] = fixture.take()
    const report = new Uint8Array(32)
    report.set([0x81, 201, 0, 7, 0, 0, 0, 1, 0x30, 0, 0, 1])
    fixture.hear(peer, report)
    fixture.now += 500
    fixture.hear(peer, nack(SUBSCRIBER_AUDIO_SSRC, original?.sequence ?? 0))
    expect(fixture.take()[0]?.bytes).toEqual(original?.bytes)
  })

  test('repeats are spaced, three at most, and unknown numbers bring nothing', () => {
    const fixture = new MediaFixture()
    const peer = fixture.peer(1)
    fixture.watch(peer)
    fixture.video1({ key: true })
    const [first] = fixture.take()
    const number = first?.sequence ?? 0
    for (let now = 0; now < 1000; now += 20) {
      fixture.hear(peer, nack(SUBSCRIBER_VIDEO_SSRC, number, number + 1, number + 500))
      fixture.now += 20
    }
    expect(fixture.take()).toHaveLength(3)
    fixture.hear(peer, nack(0x1234, number))
    expect(fixture.take()).toEqual([])
  })

  test('after a PLI nothing is repeated until the key frame', () => {
    const fixture = new MediaFixture()
    const peer = fixture.peer(1)
    fixture.watch(peer)
    fixture.video1({ key: true })
    fixture.video1()
    const sent = fixture.take()
    fixture.hear(peer, pli(SUBSCRIBER_VIDEO_SSRC))
    fixture.hear(peer, nack(SUBSCRIBER_VIDEO_SSRC, sent[1]?.sequence ?? 0))
    expect(fixture.take()).toEqual([])
    fixture.video1({ key: true })
    fixture.take()
    fixture.hear(peer, nack(SUBSCRIBER_VIDEO_SSRC, sent[1]?.sequence ?? 0))
    expect(fixture.take()).toHaveLength(1)
  })

  test('a flood of NACKs brings 200 packets a second and no more', () => {
    const fixture = new MediaFixture()
    const peer = fixture.peer(1)
    fixture.watch(peer)
    fixture.video1({ key: true })
    for (let index = 0; index < 499; index++) fixture.video1()
    const numbers = fixture.take().map(({ sequence }) => sequence)
    for (let ms = 0; ms < 1000; ms += 10) {
      for (let from = 0; from < 500; from += 100) {
        fixture.hear(peer, nack(SUBSCRIBER_VIDEO_SSRC, ...numbers.slice(from, from + 100)))
      }
      fixture.now += 10
    }
    // The bucket, and what flows in within the second.
    const repeated = fixture.take().length
    expect(repeated).toBeGreaterThanOrEqual(200)
    expect(repeated).toBeLessThanOrEqual(400)
  })
})
