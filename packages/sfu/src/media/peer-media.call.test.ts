import { describe, expect, test, vi } from 'vitest'
import { RtpPacket } from './rtp-packet.ts'
import { distance32, ssrc } from './sequence-number.ts'
import { SECTIONS, SimulatedCall, VIDEO_SSRC } from './testing/simulated-call.ts'

const TEN_MINUTES = 600_000

// A virtual ten minutes take a second or two alone, more on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

/** 32,768 packets at 150 packets a second. */
const HALF_A_CYCLE_MS = 218_000

/** Counts numbers that went out twice on one SSRC to one viewer, before the link duplicates any. */
function watchNumbers(call: SimulatedCall): () => number {
  const sentAs = new Map<string, Map<number, number>>()
  const packet = new RtpPacket()
  let repeated = 0
  const forward = call.fanout.onRtp
  call.fanout.onRtp = (target, bytes) => {
    packet.read(bytes, 0, bytes.length)
    const key = `${target} ${packet.ssrc}`
    const seen = sentAs.get(key) ?? new Map<number, number>()
    sentAs.set(key, seen)
    // Numbers rightly come back after a cycle of 65,536.
    const before = seen.get(packet.sequenceNumber)
    if (before !== undefined && call.time.now - before < HALF_A_CYCLE_MS) repeated++
    seen.set(packet.sequenceNumber, call.time.now)
    forward(target, bytes)
  }
  return () => repeated
}

/** Frames that a viewer never completed and that no key frame made up for within three seconds. */
function unrepaired(call: SimulatedCall, index: number): number[] {
  const { viewer } = call.side(index)
  const complete = [...viewer.frames].filter(([, frame]) => frame.isKey && frame.indexes.size === frame.count)
  const first = Math.min(...complete.map(([number]) => number))
  // The last frames may be lost at the end without anybody knowing.
  return viewer.incompleteFrames(call.publisher.frames - 10).filter((number) => {
    if (number < first) return false
    return !complete.some(([key]) => key > number && key - number < 75)
  })
}

describe('ten minutes of a call with jitter and duplicates', () => {
  test.each([
    [0, 0, 1],
    [0.05, 0.05, 2],
    [0.1, 0.1, 5],
  ])('loss up %f, down %f (seed %i)', (lossUp, lossDown, seed) => {
    const call = new SimulatedCall({
      seed,
      viewers: 2,
      lossUp,
      lossDown,
      jitter: 12,
      reordered: 0.01,
      duplicates: 0.01,
    })
    const repeated = watchNumbers(call)
    call.time.advance(TEN_MINUTES)
    const { publisher, video } = call
    const stats = video.stats()
    expect(repeated()).toBe(0)
    for (const [index, { viewer, video: downTrack }] of call.viewers.entries()) {
      expect(unrepaired(call, index)).toEqual([])
      expect(viewer.timestampFaults()).toBe(0)
      // At most a handful of 15,000 frames had to be made up for by a key frame.
      expect(viewer.incompleteFrames(publisher.frames - 10).length).toBeLessThan(
        lossUp + lossDown > 0.1 ? 25 : 5,
      )
      expect(downTrack?.stats().retransmitted).toBeLessThanOrEqual(viewer.nacks)
    }
    // Each lost packet is asked for about 1 / (1 - loss up) / (1 - loss down) times; each reordered one in vain.
    const lost = 90_000 * lossUp
    expect(publisher.nacked).toBeLessThanOrEqual((lost / (1 - lossUp) / (1 - lossDown)) * 1.2 + 1000)
    expect(stats.recovered).toBeGreaterThanOrEqual(lost * 0.95)
    expect(publisher.plisAt.length).toBeLessThan(lossUp + lossDown > 0.1 ? 40 : 8)
    for (let index = 1; index < publisher.plisAt.length; index++) {
      const spacing = (publisher.plisAt[index] ?? 0) - (publisher.plisAt[index - 1] ?? 0)
      expect(spacing).toBeGreaterThan(480)
    }
    expect(call.publisherMedia.stats()).toMatchObject({ malformed: 0, unknown: 0 })
    // Transport-wide feedback about once per 50 to 100 ms.
    expect(publisher.feedbackPackets).toBeGreaterThan(6000 * (1 - lossDown) * 0.9)
    expect(publisher.feedbackPackets).toBeLessThan(13_000)
  })
})

describe('sender reports', () => {
  test("map each viewer's timestamps to the publisher's wall clock, audio and video alike, and measure the round trip", () => {
    const call = new SimulatedCall({ seed: 9, viewers: 1, delay: 35 })
    call.time.advance(5000)
    call.side(0).video?.setPaused(true)
    call.time.advance(4000)
    call.side(0).video?.setPaused(false)
    call.time.advance(20_000)
    const { viewer, media } = call.side(0)
    expect(viewer.reports.length).toBeGreaterThan(12)
    const newestVideo = [...viewer.frames].at(-1)?.[1]
    const newestAudio = viewer.audio.at(-1)
    const videoReport = viewer.reports.findLast((report) => report.ssrc >= 0xb000_0000)
    const audioReport = viewer.reports.findLast((report) => report.ssrc < 0xb000_0000)
    if (!newestVideo || !newestAudio || !videoReport || !audioReport) throw new Error('nothing received')
    const wallOf = (rtp: number, rate: number, report: { ntpMs: number; rtp: number }): number =>
      report.ntpMs + (distance32(rtp, report.rtp) * 1000) / rate
    // Both were captured within one frame interval; 35 ms of the path up are in no report.
    const video = wallOf(newestVideo.timestamp, 90_000, videoReport)
    const audio = wallOf(newestAudio.timestamp, 48_000, audioReport)
    expect(Math.abs(video - audio)).toBeLessThanOrEqual(40)
    expect(media.stats().rtt).toBeGreaterThan(68)
    expect(media.stats().rtt).toBeLessThan(92)
  })
})

describe('joins and changes', () => {
  test('ten viewers at once cost one key frame request', () => {
    const call = new SimulatedCall({ seed: 11, viewers: 1 })
    call.time.advance(5000)
    call.publisher.plisAt.length = 0
    for (let index = 0; index < 10; index++) call.addViewer()
    call.time.advance(3000)
    expect(call.publisher.plisAt).toHaveLength(1)
    for (const { viewer } of call.viewers) expect(viewer.frames.size).toBeGreaterThan(60)
  })

  test('ten viewers over two seconds cost one request per 500 ms at most', () => {
    const call = new SimulatedCall({ seed: 12, viewers: 1 })
    call.time.advance(5000)
    call.publisher.plisAt.length = 0
    for (let index = 0; index < 10; index++) {
      call.addViewer()
      call.time.advance(200)
    }
    call.time.advance(2000)
    expect(call.publisher.plisAt.length).toBeLessThanOrEqual(5)
    for (const { viewer } of call.viewers) expect(viewer.frames.size).toBeGreaterThan(30)
  })

  test('mutes, pauses and a new SSRC under loss leave numbers contiguous and timestamps rising', () => {
    const call = new SimulatedCall({ seed: 13, viewers: 1, lossUp: 0.05, lossDown: 0.05, jitter: 10 })
    const repeated = watchNumbers(call)
    const side = call.side(0)
    for (let round = 0; round < 30; round++) {
      call.time.advance(3000)
      if (round % 3 === 0) call.video.setMuted(true)
      else side.video?.setPaused(true)
      call.time.advance(round * 100)
      if (round % 3 === 0) call.video.setMuted(false)
      else side.video?.setPaused(false)
      if (round % 10 !== 9) continue
      const next = ssrc(VIDEO_SSRC + round)
      call.publisherMedia.setReceiveSections(
        SECTIONS.map((section) =>
          section.kind === 'video'
            ? { ...section, ssrcs: [{ ssrc: next, rtxSsrc: section.ssrcs[0]?.rtxSsrc }] }
            : section,
        ),
      )
      call.publisher.restart(next)
    }
    call.time.advance(5000)
    expect(repeated()).toBe(0)
    expect(side.viewer.timestampFaults()).toBe(0)
    expect(side.viewer.frames.size).toBeGreaterThan(1800)
    // What is still asked for is from the last seconds.
    expect(side.viewer.missing).toBeLessThan(10)
    const newest = Math.max(...side.viewer.frames.keys())
    expect(newest).toBeGreaterThan(call.publisher.frames - 10)
  })
})
