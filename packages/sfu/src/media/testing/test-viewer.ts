// A simulated receiving client: unwraps RTX, asks for losses and key frames, sends reports, and keeps what a test wants to know.
import { u32, u8 } from '../bytes.ts'
import { RtpPacket } from '../rtp-packet.ts'
import { unwrapRtx } from '../rtx.ts'
import { writeNack, writePli } from '../rtcp/write-feedback.ts'
import { writeReceiverReport, writeReportBlock } from '../rtcp/write-reports.ts'
import { distance16, distance32, extendNear, ssrc as toSsrc } from '../sequence-number.ts'
import { rtcpEntries } from './rtcp-recorder.ts'
import { FRAME_INFO_OFFSET } from './test-publisher.ts'
import type { VirtualTime } from './virtual-time.ts'

export interface ViewerOptions {
  readonly videoSsrc: number
  readonly rtxSsrc: number
  readonly audioSsrc: number
  readonly payloadType: number
  readonly rtxPayloadType: number
}

/** Asks for a lost packet so often, ms apart. */
const NACK_SPACING_MS = 100
const NACK_TRIES = 10

/** What a viewer saw of one frame. */
export interface SeenFrame {
  readonly timestamp: number
  readonly isKey: boolean
  readonly indexes: Set<number>
  readonly count: number
  readonly at: number
}

/** Receives through `handleRtp` and `handleRtcp`, answers through `send`. */
export class TestViewer {
  readonly frames: Map<number, SeenFrame> = new Map()
  readonly sequences: Set<number> = new Set()
  readonly audio: { sequence: number; timestamp: number; count: number; packet: Uint8Array }[] = []
  readonly reports: { ssrc: number; ntpMs: number; rtp: number; at: number }[] = []
  duplicateSequences = 0
  nacks = 0
  plis = 0
  goodbyes = 0
  onPacket: (packet: Uint8Array) => void = () => undefined
  readonly #time: VirtualTime
  readonly #options: ViewerOptions
  readonly #send: (packet: Uint8Array) => void
  readonly #missing = new Map<number, { tries: number; at: number }>()
  readonly #packet = new RtpPacket()
  #highest = -1
  #lastSr = 0
  #lastSrAt = 0

  constructor(time: VirtualTime, options: ViewerOptions, send: (packet: Uint8Array) => void) {
    this.#time = time
    this.#options = options
    this.#send = send
  }

  get missing(): number {
    return this.#missing.size
  }

  handleRtp(bytes: Uint8Array): void {
    const packet = this.#packet
    if (!packet.read(bytes, 0, bytes.length)) throw new Error('malformed packet sent')
    this.onPacket(bytes)
    const { videoSsrc, rtxSsrc, audioSsrc, payloadType, rtxPayloadType } = this.#options
    if (packet.ssrc === (audioSsrc | 0)) return this.#takeAudio(packet)
    const isRtx = packet.ssrc === (rtxSsrc | 0)
    if (isRtx) {
      if (packet.payloadType !== rtxPayloadType) throw new Error('wrong RTX payload type')
      if (!unwrapRtx(packet, toSsrc(videoSsrc), payloadType)) throw new Error('RTX without original')
    } else if (packet.ssrc !== (videoSsrc | 0) || packet.payloadType !== payloadType) {
      throw new Error('unknown stream sent')
    }
    this.#takeVideo(packet, isRtx)
  }

  handleRtcp(compound: Uint8Array): void {
    for (const { kind, values } of rtcpEntries(compound).entries) {
      const [ssrc = 0, high = 0, low = 0, rtp = 0] = values
      if (kind === 'bye') this.goodbyes++
      if (kind !== 'senderReport') continue
      this.reports.push({ ssrc, ntpMs: high * 1000 + (low * 1000) / 2 ** 32, rtp, at: this.#time.now })
      if (ssrc !== this.#options.videoSsrc) continue
      this.#lastSr = (((high & 0xffff) << 16) | (low >>> 16)) >>> 0
      this.#lastSrAt = this.#time.now
    }
  }

  /** To be called every 20 ms or so: NACKs what is missing, PLI for what is given up. */
  tick(): void {
    const due: number[] = []
    for (const [sequence, entry] of this.#missing) {
      if (this.#time.now < entry.at) continue
      if (entry.tries++ < NACK_TRIES) {
        entry.at = this.#time.now + NACK_SPACING_MS
        due.push(sequence & 0xffff)
        continue
      }
      this.#missing.delete(sequence)
      this.requestKeyframe()
    }
    if (due.length === 0) return
    this.nacks += due.length
    const sorted = Uint16Array.from(due.sort((a, b) => distance16(a, b)))
    const buffer = new Uint8Array(12 + due.length * 4)
    const end = writeNack(buffer, 0, 1, this.#options.videoSsrc, sorted, sorted.length)
    this.#send(buffer.slice(0, end))
  }

  requestKeyframe(): void {
    this.plis++
    const buffer = new Uint8Array(12)
    writePli(buffer, 0, 1, this.#options.videoSsrc)
    this.#send(buffer)
  }

  /** A receiver report about the video. */
  report(): void {
    const buffer = new Uint8Array(32)
    const at = writeReceiverReport(buffer, 0, 1, 1)
    writeReportBlock(buffer, at, {
      ssrc: this.#options.videoSsrc,
      fractionLost: 0,
      cumulativeLost: 0,
      highest: this.#highest,
      jitter: 0,
      lastReport: this.#lastSr,
      delaySinceLastReport: Math.round((this.#time.now - this.#lastSrAt) * 65.536),
    })
    this.#send(buffer)
  }

  /** Numbers of frames from the first seen to `last` that are not complete. */
  incompleteFrames(last: number): number[] {
    const first = Math.min(...this.frames.keys())
    const incomplete: number[] = []
    for (let frame = first; frame <= last; frame++) {
      const seen = this.frames.get(frame)
      if (!seen || seen.indexes.size < seen.count) incomplete.push(frame)
    }
    return incomplete
  }

  #takeAudio(packet: RtpPacket): void {
    const { buffer, start, end } = packet
    this.audio.push({
      sequence: packet.sequenceNumber,
      timestamp: packet.timestamp,
      count: u32(buffer, packet.payloadOffset),
      packet: buffer.slice(start, end),
    })
  }

  #takeVideo(packet: RtpPacket, isRtx: boolean): void {
    if (this.#highest < 0) this.#highest = packet.sequenceNumber + 0x10000 - 1
    const sequence = extendNear(this.#highest, packet.sequenceNumber)
    for (let lost = this.#highest + 1; lost < sequence; lost++) {
      this.#missing.set(lost, { tries: 0, at: this.#time.now + 10 })
    }
    this.#highest = Math.max(this.#highest, sequence)
    this.#missing.delete(sequence)
    if (this.sequences.has(sequence)) {
      if (!isRtx) this.duplicateSequences++
      return
    }
    this.sequences.add(sequence)
    if (packet.payloadLength > 0) this.#takeFrame(packet)
  }

  #takeFrame(packet: RtpPacket): void {
    const { buffer, payloadOffset, timestamp } = packet
    const info = payloadOffset + FRAME_INFO_OFFSET
    const frame = u32(buffer, info)
    const index = u8(buffer, info + 4)
    const isKey = u8(buffer, info + 6) === 1
    const seen = this.frames.get(frame)
    if (!seen) {
      const fresh = {
        timestamp,
        isKey,
        indexes: new Set([index]),
        count: u8(buffer, info + 5),
        at: this.#time.now,
      }
      this.frames.set(frame, fresh)
      return
    }
    if (seen.timestamp !== timestamp) throw new Error('two timestamps in one frame')
    seen.indexes.add(index)
  }

  /** Frames whose timestamp is not behind that of the frame before. */
  timestampFaults(): number {
    const ordered = [...this.frames].sort(([a], [b]) => a - b)
    let faults = 0
    for (let index = 1; index < ordered.length; index++) {
      const before = ordered[index - 1]?.[1].timestamp ?? 0
      if (distance32(ordered[index]?.[1].timestamp ?? 0, before) <= 0) faults++
    }
    return faults
  }
}
