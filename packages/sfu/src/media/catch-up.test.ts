import { describe, expect, test } from 'vitest'
import { CATCH_UP_MAX_AGE_MS, CATCH_UP_MAX_PACKETS } from './catch-up.ts'
import { ssrc } from './sequence-number.ts'
import { MediaFixture } from './testing/media-fixture.ts'

/** A publisher whose key frame (packet 0) and `after` further packets, 30 ms apart, were forwarded to peer 1. */
function afterKeyframe(after: number): MediaFixture {
  const fixture = new MediaFixture()
  fixture.watch(fixture.peer(1))
  fixture.video1({ key: true })
  for (let index = 0; index < after; index++) {
    fixture.pass(30)
    fixture.video1()
  }
  fixture.take()
  fixture.takeKeyframeRequests()
  return fixture
}

function payloadsTo(fixture: MediaFixture, target: number): readonly (number | undefined)[] {
  return fixture
    .take()
    .filter((sent) => sent.target === target)
    .map(({ payload }) => payload.at(-1))
}

describe('a newcomer shortly after a key frame', () => {
  test('gets that frame and all since with the next packet, in order, and nobody is asked for a new one', () => {
    const fixture = afterKeyframe(10)
    fixture.watch(fixture.peer(2), { ssrc: ssrc(7), rtxSsrc: ssrc(8) })
    fixture.pass(30)
    fixture.video1()
    const sent = fixture.take().filter(({ target }) => target === 2)
    expect(sent).toHaveLength(12)
    expect(sent.map(({ sequence }) => (sequence - (sent[0]?.sequence ?? 0)) & 0xffff)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ])
    expect(new Set(sent.map(({ timestamp }) => timestamp)).size).toBe(12)
    expect(fixture.takeKeyframeRequests()).toBe(0)
    fixture.video1()
    expect(payloadsTo(fixture, 2)).toHaveLength(1)
  })

  test('others get nothing twice', () => {
    const fixture = afterKeyframe(10)
    fixture.watch(fixture.peer(2), { ssrc: ssrc(7), rtxSsrc: ssrc(8) })
    fixture.video1()
    expect(payloadsTo(fixture, 1)).toHaveLength(1)
  })

  test('lost packets of the replay can be asked for as usual', () => {
    const fixture = afterKeyframe(5)
    const peer = fixture.peer(2)
    const downTrack = fixture.watch(peer, { ssrc: ssrc(7), rtxSsrc: ssrc(8) })
    fixture.video1()
    const [, second] = fixture.take().filter(({ target }) => target === 2)
    downTrack.handleNack(fixture.now, second?.sequence ?? 0)
    fixture.fanout.flush()
    expect(fixture.take()).toHaveLength(1)
    expect(downTrack.stats().retransmitted).toBe(1)
  })
})

describe('a new key frame is asked for instead', () => {
  test('when the last one is too old', () => {
    const fixture = afterKeyframe(Math.ceil(CATCH_UP_MAX_AGE_MS / 30) + 1)
    fixture.watch(fixture.peer(2), { ssrc: ssrc(7), rtxSsrc: ssrc(8) })
    fixture.video1()
    expect(payloadsTo(fixture, 2)).toEqual([])
    expect(fixture.takeKeyframeRequests()).toBe(1)
  })

  test('when more has followed than is good to send at once', () => {
    const fixture = new MediaFixture()
    fixture.watch(fixture.peer(1))
    fixture.video1({ key: true })
    for (let index = 1; index < CATCH_UP_MAX_PACKETS; index++) fixture.video1()
    fixture.pass(600)
    fixture.takeKeyframeRequests()
    fixture.take()
    fixture.watch(fixture.peer(2), { ssrc: ssrc(7), rtxSsrc: ssrc(8) })
    fixture.video1()
    expect(payloadsTo(fixture, 2)).toEqual([])
    expect(fixture.takeKeyframeRequests()).toBe(1)
  })

  test('when something is missing since', () => {
    const fixture = afterKeyframe(3)
    fixture.video1({ at: 6 })
    fixture.pass(600)
    fixture.takeKeyframeRequests()
    fixture.watch(fixture.peer(2), { ssrc: ssrc(7), rtxSsrc: ssrc(8) })
    fixture.video1({ at: 7 })
    expect(payloadsTo(fixture, 2)).toEqual([])
    expect(fixture.takeKeyframeRequests()).toBe(1)
  })

  test('when the viewer has seen these frames before, paused and came back', () => {
    const fixture = new MediaFixture()
    const downTrack = fixture.watch(fixture.peer(1))
    fixture.video1({ key: true })
    fixture.video1()
    fixture.pass(510)
    fixture.takeKeyframeRequests()
    downTrack.setPaused(true)
    downTrack.setPaused(false)
    fixture.take()
    fixture.video1()
    expect(fixture.take()).toEqual([])
    expect(fixture.takeKeyframeRequests()).toBe(1)
    fixture.video1({ key: true })
    expect(fixture.take()).toHaveLength(1)
  })
})
