import { describe, expect, test } from 'vitest'
import { MAX_DOWN_TRACKS_PER_PEER, MAX_RECEIVERS_PER_PEER } from './limits.ts'
import { ssrc } from './sequence-number.ts'
import { buildPacket, vp8Payload } from './testing/build-packet.ts'
import { MediaFixture, SUBSCRIBER_VIDEO_SSRC } from './testing/media-fixture.ts'
import { SECTIONS } from './testing/simulated-call.ts'

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

  test('a late retransmission of the stream before does not tell where the new one begins', () => {
    const fixture = new MediaFixture()
    fixture.watch(fixture.peer(1))
    fixture.video1({ at: 5000, key: true, rtx: true })
    fixture.video1({ at: 0, key: true })
    fixture.video1({ at: 5001, rtx: true })
    fixture.video1({ at: 1 })
    const sent = fixture.take()
    expect(sent.map(({ sequence }) => sequence - (sent[0]?.sequence ?? 0))).toEqual([0, 1])
  })

  test('numbers that begin anew far below are taken after half a second without others, not before', () => {
    const fixture = new MediaFixture()
    fixture.watch(fixture.peer(1))
    fixture.video1({ at: 10_000, key: true })
    const [before] = fixture.take()
    // Old packets in a row, as browsers repeat them for probing, while the stream goes on.
    for (let at = 0; at < 50; at++) {
      fixture.video1({ at: 10_001 + at })
      fixture.video1({ at, key: true })
      fixture.pass(40)
    }
    expect(fixture.take()).toHaveLength(50)
    fixture.pass(600)
    fixture.video1({ at: 100, key: true })
    expect(fixture.take()).toEqual([])
    fixture.video1({ at: 101, key: true })
    fixture.video1({ at: 102 })
    const after = fixture.take()
    expect(after.map(({ sequence }) => (sequence - (before?.sequence ?? 0)) & 0xffff)).toEqual([51, 52])
    // 50 frames of 40 ms, then the time that passed: not the publisher's jump of six hours back.
    expect(((after[0]?.timestamp ?? 0) - (before?.timestamp ?? 0)) >>> 0).toBe((50 * 40 + 640) * 90)
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
