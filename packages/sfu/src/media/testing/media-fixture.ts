// One publisher and several subscribers with explicit packets and times: for tests of single behaviours.
import type { DownTrack, DownTrackOptions } from '../down-track.ts'
import { PeerMedia } from '../peer-media.ts'
import type { Receiver } from '../receiver.ts'
import { isRtcp } from '../rtcp/rtcp-types.ts'
import { RtpPacket } from '../rtp-packet.ts'
import { ssrc } from '../sequence-number.ts'
import { buildPacket, vp8Payload } from './build-packet.ts'
import { rtcpEntries, type RtcpEntry } from './rtcp-recorder.ts'
import { seededBytes } from './seeded-random.ts'
import { AUDIO_SSRC, RTX_SSRC, SECTIONS, VIDEO_SSRC } from './simulated-call.ts'
import { target, TestFanout } from './test-fanout.ts'
import { AUDIO_PT, LEVEL_ID, MID_ID, RTX_PT, VIDEO_PT } from './test-publisher.ts'

/** A packet as a subscriber got it. */
export interface Sent {
  readonly target: number
  readonly ssrc: number
  readonly payloadType: number
  readonly sequence: number
  readonly timestamp: number
  readonly marker: boolean
  readonly payload: readonly number[]
  readonly bytes: Uint8Array
}

export const SUBSCRIBER_VIDEO_SSRC = 0xb000_0001
export const SUBSCRIBER_RTX_SSRC = 0xb000_0002
export const SUBSCRIBER_AUDIO_SSRC = 0x3000_0001

/** The fixture; peer 0 publishes. */
export class MediaFixture {
  readonly fanout: TestFanout = new TestFanout()
  readonly media: PeerMedia
  readonly video: Receiver
  readonly audio: Receiver
  readonly sent: Sent[] = []
  readonly rtcp: { target: number; entries: readonly RtcpEntry[] }[] = []
  now = 1_700_000_000_000
  sequence = 65_530
  timestamp = 0xffff_0000

  constructor() {
    this.fanout.onRtp = (index, bytes) => this.sent.push(describe(index, bytes))
    this.fanout.onRtcp = (index, bytes) =>
      this.rtcp.push({ target: index, entries: rtcpEntries(bytes).entries })
    this.media = this.peer(0)
    this.media.setReceiveSections(SECTIONS)
    this.video = defined(this.media.addReceiver('1', { kind: 'video' }))
    this.audio = defined(this.media.addReceiver('0', { kind: 'audio' }))
  }

  /** A further peer connection. */
  peer(index: number, isConnected = true): PeerMedia {
    return new PeerMedia({
      fanout: this.fanout,
      target: isConnected ? target(index) : undefined,
      random: seededBytes(index + 1),
      cname: `peer-${index}`,
      localSsrc: ssrc(index + 1),
    })
  }

  /** A video down-track on a peer, with RTX unless told otherwise. */
  watch(peer: PeerMedia, options: Partial<DownTrackOptions> = {}): DownTrack {
    return defined(
      peer.addDownTrack(this.video, {
        mid: 'v',
        ssrc: ssrc(SUBSCRIBER_VIDEO_SSRC),
        rtxSsrc: ssrc(SUBSCRIBER_RTX_SSRC),
        payloadType: 120,
        rtxPayloadType: 124,
        clockRate: 90_000,
        extensions: { mid: 4, absSendTime: 2 },
        ...options,
      }),
    )
  }

  /** An audio down-track on a peer. */
  listen(peer: PeerMedia): DownTrack {
    return defined(
      peer.addDownTrack(this.audio, {
        mid: 'a',
        ssrc: ssrc(SUBSCRIBER_AUDIO_SSRC),
        payloadType: 109,
        clockRate: 48_000,
        extensions: { mid: 4, audioLevel: 7, absSendTime: 2 },
      }),
    )
  }

  /** Lets time pass, with the timers of these peers in steps of 10 ms. */
  pass(ms: number, ...peers: readonly PeerMedia[]): void {
    for (let step = 0; step < ms; step += 10) {
      this.now += Math.min(10, ms - step)
      for (const peer of [this.media, ...peers]) if (peer.deadline() <= this.now) peer.handleTimeout(this.now)
    }
    this.fanout.flush()
  }

  /** Publishes the packet with this offset from 65530 (default: the next); 40 ms of timestamp per number. */
  video1(
    options: {
      at?: number
      key?: boolean
      first?: boolean
      empty?: boolean
      rtx?: boolean
      ssrc?: number
    } = {},
  ): void {
    const sequence = options.at === undefined ? this.sequence++ : 65_530 + options.at
    const isKey = options.key ?? false
    const body =
      options.empty === true
        ? new Uint8Array(0)
        : vp8Payload(20, options.first ?? true, isKey, sequence & 0xff)
    const isRtx = options.rtx ?? false
    const payload = isRtx ? Uint8Array.from([(sequence >> 8) & 0xff, sequence & 0xff, ...body]) : body
    this.publish(
      buildPacket({
        payloadType: isRtx ? RTX_PT : VIDEO_PT,
        sequence: (isRtx ? sequence + 9000 : sequence) & 0xffff,
        timestamp: this.timestamp + (sequence - 65_530) * 3600,
        ssrc: options.ssrc ?? (isRtx ? RTX_SSRC : VIDEO_SSRC),
        marker: true,
        payload,
        padding: options.empty === true && !isRtx ? 10 : 0,
      }),
    )
  }

  /** Publishes one packet of Opus with a level. */
  audio1(level = 30): void {
    const sequence = this.sequence++
    this.publish(
      buildPacket({
        payloadType: AUDIO_PT,
        sequence: sequence & 0xffff,
        timestamp: this.timestamp + (sequence - 65_530) * 960,
        ssrc: AUDIO_SSRC,
        extensions: new Map([
          [LEVEL_ID, Uint8Array.of(level)],
          [MID_ID, Uint8Array.of(0x30)],
        ]),
        payload: Uint8Array.of(1, 2, 3),
      }),
    )
  }

  publish(packet: Uint8Array): void {
    this.hear(this.media, packet)
  }

  /** Gives bytes to a peer. */
  hear(peer: PeerMedia, packet: Uint8Array): void {
    if (isRtcp(packet)) peer.handleRtcp(this.now, packet, packet.length)
    else peer.handleRtp(this.now, packet, packet.length)
    this.fanout.flush()
  }

  /** Takes what was sent since the last time. */
  take(): Sent[] {
    return this.sent.splice(0)
  }

  /** Key frame requests sent to the publisher since the last time. */
  takeKeyframeRequests(): number {
    return this.rtcp.splice(0).filter(({ entries }) => entries.some(({ kind }) => kind === 'keyframeRequest'))
      .length
  }
}

/** The value, which must be there. */
export function defined<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing there')
  return value
}

function describe(index: number, bytes: Uint8Array): Sent {
  const packet = new RtpPacket()
  if (!packet.read(bytes, 0, bytes.length)) throw new Error('malformed packet sent')
  return {
    target: index,
    ssrc: packet.ssrc >>> 0,
    payloadType: packet.payloadType,
    sequence: packet.sequenceNumber,
    timestamp: packet.timestamp >>> 0,
    marker: packet.marker !== 0,
    payload: [...bytes.subarray(packet.payloadOffset, packet.payloadEnd)],
    bytes,
  }
}
