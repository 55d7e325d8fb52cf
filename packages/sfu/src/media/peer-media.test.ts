import { describe, expect, test } from 'vitest'
import { ssrc } from './sequence-number.ts'
import { vp8Payload } from './testing/build-packet.ts'
import {
  defined,
  MediaFixture,
  SUBSCRIBER_AUDIO_SSRC,
  SUBSCRIBER_VIDEO_SSRC,
} from './testing/media-fixture.ts'
import { target } from './testing/test-fanout.ts'

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
