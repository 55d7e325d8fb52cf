import { describe, expect, test } from 'vitest'
import { MAX_DOWN_TRACKS_PER_PEER, MAX_RECEIVERS_PER_PEER } from './limits.ts'
import { writeNack, writePli } from './rtcp/write-feedback.ts'
import { ssrc } from './sequence-number.ts'
import { buildPacket, vp8Payload } from './testing/build-packet.ts'
import {
  defined,
  MediaFixture,
  SUBSCRIBER_AUDIO_SSRC,
  SUBSCRIBER_RTX_SSRC,
  SUBSCRIBER_VIDEO_SSRC,
} from './testing/media-fixture.ts'
import { SECTIONS } from './testing/simulated-call.ts'
import { target } from './testing/test-fanout.ts'

function nack(media: number, ...sequences: number[]): Uint8Array {
  const buffer = new Uint8Array(12 + 4 * sequences.length)
  return buffer.slice(0, writeNack(buffer, 0, 1, media, Uint16Array.from(sequences), sequences.length))
}

function pli(media: number): Uint8Array {
  const buffer = new Uint8Array(12)
  writePli(buffer, 0, 1, media)
  return buffer
}

describe('forwarding', () => {
  test('one call of the fan-out serves all subscribers, each with its own header and the same payload', () => {
    const fixture = new MediaFixture()
    fixture.watch(fixture.peer(1))
    fixture.watch(fixture.peer(2), { ssrc: ssrc(77), payloadType: 99, mid: 'other', extensions: { mid: 9 } })
    fixture.video1({ key: true })
    expect(fixture.fanout.calls).toBe(1)
    const [first, second] = fixture.take()
    expect(first).toMatchObject({ target: 1, ssrc: SUBSCRIBER_VIDEO_SSRC, payloadType: 120, marker: true })
    expect(second).toMatchObject({ target: 2, ssrc: 77, payloadType: 99, marker: true })
    expect(first?.payload).toEqual([...vp8Payload(20, true, true, 65_530 & 0xff)])
    expect(second?.payload).toEqual(first?.payload)
    expect(first?.timestamp).toBe(0xffff_0000)
  })

  test('video waits for a key frame and asks for one; ten joining at once ask once in 500 ms', () => {
    const fixture = new MediaFixture()
    fixture.video1({ key: true })
    fixture.pass(2000)
    fixture.takeKeyframeRequests()
    for (let index = 1; index <= 10; index++) fixture.watch(fixture.peer(index), { ssrc: ssrc(1000 + index) })
    for (let step = 0; step < 40; step++) {
      fixture.video1()
      fixture.pass(10)
    }
    expect(fixture.take()).toEqual([])
    expect(fixture.takeKeyframeRequests()).toBe(1)
    fixture.video1({ key: true })
    expect(fixture.take()).toHaveLength(10)
    fixture.pass(2000)
    expect(fixture.takeKeyframeRequests()).toBe(0)
  })

  test("audio begins with any packet and passes its level under the subscriber's id", () => {
    const fixture = new MediaFixture()
    fixture.listen(fixture.peer(1))
    fixture.audio1(33)
    const [sent] = fixture.take()
    expect(sent).toMatchObject({ ssrc: SUBSCRIBER_AUDIO_SSRC, payloadType: 109, payload: [1, 2, 3] })
    // mid "a" under 4, level 33 under 7; no send time without RTX.
    expect([...(sent?.bytes.subarray(12, 20) ?? [])]).toEqual([0xbe, 0xde, 0, 1, 0x40, 0x61, 0x70, 33])
  })

  test('the mid is written until the subscriber reports on the SSRC', () => {
    const fixture = new MediaFixture()
    const peer = fixture.peer(1)
    fixture.watch(peer)
    fixture.video1({ key: true })
    const report = new Uint8Array(32)
    report.set([0x81, 201, 0, 7, 0, 0, 0, 1, 0xb0, 0, 0, 1])
    fixture.hear(peer, report)
    fixture.video1()
    const [before, after] = fixture.take()
    expect([before, after].map((sent) => sent?.bytes.includes('v'.charCodeAt(0)))).toEqual([true, false])
  })

  test('a key frame whose first packet comes late is completed from the history', () => {
    const fixture = new MediaFixture()
    fixture.watch(fixture.peer(1))
    fixture.video1({ at: 0 })
    fixture.video1({ at: 2, first: false })
    fixture.video1({ at: 4 })
    expect(fixture.take()).toEqual([])
    fixture.video1({ at: 1, key: true })
    const sent = fixture.take()
    expect(sent.map(({ payload }) => payload[10])).toEqual(
      [1, 2, 4].map((offset) => (65_530 + offset) & 0xff),
    )
    const first = sent[0]?.sequence ?? 0
    expect(sent.map(({ sequence }) => sequence - first)).toEqual([0, 1, 3])
    fixture.video1({ at: 3 })
    expect(fixture.take().map(({ sequence }) => sequence - first)).toEqual([2])
  })

  test('duplicates and packets older than the history go nowhere', () => {
    const fixture = new MediaFixture()
    fixture.watch(fixture.peer(1))
    fixture.video1({ at: 0, key: true })
    fixture.video1({ at: 0, key: true })
    fixture.video1({ at: 0, rtx: true, key: true })
    expect(fixture.take()).toHaveLength(1)
    for (let at = 1; at < 700; at++) fixture.video1({ at })
    fixture.take()
    fixture.video1({ at: 0, key: true })
    expect(fixture.take()).toEqual([])
    expect(fixture.video.stats().duplicates).toBe(2)
  })

  test('padding leaves no hole, unless its number was kept free already', () => {
    const fixture = new MediaFixture()
    fixture.watch(fixture.peer(1))
    fixture.video1({ at: 0, key: true })
    fixture.video1({ at: 1, empty: true })
    fixture.video1({ at: 2 })
    fixture.video1({ at: 4 })
    fixture.video1({ at: 3, empty: true })
    const sent = fixture.take()
    const first = sent[0]?.sequence ?? 0
    expect(sent.map(({ sequence, payload }) => [sequence - first, payload.length])).toEqual([
      [0, 20],
      [1, 20],
      [3, 20],
      [2, 0],
    ])
  })
})

describe('interruptions', () => {
  const interruptions: [string, (fixture: MediaFixture, on: boolean) => void][] = [
    ['the publisher mutes', (fixture, on) => fixture.video.setMuted(on)],
    ['the subscriber mutes', (fixture, on) => downTrackOf(fixture).setMuted(on)],
    ['the subscriber pauses', (fixture, on) => downTrackOf(fixture).setPaused(on)],
  ]
  const downTracks = new WeakMap<MediaFixture, ReturnType<MediaFixture['watch']>>()
  const downTrackOf = (fixture: MediaFixture) => defined(downTracks.get(fixture))

  test.each(interruptions)(
    '%s: nothing flows, then it goes on with a key frame, without a gap and with the time',
    (_name, set) => {
      const fixture = new MediaFixture()
      downTracks.set(fixture, fixture.watch(fixture.peer(1)))
      fixture.video1({ key: true })
      fixture.pass(40)
      fixture.video1()
      const before = fixture.take()[1]
      set(fixture, true)
      for (let step = 0; step < 100; step++) {
        fixture.pass(40)
        fixture.video1({ key: step === 50 })
      }
      expect(fixture.take()).toEqual([])
      set(fixture, false)
      fixture.takeKeyframeRequests()
      fixture.pass(40)
      fixture.video1()
      expect(fixture.take()).toEqual([])
      expect(fixture.takeKeyframeRequests()).toBe(1)
      fixture.pass(40)
      fixture.video1({ key: true })
      const [after] = fixture.take()
      expect(after?.sequence).toBe(((before?.sequence ?? 0) + 1) & 0xffff)
      expect((((after?.timestamp ?? 0) - (before?.timestamp ?? 0)) >>> 0) / 90).toBe(102 * 40)
    },
  )

  test('muted and paused at once: both have to end', () => {
    const fixture = new MediaFixture()
    const downTrack = fixture.watch(fixture.peer(1))
    downTrack.setMuted(true)
    downTrack.setPaused(true)
    downTrack.setMuted(false)
    fixture.video1({ key: true })
    expect(fixture.take()).toEqual([])
    downTrack.setPaused(false)
    fixture.video1({ key: true })
    expect(fixture.take()).toHaveLength(1)
  })

  test('nothing is sent before the transport is there', () => {
    const fixture = new MediaFixture()
    const peer = fixture.peer(1, false)
    fixture.watch(peer)
    fixture.video1({ key: true })
    expect(fixture.take()).toEqual([])
    peer.attachTarget(target(5))
    peer.attachTarget(target(5))
    fixture.video1({ key: true })
    fixture.video1()
    expect(fixture.take().map((sent) => sent.target)).toEqual([5, 5])
  })

  test('a later down-track with the same SSRC goes on where the first one stood', () => {
    const fixture = new MediaFixture()
    const peer = fixture.peer(1)
    const first = fixture.watch(peer)
    fixture.video1({ key: true })
    const continueFrom = first.position()
    peer.removeDownTrack(first)
    fixture.pass(3000)
    fixture.video1()
    fixture.watch(peer, { continueFrom })
    fixture.video1({ key: true })
    const [before, after] = fixture.take()
    expect(after?.sequence).toBe(((before?.sequence ?? 0) + 1) & 0xffff)
    expect(((after?.timestamp ?? 0) - (before?.timestamp ?? 0)) >>> 0).toBe(3000 * 90)
  })

  test('a removed down-track gets a BYE and no more packets', () => {
    const fixture = new MediaFixture()
    const peer = fixture.peer(1)
    const downTrack = fixture.watch(peer)
    fixture.video1({ key: true })
    fixture.take()
    fixture.rtcp.length = 0
    peer.removeDownTrack(downTrack)
    peer.removeDownTrack(downTrack)
    expect(fixture.rtcp).toEqual([{ target: 1, entries: [{ kind: 'bye', values: [SUBSCRIBER_VIDEO_SSRC] }] }])
    fixture.video1({ key: true })
    expect(fixture.take()).toEqual([])
    expect(fixture.video.downTrackCount).toBe(0)
  })
})

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

describe('receiving', () => {
  test('an RTX packet fills the gap under the right number', () => {
    const fixture = new MediaFixture()
    fixture.watch(fixture.peer(1))
    fixture.video1({ at: 0, key: true })
    fixture.video1({ at: 2 })
    fixture.rtcp.length = 0
    fixture.pass(20)
    expect(fixture.rtcp.flatMap(({ entries }) => entries)).toContainEqual({
      kind: 'nack',
      values: [0xa000_0001, 65_531],
    })
    fixture.video1({ at: 1, rtx: true })
    const sent = fixture.take()
    expect(sent.map(({ sequence }) => sequence - (sent[0]?.sequence ?? 0))).toEqual([0, 2, 1])
    expect(sent[2]).toMatchObject({ ssrc: SUBSCRIBER_VIDEO_SSRC, payloadType: 120 })
    expect(fixture.video.stats()).toMatchObject({ recovered: 1, lost: 1, packets: 2 })
  })

  test('another SSRC takes over once the first has been silent, and only with a key frame', () => {
    const fixture = new MediaFixture()
    fixture.media.setReceiveSections(SECTIONS.map((section) => ({ ...section, ssrcs: [] })))
    fixture.watch(fixture.peer(1))
    const other = (sequence: number, isKey: boolean, id: number): Uint8Array =>
      buildPacket({
        payloadType: 96,
        sequence,
        timestamp: 5,
        ssrc: id,
        extensions: new Map([[4, Uint8Array.of(0x31)]]),
        payload: vp8Payload(20, true, isKey),
      })
    fixture.publish(other(10, true, 1))
    fixture.publish(other(500, true, 2))
    expect(fixture.take()).toHaveLength(1)
    fixture.pass(1000)
    fixture.publish(other(501, false, 2))
    expect(fixture.take()).toEqual([])
    fixture.takeKeyframeRequests()
    fixture.pass(600)
    expect(fixture.takeKeyframeRequests()).toBe(1)
    fixture.publish(other(502, true, 2))
    fixture.publish(other(11, true, 1))
    expect(fixture.take()).toHaveLength(1)
    expect(fixture.video.layers.map((layer) => layer.ssrc)).toEqual([2])
  })

  test('a renegotiated SSRC replaces the layer; the same description again changes nothing', () => {
    const fixture = new MediaFixture()
    const [layer] = fixture.video.layers
    fixture.media.setReceiveSections(SECTIONS)
    expect(fixture.video.layers[0]).toBe(layer)
    fixture.media.setReceiveSections(SECTIONS.map((section) => ({ ...section, ssrcs: [{ ssrc: ssrc(9) }] })))
    expect(fixture.video.layers[0]?.ssrc).toBe(9)
    fixture.video1({ key: true })
    expect(fixture.media.stats().unknown).toBe(1)
  })

  test('a section that goes takes its packets with it, and either order of section and receiver works', () => {
    const fixture = new MediaFixture()
    fixture.watch(fixture.peer(1))
    fixture.media.setReceiveSections([])
    fixture.video1({ key: true })
    expect(fixture.take()).toEqual([])
    fixture.media.setReceiveSections(SECTIONS)
    fixture.video1({ key: true })
    expect(fixture.take()).toHaveLength(1)
    fixture.media.removeReceiver(fixture.video)
    fixture.video1({ key: true })
    expect(fixture.take()).toEqual([])
    expect(fixture.media.stats()).toMatchObject({ unknown: 2, receivers: 1 })
  })

  test('payload types and SSRCs nobody agreed on are counted and dropped', () => {
    const fixture = new MediaFixture()
    fixture.watch(fixture.peer(1))
    const base = { sequence: 1, timestamp: 0, payload: vp8Payload(20, true, true) }
    fixture.publish(buildPacket({ ...base, payloadType: 100, ssrc: 0xa000_0001 }))
    fixture.publish(buildPacket({ ...base, payloadType: 97, ssrc: 0xa000_0001 }))
    fixture.publish(buildPacket({ ...base, payloadType: 96, ssrc: 0xa000_0002 }))
    fixture.publish(buildPacket({ ...base, payloadType: 96, ssrc: 3 }))
    fixture.publish(new Uint8Array(1501).fill(0x80))
    expect(fixture.take()).toEqual([])
    expect(fixture.media.stats()).toMatchObject({ unknown: 4, malformed: 1 })
  })

  test('the loudness of an unmuted audio track is kept', () => {
    const fixture = new MediaFixture()
    for (let index = 0; index < 20; index++) fixture.audio1(0x80 | 20)
    fixture.audio.setMuted(true)
    for (let index = 0; index < 20; index++) fixture.audio1(0)
    expect(fixture.audio.audioLevels.close()).toBeCloseTo(0.0667, 4)
  })

  test('receivers, down-tracks and SSRCs per peer are limited', () => {
    const fixture = new MediaFixture()
    const peer = fixture.peer(1)
    for (let index = 2; index < MAX_RECEIVERS_PER_PEER; index++) {
      expect(fixture.media.addReceiver(`r${index}`, { kind: 'audio' })).toBeDefined()
    }
    expect(fixture.media.addReceiver('more', { kind: 'audio' })).toBeUndefined()
    const options = { mid: '', payloadType: 1, clockRate: 1, extensions: {} }
    for (let index = 0; index < MAX_DOWN_TRACKS_PER_PEER; index++) {
      peer.addDownTrack(fixture.audio, { ...options, ssrc: ssrc(index) })
    }
    expect(peer.stats().downTracks).toBe(MAX_DOWN_TRACKS_PER_PEER)
    expect(peer.addDownTrack(fixture.audio, { ...options, ssrc: ssrc(99_999) })).toBeUndefined()
    expect(fixture.media.addDownTrack(fixture.audio, { ...options, ssrc: ssrc(1) })).toBeDefined()
    expect(fixture.media.addDownTrack(fixture.audio, { ...options, ssrc: ssrc(1) })).toBeUndefined()
    peer.close()
    expect(fixture.audio.downTrackCount).toBe(1)
  })
})
