// A simulated publishing client: VP8 frames and Opus packets, key frames on request, retransmissions, sender reports.
import { setU16, setU32, u16, u32 } from '../bytes.ts'
import { readTransportFeedback } from '../rtcp/transport-feedback.ts'
import { writeSenderReport } from '../rtcp/write-reports.ts'
import { buildPacket, vp8Payload } from './build-packet.ts'
import { eachRtcpPacket, rtcpEntries } from './rtcp-recorder.ts'
import type { VirtualTime } from './virtual-time.ts'

export const MID_ID = 4
export const LEVEL_ID = 1
export const TWCC_ID = 3
export const VIDEO_PT = 96
export const RTX_PT = 97
export const AUDIO_PT = 111

/** Where payloads say what they are: frame number (32 bits), index and count of its packets, whether key (8 each). */
export const FRAME_INFO_OFFSET = 5
const VIDEO_PACKET_BYTES = 60
const NTP_OFFSET_MS = 2_208_988_800_000

export interface PublisherOptions {
  readonly videoSsrc: number
  readonly rtxSsrc: number
  readonly audioSsrc: number
  /** Packets per frame. */
  readonly packetsPerFrame?: number
  /** First numbers, to place wrap-arounds. */
  readonly firstSequence?: number
  readonly firstTimestamp?: number
}

/** Sends through `rtp` and `rtcp`, hears through `handleRtcp`. */
export class TestPublisher {
  readonly keyframesAt: number[] = []
  readonly plisAt: number[] = []
  frames = 0
  nacked = 0
  retransmitted = 0
  feedbackPackets = 0
  /** Transport-wide numbers reported as received. */
  readonly arrived: Set<number> = new Set()
  audioLevel = 20
  videoSsrc: number
  readonly #time: VirtualTime
  readonly #options: PublisherOptions
  readonly #send: (packet: Uint8Array) => void
  readonly #sent = new Map<number, Uint8Array>()
  readonly #start: number
  #sequence: number
  #rtxSequence = 7
  #audioSequence = 65_530
  #transport = 65_500
  #wantsKey = true
  #count = 0

  constructor(time: VirtualTime, options: PublisherOptions, send: (packet: Uint8Array) => void) {
    this.#time = time
    this.#options = options
    this.#send = send
    this.#start = time.now
    this.#sequence = options.firstSequence ?? 65_000
    this.videoSsrc = options.videoSsrc
  }

  /** Sends one frame, a key frame if one was asked for. */
  sendFrame(): void {
    const isKey = this.#wantsKey
    this.#wantsKey = false
    if (isKey) this.keyframesAt.push(this.#time.now)
    const count = (this.#options.packetsPerFrame ?? 6) * (isKey ? 3 : 1)
    const frame = this.frames++
    for (let index = 0; index < count; index++) {
      const payload = vp8Payload(VIDEO_PACKET_BYTES, index === 0, isKey)
      setU32(payload, FRAME_INFO_OFFSET, frame)
      payload[FRAME_INFO_OFFSET + 4] = index
      payload[FRAME_INFO_OFFSET + 5] = count
      payload[FRAME_INFO_OFFSET + 6] = isKey ? 1 : 0
      this.sendVideo({ payload, marker: index === count - 1 })
    }
  }

  /** Sends one video packet with the next number. */
  sendVideo(fields: { payload?: Uint8Array; marker?: boolean; padding?: number }): void {
    const sequence = this.#sequence++ & 0xffff
    const packet = buildPacket({
      payloadType: VIDEO_PT,
      sequence,
      timestamp: this.#timestamp(90),
      ssrc: this.videoSsrc,
      extensions: this.#extensions(),
      ...fields,
    })
    this.#sent.set(sequence, packet)
    this.#send(packet.slice())
  }

  /** Sends one packet of Opus. */
  sendAudio(): void {
    const payload = new Uint8Array(20)
    setU32(payload, 0, this.#count++)
    const packet = buildPacket({
      payloadType: AUDIO_PT,
      sequence: this.#audioSequence++ & 0xffff,
      timestamp: this.#timestamp(48),
      ssrc: this.#options.audioSsrc,
      extensions: new Map([
        [LEVEL_ID, Uint8Array.of(0x80 | this.audioLevel)],
        [MID_ID, Uint8Array.of(0x30)],
      ]),
      payload,
    })
    this.#send(packet)
  }

  /** Both sender reports in one compound. */
  senderReports(): Uint8Array {
    const buffer = new Uint8Array(56)
    const ntpMs = this.#time.now + NTP_OFFSET_MS
    const common = { ntpMs, packets: 0, octets: 0 }
    const at = writeSenderReport(buffer, 0, { ssrc: this.videoSsrc, rtp: this.#timestamp(90), ...common })
    writeSenderReport(buffer, at, { ssrc: this.#options.audioSsrc, rtp: this.#timestamp(48), ...common })
    return buffer
  }

  /** Skips numbers, as if an encoder had dropped out. */
  skipSequences(count: number): void {
    this.#sequence += count
  }

  /** The next frame is a key frame, as after a restart of the encoder. */
  restart(ssrc: number): void {
    this.videoSsrc = ssrc
    this.#sequence = 12_345
    this.#wantsKey = true
  }

  handleRtcp(compound: Uint8Array): void {
    const { entries } = rtcpEntries(compound)
    for (const { kind, values } of entries) {
      if (kind === 'keyframeRequest' && values[0] === this.videoSsrc) {
        this.plisAt.push(this.#time.now)
        this.#wantsKey = true
      } else if (kind === 'nack' && values[0] === this.videoSsrc) this.#retransmit(values[1] ?? 0)
    }
    eachRtcpPacket(compound, (type, format, at, end) => {
      if (type !== 205 || format !== 15) return
      this.feedbackPackets++
      const feedback = readTransportFeedback(compound, at, end)
      feedback?.statuses.subarray(0, feedback.statusCount).forEach((status, index) => {
        if (status !== 0) this.arrived.add((feedback.baseSequence + index) & 0xffff)
      })
    })
  }

  #retransmit(sequence: number): void {
    this.nacked++
    const original = this.#sent.get(sequence)
    if (!original || u32(original, 8) !== this.videoSsrc) return
    this.retransmitted++
    // 12 bytes of header, extension block, then OSN in front of the payload.
    const headerLength = 16 + u16(original, 14) * 4
    const packet = new Uint8Array(original.length + 2)
    packet.set(original.subarray(0, headerLength))
    setU16(packet, headerLength, sequence)
    packet.set(original.subarray(headerLength), headerLength + 2)
    packet[1] = ((original[1] ?? 0) & 0x80) | RTX_PT
    setU16(packet, 2, this.#rtxSequence++ & 0xffff)
    setU32(packet, 8, this.#options.rtxSsrc)
    this.#send(packet)
  }

  #extensions(): Map<number, Uint8Array> {
    const transport = this.#transport++ & 0xffff
    return new Map([[TWCC_ID, Uint8Array.of(transport >> 8, transport & 0xff)]])
  }

  #timestamp(perMs: number): number {
    const first = this.#options.firstTimestamp ?? 0xffff_0000
    return (first + Math.round((this.#time.now - this.#start) * perMs)) >>> 0
  }
}
