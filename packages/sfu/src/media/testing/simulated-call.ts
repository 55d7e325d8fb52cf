// Wires one publisher and several viewers through PeerMedia and lossy links under virtual time.
import type { DownTrack } from '../down-track.ts'
import { PeerMedia } from '../peer-media.ts'
import type { ReceiveSection } from '../receive-section.ts'
import type { Receiver } from '../receiver.ts'
import { isRtcp } from '../rtcp/rtcp-types.ts'
import { ssrc } from '../sequence-number.ts'
import { LossyLink } from './lossy-link.ts'
import { seededBytes } from './seeded-random.ts'
import { target, TestFanout } from './test-fanout.ts'
import {
  AUDIO_PT,
  LEVEL_ID,
  MID_ID,
  RTX_PT,
  TestPublisher,
  TWCC_ID,
  VIDEO_PT,
  type PublisherOptions,
} from './test-publisher.ts'
import { TestViewer } from './test-viewer.ts'
import { VirtualTime } from './virtual-time.ts'

export const VIDEO_SSRC = 0xa000_0001
export const RTX_SSRC = 0xa000_0002
export const AUDIO_SSRC = 0x2000_0003
const VIEWER_VIDEO_PT = 120
const VIEWER_RTX_PT = 124
const VIEWER_AUDIO_PT = 109

/** The publisher's sections: video with declared SSRCs, audio learned by its mid "0". */
export const SECTIONS: readonly ReceiveSection[] = [
  {
    mid: '1',
    kind: 'video',
    codecs: [
      {
        payloadType: VIDEO_PT,
        codec: 'vp8',
        clockRate: 90_000,
        rtxPayloadType: RTX_PT,
        nack: true,
        pli: true,
        transportCc: true,
      },
    ],
    extensions: { mid: MID_ID, twcc: TWCC_ID },
    ssrcs: [{ ssrc: ssrc(VIDEO_SSRC), rtxSsrc: ssrc(RTX_SSRC) }],
  },
  {
    mid: '0',
    kind: 'audio',
    codecs: [
      { payloadType: AUDIO_PT, codec: 'opus', clockRate: 48_000, nack: true, pli: false, transportCc: false },
    ],
    extensions: { mid: MID_ID, audioLevel: LEVEL_ID },
    ssrcs: [],
  },
]

export interface CallOptions {
  readonly seed: number
  readonly viewers: number
  readonly lossUp?: number
  readonly lossDown?: number
  readonly delay?: number
  readonly jitter?: number
  readonly reordered?: number
  readonly duplicates?: number
  readonly publisher?: Partial<PublisherOptions>
}

/** One viewer with its peer connection. */
export interface ViewerSide {
  readonly media: PeerMedia
  readonly viewer: TestViewer
  readonly up: LossyLink
  readonly down: LossyLink
  video: DownTrack | undefined
  audio: DownTrack | undefined
}

/** A call that runs by itself as virtual time advances. */
export class SimulatedCall {
  readonly time: VirtualTime = new VirtualTime()
  readonly fanout: TestFanout = new TestFanout()
  readonly publisherMedia: PeerMedia
  readonly publisher: TestPublisher
  readonly video: Receiver
  readonly audio: Receiver
  readonly viewers: ViewerSide[] = []
  readonly up: LossyLink
  readonly #downToPublisher: LossyLink
  readonly #options: CallOptions
  /** Set false to stop the cameras. */
  isVideoOn = true
  isAudioOn = true

  constructor(options: CallOptions) {
    this.#options = options
    const { time, fanout } = this
    this.publisherMedia = this.#peer(0)
    this.publisherMedia.setReceiveSections(SECTIONS)
    const video = this.publisherMedia.addReceiver('1', { kind: 'video' })
    const audio = this.publisherMedia.addReceiver('0', { kind: 'audio' })
    if (!video || !audio) throw new Error('no receiver')
    this.video = video
    this.audio = audio
    this.up = this.#link(1, options.lossUp, (packet) => this.#receive(this.publisherMedia, packet))
    const ssrcs = { videoSsrc: VIDEO_SSRC, rtxSsrc: RTX_SSRC, audioSsrc: AUDIO_SSRC }
    this.publisher = new TestPublisher(time, { ...ssrcs, ...options.publisher }, (packet) =>
      this.up.send(packet),
    )
    this.#downToPublisher = this.#link(2, options.lossDown, (packet) => this.publisher.handleRtcp(packet))
    fanout.onRtp = (index, packet) => this.viewers[index - 1]?.down.send(packet)
    fanout.onRtcp = (index, packet) =>
      index === 0 ? this.#downToPublisher.send(packet) : this.viewers[index - 1]?.down.send(packet)
    for (let index = 0; index < options.viewers; index++) this.addViewer()
    this.#schedule()
  }

  /** Joins a viewer of both tracks. */
  addViewer(): ViewerSide {
    const index = this.viewers.length + 1
    const media = this.#peer(index)
    const ids = {
      videoSsrc: 0xb000_0000 + index * 4,
      rtxSsrc: 0xb000_0001 + index * 4,
      audioSsrc: 0x3000_0002 + index * 4,
      payloadType: VIEWER_VIDEO_PT,
      rtxPayloadType: VIEWER_RTX_PT,
    }
    const up = this.#link(index * 2 + 1, this.#options.lossUp, (packet) => this.#receive(media, packet))
    const viewer = new TestViewer(this.time, ids, (packet) => up.send(packet))
    const down = this.#link(index * 2 + 2, this.#options.lossDown, (packet) =>
      isRtcp(packet) ? viewer.handleRtcp(packet) : viewer.handleRtp(packet),
    )
    const side: ViewerSide = { media, viewer, up, down, video: undefined, audio: undefined }
    this.viewers.push(side)
    side.video = media.addDownTrack(this.video, {
      mid: 'v1',
      ssrc: ssrc(ids.videoSsrc),
      rtxSsrc: ssrc(ids.rtxSsrc),
      payloadType: VIEWER_VIDEO_PT,
      rtxPayloadType: VIEWER_RTX_PT,
      clockRate: 90_000,
      extensions: { mid: 9, absSendTime: 2 },
    })
    side.audio = media.addDownTrack(this.audio, {
      mid: 'a1',
      ssrc: ssrc(ids.audioSsrc),
      payloadType: VIEWER_AUDIO_PT,
      clockRate: 48_000,
      extensions: { mid: 9, audioLevel: 7 },
    })
    return side
  }

  /** The viewer at an index, which must exist. */
  side(index: number): ViewerSide {
    const side = this.viewers[index]
    if (!side) throw new Error('no such viewer')
    return side
  }

  #peer(index: number): PeerMedia {
    const { seed } = this.#options
    return new PeerMedia({
      fanout: this.fanout,
      target: target(index),
      random: seededBytes(seed * 100 + index),
      cname: `peer-${index}`,
      localSsrc: ssrc(index + 1),
    })
  }

  #link(index: number, loss: number | undefined, deliver: (packet: Uint8Array) => void): LossyLink {
    const { seed, delay = 20, jitter = 0, reordered = 0, duplicates = 0 } = this.#options
    return new LossyLink(
      this.time,
      { seed: seed * 1000 + index, loss: loss ?? 0, delay, jitter, reordered, duplicates },
      deliver,
    )
  }

  #receive(media: PeerMedia, packet: Uint8Array): void {
    if (isRtcp(packet)) media.handleRtcp(this.time.now, packet, packet.length)
    else media.handleRtp(this.time.now, packet, packet.length)
    this.fanout.flush()
  }

  #schedule(): void {
    const { time, publisher } = this
    time.every(40, () => {
      if (this.isVideoOn) publisher.sendFrame()
      return true
    })
    time.every(20, () => {
      if (this.isAudioOn) publisher.sendAudio()
      return true
    })
    time.every(1000, () => {
      this.up.send(publisher.senderReports())
      for (const { viewer } of this.viewers) viewer.report()
      return true
    })
    time.every(10, () => {
      for (const media of [this.publisherMedia, ...this.viewers.map((side) => side.media)]) {
        if (media.deadline() <= time.now) media.handleTimeout(time.now)
      }
      for (const { viewer } of this.viewers) viewer.tick()
      this.fanout.flush()
      return true
    })
  }
}
