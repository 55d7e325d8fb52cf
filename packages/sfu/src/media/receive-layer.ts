// Joins what is kept per received SSRC, that is per encoding of a track: history, losses, statistics, clock, key frame wishes.
import type { MediaKind } from './codec/codec.ts'
import { KeyframeRequests } from './keyframe-requests.ts'
import { MAX_NACK_QUEUE, NackGenerator } from './nack-generator.ts'
import { PacketHistory, Stored } from './packet-history.ts'
import { ReceptionStatistics } from './reception-statistics.ts'
import { SenderClock } from './sender-clock.ts'
import type { RoundTripTime } from './round-trip-time.ts'
import type { RtpPacket } from './rtp-packet.ts'
import { extendNear, incoming, NO_SEQUENCE, type IncomingSequence, type Ssrc } from './sequence-number.ts'

/** Extended numbers start one cycle up, so that packets from shortly before the first one have positive numbers, too. */
const FIRST_CYCLE = 0x10000

/**
 * A sender that begins anew with lower numbers looks like one that repeats old packets, which browsers do to probe a link.
 * Only after nothing new for so long, ms, two old numbers in a row are taken for a new beginning.
 */
const RESTART_AFTER_MS = 500

/** One encoding of a track, as received. */
export class ReceiveLayer {
  /** Tells layers of one receiver apart in the sequencers' memory, 0 to 255. */
  readonly id: number
  readonly ssrc: Ssrc
  readonly clockRate: number
  readonly history: PacketHistory
  readonly losses: NackGenerator = new NackGenerator()
  readonly statistics: ReceptionStatistics
  readonly clock: SenderClock
  readonly keyframes: KeyframeRequests = new KeyframeRequests()
  readonly #kind: MediaKind
  readonly #rtt: RoundTripTime
  #lastArrival = -Infinity
  #lastRefused = -1
  #hasRestarted = false
  #keyframeStart = -1
  #keyframeStartedAt = -Infinity
  duplicates = 0
  tooOld = 0
  recovered = 0

  constructor(id: number, ssrc: Ssrc, kind: MediaKind, clockRate: number, rtt: RoundTripTime) {
    this.id = id
    this.ssrc = ssrc
    this.clockRate = clockRate
    this.history = new PacketHistory(kind)
    this.statistics = new ReceptionStatistics(clockRate)
    this.clock = new SenderClock(clockRate)
    this.#kind = kind
    this.#rtt = rtt
  }

  /** When the last packet came, ms; -Infinity before the first. */
  get lastArrival(): number {
    return this.#lastArrival
  }

  /** Whether the packet just refused as too old shows that the sender's numbers began anew: a new layer must take over. */
  get hasRestarted(): boolean {
    return this.#hasRestarted
  }

  /** The first packet of the newest key frame, -1 before there was one. */
  get keyframeStart(): IncomingSequence {
    return incoming(this.#keyframeStart)
  }

  /** When that packet came, ms. */
  get keyframeStartedAt(): number {
    return this.#keyframeStartedAt
  }

  /** A key frame begins with this packet; wishes for one are answered. */
  keyframeBegan(now: number, sequence: IncomingSequence): void {
    this.keyframes.answered()
    if (sequence <= this.#keyframeStart) return
    this.#keyframeStart = sequence
    this.#keyframeStartedAt = now
  }

  /**
   * Takes a packet into the history; `recovered` if it came by retransmission. Returns its extended sequence number, or
   * NO_SEQUENCE for duplicates and packets too old to know.
   */
  accept(now: number, packet: RtpPacket, recovered: boolean): IncomingSequence {
    const { highest } = this.history
    const sequence =
      highest < 0
        ? incoming(packet.sequenceNumber + FIRST_CYCLE)
        : incoming(extendNear(highest, packet.sequenceNumber))
    // Retransmissions fill gaps. One of an earlier stream, still under way, must not tell where this one begins or is.
    // (Before the first packet `highest` is -1, far below any number.)
    if (recovered && sequence - highest > MAX_NACK_QUEUE) return incoming(NO_SEQUENCE)
    const stored = this.history.store(now, sequence, packet)
    if (stored === Stored.duplicate) {
      this.duplicates++
      return incoming(NO_SEQUENCE)
    }
    if (stored === Stored.tooOld) {
      if (!recovered) this.#refuse(now, packet.sequenceNumber)
      return incoming(NO_SEQUENCE)
    }
    this.#lastArrival = now
    if (recovered) this.recovered++
    else this.statistics.received(now, sequence, packet.timestamp, packet.end - packet.start)
    if (highest >= 0) this.#trackLosses(now, sequence, highest)
    return sequence
  }

  #refuse(now: number, sequenceNumber: number): void {
    this.tooOld++
    const follows = sequenceNumber === ((this.#lastRefused + 1) & 0xffff) && this.#lastRefused >= 0
    this.#hasRestarted = follows && now - this.#lastArrival > RESTART_AFTER_MS
    this.#lastRefused = sequenceNumber
  }

  #trackLosses(now: number, sequence: IncomingSequence, highest: IncomingSequence): void {
    if (sequence < highest) {
      const elapsed = this.losses.received(now, sequence)
      if (elapsed >= 0) this.#rtt.measured(elapsed)
    } else if (sequence > highest + 1 && !this.losses.missing(now, highest + 1, sequence)) {
      if (this.#kind === 'video') this.keyframes.request(now)
    }
  }
}
