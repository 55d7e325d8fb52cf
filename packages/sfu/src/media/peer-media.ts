// Joins what one peer connection publishes and receives: finds the stream of each packet and keeps the timers.
import type { MediaKind } from './codec/codec.ts'
import { DownTrack, type DownTrackOptions } from './down-track.ts'
import type { Fanout, TargetIndex } from './fanout.ts'
import { MAX_DOWN_TRACKS_PER_PEER, MAX_RECEIVERS_PER_PEER, MAX_RTP_PACKET_BYTES } from './limits.ts'
import type { ReceiveSection } from './receive-section.ts'
import { Receiver } from './receiver.ts'
import { writeReceiverReports } from './receiver-reports.ts'
import { RoundTripTime } from './round-trip-time.ts'
import { RtcpOutbox } from './rtcp-outbox.ts'
import { RtcpRouter } from './rtcp-router.ts'
import { RtpExtensions } from './rtp-extension.ts'
import { RtpPacket } from './rtp-packet.ts'
import { unwrapRtx } from './rtx.ts'
import type { Ssrc } from './sequence-number.ts'
import { StreamTable, type StreamBinding } from './stream-table.ts'
import { TwccRecorder } from './twcc-recorder.ts'

/** Time between receiver reports, ms (livekit-protocol.md section 6). */
const RECEIVER_REPORT_MS = 1000

/** A CNAME's length has 8 bits (RFC 3550 section 6.5). */
const MAX_CNAME_BYTES = 255

export interface PeerMediaOptions {
  readonly fanout: Fanout
  /** Where to send; undefined until the transport is connected, see attachTarget. */
  readonly target?: TargetIndex | undefined
  readonly random: (bytes: number) => Uint8Array
  /** Names this peer's tracks to subscribers; equal for tracks that belong in sync. */
  readonly cname: string
  /** Our own SSRC in reports and feedback to this peer. */
  readonly localSsrc: Ssrc
}

/** Figures of one peer since its beginning. */
export interface PeerMediaStats {
  readonly receivers: number
  readonly downTracks: number
  /** Packets of an SSRC or payload type nobody agreed on. */
  readonly unknown: number
  /** RTP or RTCP that could not be read. */
  readonly malformed: number
  /** ms; the default of 70 until measured. */
  readonly rtt: number
  /** Last REMB in bits per second, 0 without one. */
  readonly estimate: number
}

/** The media of one peer connection, after decryption and before encryption. */
export class PeerMedia {
  readonly #options: PeerMediaOptions
  readonly #cname: Uint8Array
  readonly #rtt = new RoundTripTime()
  readonly #streams = new StreamTable()
  readonly #receivers = new Set<Receiver>()
  readonly #downTracks = new Map<number, DownTrack>()
  readonly #outbox: RtcpOutbox
  readonly #router: RtcpRouter
  readonly #twcc = new TwccRecorder()
  readonly #packet = new RtpPacket()
  readonly #found = new RtpExtensions()
  #target: TargetIndex | undefined
  #reportAt = 0
  #senderReportAt = 0
  #unknown = 0
  #malformed = 0

  constructor(options: PeerMediaOptions) {
    this.#options = options
    this.#cname = new TextEncoder().encode(options.cname).subarray(0, MAX_CNAME_BYTES)
    this.#target = options.target
    this.#outbox = new RtcpOutbox(options.fanout, options.localSsrc, options.target)
    this.#router = new RtcpRouter(this.#streams, this.#downTracks, this.#rtt)
  }

  /** Whether the peer publishes: then losses and wishes for key frames are waited for by the millisecond. */
  get publishes(): boolean {
    return this.#receivers.size > 0
  }

  /** Sets where to send, once the transport is connected. Video begins at a key frame after this. */
  attachTarget(target: TargetIndex): void {
    this.#target = target
    this.#outbox.attachTarget(target)
    for (const downTrack of this.#downTracks.values()) downTrack.attachTarget(target)
  }

  /** What the description agreed for all sections in which the client sends. Call after each negotiation; idempotent. */
  setReceiveSections(sections: readonly ReceiveSection[]): void {
    this.#streams.setSections(sections)
  }

  /** Makes the track of a section something to subscribe to; undefined beyond the limit. One per mid. */
  addReceiver(mid: string, options: { readonly kind: MediaKind }): Receiver | undefined {
    if (this.#receivers.size >= MAX_RECEIVERS_PER_PEER) return undefined
    const receiver = new Receiver(mid, options.kind, {
      fanout: this.#options.fanout,
      outbox: this.#outbox,
      rtt: this.#rtt,
      extensions: this.#streams.extensions,
      cname: this.#cname,
    })
    this.#receivers.add(receiver)
    this.#streams.addReceiver(receiver)
    return receiver
  }

  /** Ends a track; its down-tracks fall silent and are removed by whoever made them. */
  removeReceiver(receiver: Receiver): void {
    if (!this.#receivers.delete(receiver)) return
    this.#streams.removeReceiver(receiver)
    receiver.close()
  }

  /** Sends another peer's track to this peer; undefined beyond the limit or if the SSRC is taken. */
  addDownTrack(receiver: Receiver, options: DownTrackOptions): DownTrack | undefined {
    const key = options.ssrc | 0
    if (this.#downTracks.size >= MAX_DOWN_TRACKS_PER_PEER || this.#downTracks.has(key)) return undefined
    const { fanout, random } = this.#options
    const downTrack = new DownTrack(receiver, receiver.kind, options, { fanout, rtt: this.#rtt, random })
    if (this.#target !== undefined) downTrack.attachTarget(this.#target)
    this.#downTracks.set(key, downTrack)
    this.#senderReportAt = 0
    receiver.attach(downTrack)
    return downTrack
  }

  /** Ends a down-track and says BYE for its SSRC. */
  removeDownTrack(downTrack: DownTrack): void {
    if (this.#downTracks.get(downTrack.ssrc | 0) !== downTrack) return
    this.#downTracks.delete(downTrack.ssrc | 0)
    downTrack.close()
    this.#outbox.goodbye(downTrack.ssrc)
    this.#outbox.flush()
  }

  /** Ends everything, without a word: the transport is gone. */
  close(): void {
    for (const receiver of this.#receivers) this.removeReceiver(receiver)
    for (const downTrack of this.#downTracks.values()) downTrack.close()
    this.#downTracks.clear()
  }

  /** Hot path: one decrypted RTP packet `packet[0, length)`, which may be overwritten (RTX is unwrapped in place). */
  handleRtp(now: number, packet: Uint8Array, length: number): void {
    const cursor = this.#packet
    if (length > MAX_RTP_PACKET_BYTES || !cursor.read(packet, 0, length)) {
      this.#malformed++
      return
    }
    this.#found.read(cursor, this.#streams.extensions)
    const { transportSequence } = this.#found
    if (transportSequence >= 0 && this.#twcc.record(now, transportSequence, cursor.ssrc, cursor.marker)) {
      this.#outbox.transportFeedback(now, this.#twcc)
      this.#outbox.flush()
    }
    const binding = this.#streams.find(cursor.ssrc) ?? this.#streams.learn(now, cursor, this.#found)
    if (!binding || !this.#deliver(now, binding)) this.#unknown++
  }

  /** One decrypted RTCP compound `packet[0, length)`. */
  handleRtcp(now: number, packet: Uint8Array, length: number): void {
    if (!this.#router.handle(now, packet, Math.min(length, packet.length))) this.#malformed++
    this.#outbox.flush()
  }

  /** Does what is due: requests, feedback, reports. Harmless when called early or late. */
  handleTimeout(now: number): void {
    for (const receiver of this.#receivers) receiver.handleTimeout(now)
    if (now >= this.#twcc.deadline()) this.#outbox.transportFeedback(now, this.#twcc)
    if (now >= this.#reportAt) {
      this.#reportAt = now + RECEIVER_REPORT_MS
      const layers = [...this.#receivers].flatMap((receiver) => receiver.layers)
      writeReceiverReports(now, this.#outbox, this.#options.localSsrc, this.#cname, layers)
    }
    if (now >= this.#senderReportAt) {
      let next = Infinity
      for (const downTrack of this.#downTracks.values())
        next = Math.min(next, downTrack.report(now, this.#outbox))
      this.#senderReportAt = next
    }
    this.#outbox.flush()
  }

  /**
   * When handleTimeout wants to be called, ms; Infinity for never. Packets, and what subscribers of this peer ask for, move it
   * forward: look again in each turn, at most 20 ms apart.
   */
  deadline(): number {
    let earliest = this.#twcc.deadline()
    if (this.#receivers.size > 0) earliest = Math.min(earliest, this.#reportAt)
    if (this.#downTracks.size > 0) earliest = Math.min(earliest, this.#senderReportAt)
    for (const receiver of this.#receivers) earliest = Math.min(earliest, receiver.deadline())
    return earliest
  }

  stats(): PeerMediaStats {
    return {
      receivers: this.#receivers.size,
      downTracks: this.#downTracks.size,
      unknown: this.#unknown,
      malformed: this.#malformed,
      rtt: this.#rtt.value,
      estimate: this.#router.estimate,
    }
  }

  /** Hands the packet under the cursor to its track; false if its payload type is not agreed there. */
  #deliver(now: number, binding: StreamBinding): boolean {
    const cursor = this.#packet
    const { entries, receiver } = binding.stream
    const entry = entries[cursor.payloadType]
    if (!entry || !receiver || entry.isRtx !== binding.isRtx) return false
    const layer = this.#streams.layerOf(binding)
    if (!layer) return false
    if (entry.isRtx) {
      // Probes carry no original and are no fault.
      if (!unwrapRtx(cursor, layer.ssrc, entry.payloadType)) return true
      this.#found.read(cursor, this.#streams.extensions)
    }
    receiver.handlePacket(now, layer, cursor, this.#found, entry.codec, entry.isRtx)
    return true
  }
}
