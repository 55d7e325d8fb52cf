// Sends one received track to one subscriber: decides per packet, writes its clear header, answers NACKs, reports.
import type { MediaKind } from './codec/codec.ts'
import type { Fanout, TargetIndex } from './fanout.ts'
import { Forwarder } from './forwarder.ts'
import { ReceptionReport } from './reception-report.ts'
import type { ReceiveLayer } from './receive-layer.ts'
import { Retransmitter, type StoredPackets } from './retransmitter.ts'
import type { RoundTripTime } from './round-trip-time.ts'
import type { RtcpOutbox } from './rtcp-outbox.ts'
import { RtpHeaderWriter } from './rtp-header-writer.ts'
import type { ExtensionIds, RtpExtensions } from './rtp-extension.ts'
import { RtpMunger, RESUME_LAG_SECONDS, UNMUTE_LAG_SECONDS, type MungerPosition } from './rtp-munger.ts'
import type { RtpPacket } from './rtp-packet.ts'
import { REPORT_RETRY_MS, SenderReports } from './sender-reports.ts'
import { NO_SEQUENCE, type IncomingSequence, type Ssrc } from './sequence-number.ts'

/** What the subscriber's description says of the section the track is sent in. */
export interface DownTrackOptions {
  readonly mid: string
  readonly ssrc: Ssrc
  readonly payloadType: number
  /** Both or none: without RTX lost packets are repeated on the media SSRC. */
  readonly rtxSsrc?: Ssrc | undefined
  readonly rtxPayloadType?: number | undefined
  readonly clockRate: number
  readonly extensions: ExtensionIds
  /** `position()` of an earlier down-track with the same SSRC on this peer connection, so that its stream goes on. */
  readonly continueFrom?: MungerPosition | undefined
}

/** Where a down-track takes its packets from. */
export interface PacketSource extends StoredPackets {
  /** CNAME of the publisher. */
  readonly cname: Uint8Array
  requestKeyframe(now: number, layer: ReceiveLayer | undefined): void
  detach(downTrack: DownTrack): void
}

/** What the down-tracks of one peer share. */
export interface DownTrackContext {
  readonly fanout: Fanout
  readonly rtt: RoundTripTime
  readonly random: (bytes: number) => Uint8Array
}

/** Figures of one down-track since its beginning. */
export interface DownTrackStats {
  readonly packets: number
  readonly bytes: number
  readonly retransmitted: number
  readonly nacked: number
  readonly keyframeRequests: number
  /** As the subscriber reports: in all, and the share of the last interval, 0 to 1. */
  readonly lost: number
  readonly fractionLost: number
  /** Seconds. */
  readonly jitter: number
  /** ms. */
  readonly rtt: number
}

/** One subscriber's copy of a track. */
export class DownTrack {
  readonly mid: string
  readonly kind: MediaKind
  readonly ssrc: Ssrc
  readonly source: PacketSource
  readonly forwarder: Forwarder
  readonly #context: DownTrackContext
  readonly #headers: RtpHeaderWriter
  readonly #retransmitter: Retransmitter
  readonly #reports: SenderReports
  readonly #reception: ReceptionReport
  readonly #hasRtx: boolean
  readonly #payloadType: number
  /** Signed, see RtpPacket. */
  readonly #signedSsrc: number
  #target: TargetIndex | undefined
  #muted = false
  #paused = false
  /** Muted, paused or without a target. */
  #isHeld = true
  #awaitsKeyframe = false
  #packets = 0
  #octets = 0
  #nacked = 0
  #keyframeRequests = 0

  constructor(source: PacketSource, kind: MediaKind, options: DownTrackOptions, context: DownTrackContext) {
    const { random, fanout } = context
    const { ssrc, payloadType, rtxSsrc, rtxPayloadType, clockRate, mid, extensions } = options
    this.mid = mid
    this.kind = kind
    this.ssrc = ssrc
    this.source = source
    this.#payloadType = payloadType
    this.#signedSsrc = ssrc | 0
    this.#context = context
    const munger = new RtpMunger(clockRate, randomStart(random), options.continueFrom)
    this.forwarder = new Forwarder(munger, kind === 'video')
    this.#hasRtx = rtxSsrc !== undefined && rtxPayloadType !== undefined
    // On the media SSRC a repeated packet must equal the first byte for byte: SRTP's nonce follows from SSRC and number, and
    // GCM breaks when one nonce protects two headers (RFC 7714 section 8.4). So no time of sending, and the mid stays.
    this.#headers = new RtpHeaderWriter({ mid, extensions, withSendTime: this.#hasRtx })
    const firstSequence = randomStart(random)
    const stream =
      rtxSsrc !== undefined && rtxPayloadType !== undefined
        ? { ssrc: rtxSsrc, payloadType: rtxPayloadType, isRtx: true, firstSequence }
        : { ssrc, payloadType, isRtx: false, firstSequence }
    this.#retransmitter = new Retransmitter(source, kind, stream, this.#headers, fanout)
    this.#reports = new SenderReports(ssrc)
    this.#reception = new ReceptionReport(clockRate)
  }

  /** The sending target; packets flow only with one. */
  get target(): TargetIndex | undefined {
    return this.#target
  }

  attachTarget(target: TargetIndex): void {
    if (this.#target === target) return
    this.#target = target
    this.#hold(RESUME_LAG_SECONDS)
  }

  /** Stops for a reason of the conversation (the subscriber may not or does not want to hear); resumes seamlessly. */
  setMuted(muted: boolean): void {
    if (this.#muted === muted) return
    this.#muted = muted
    this.#hold(UNMUTE_LAG_SECONDS)
  }

  /** Stops because nobody looks (track settings) or there is no bandwidth; video resumes at a key frame. */
  setPaused(paused: boolean): void {
    if (this.#paused === paused) return
    this.#paused = paused
    this.#hold(RESUME_LAG_SECONDS)
  }

  /** Sets the layer to send, the allocator's or the receiver's choice. */
  setTargetLayer(layer: ReceiveLayer | undefined): void {
    this.forwarder.setTarget(layer)
  }

  /** Whether a key frame is needed for packets to flow. */
  get wantsKeyframe(): boolean {
    return !this.#isHeld && this.forwarder.wantsKeyframe
  }

  /** Where the stream stands, for `continueFrom`. */
  position(): MungerPosition | undefined {
    return this.forwarder.munger.position()
  }

  /**
   * Hot path: decides on a packet and writes its header at `start` of the arena (MAX_HEADER_BYTES must be free).
   * Returns the header's length, 0 to drop the packet.
   */
  forward(
    now: number,
    layer: ReceiveLayer,
    sequence: IncomingSequence,
    packet: RtpPacket,
    found: RtpExtensions,
    isBeginning: boolean,
    arena: Uint8Array,
    start: number,
  ): number {
    if (this.#isHeld) return 0
    const sent = this.forwarder.decide(now, layer, sequence, packet, isBeginning)
    if (sent === NO_SEQUENCE) return 0
    const timestamp = (packet.timestamp + this.forwarder.munger.timestampOffset) | 0
    this.#retransmitter.remember(sent, sequence, layer.id, timestamp)
    this.#packets++
    this.#octets += packet.payloadLength
    if (isBeginning) this.#awaitsKeyframe = false
    const end = this.#headers.write(
      now,
      arena,
      start,
      packet,
      found,
      this.#payloadType,
      sent & 0xffff,
      timestamp,
      this.#signedSsrc,
    )
    return end - start
  }

  /** The subscriber lost a packet: repeats it from the publisher's history, if it is due and within the limits. */
  handleNack(now: number, sequenceNumber: number): void {
    this.#nacked++
    // After a PLI only the key frame helps; until it is here repeats are wasted.
    if (this.#isHeld || this.#awaitsKeyframe || this.#target === undefined) return
    const newest = this.forwarder.munger.lastSequence
    this.#retransmitter.repeat(now, sequenceNumber, newest, this.#context.rtt.value, this.#target)
  }

  /** The subscriber cannot decode on. */
  handleKeyframeRequest(now: number): void {
    this.#keyframeRequests++
    if (this.#isHeld || this.kind !== 'video') return
    this.#awaitsKeyframe = true
    this.source.requestKeyframe(now, this.forwarder.current)
  }

  /** A report block about our SSRC, figures as on the wire. Returns the round-trip time in ms, or -1. */
  handleReport(
    now: number,
    fractionLost: number,
    lost: number,
    jitter: number,
    lastReport: number,
    delay: number,
  ): number {
    this.#reception.update(fractionLost, lost, jitter)
    // The subscriber knows the SSRC now. Without RTX the mid stays, see the constructor.
    if (this.#hasRtx) this.#headers.withMid = false
    return this.#reports.roundTripTime(now, lastReport, delay)
  }

  /** Writes a sender report if one is due; returns when to call again. */
  report(now: number, outbox: RtcpOutbox): number {
    const layer = this.forwarder.current
    if (this.#isHeld || !layer) return now + REPORT_RETRY_MS
    const offset = this.forwarder.munger.timestampOffset
    return this.#reports.write(
      now,
      outbox,
      layer.clock,
      offset,
      this.#packets,
      this.#octets,
      this.source.cname,
    )
  }

  stats(): DownTrackStats {
    return {
      packets: this.#packets,
      bytes: this.#octets,
      retransmitted: this.#retransmitter.sent,
      nacked: this.#nacked,
      keyframeRequests: this.#keyframeRequests,
      lost: this.#reception.lost,
      fractionLost: this.#reception.fractionLost,
      jitter: this.#reception.jitterSeconds,
      rtt: this.#context.rtt.value,
    }
  }

  /** Ends the track: nothing is sent any more. */
  close(): void {
    this.#target = undefined
    this.#hold(RESUME_LAG_SECONDS)
    this.source.detach(this)
  }

  /** Bytes of its own that grow with traffic. */
  get byteLength(): number {
    return this.#retransmitter.byteLength
  }

  #hold(maxLag: number): void {
    this.#isHeld = this.#muted || this.#paused || this.#target === undefined
    this.forwarder.interrupt(maxLag)
  }
}

/** A first sequence number; the upper half is left free, so that an early loss cannot hide a wrap from SRTP (RFC 3711 3.3.1). */
function randomStart(random: (bytes: number) => Uint8Array): number {
  const [high = 0, low = 0] = random(2)
  return ((high & 0x7f) << 8) | low
}
