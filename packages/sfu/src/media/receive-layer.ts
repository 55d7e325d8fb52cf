// Joins what is kept per received SSRC, that is per encoding of a track: history, losses, statistics, clock, key frame wishes.
import type { MediaKind } from './codec/codec.ts'
import { KeyframeRequests } from './keyframe-requests.ts'
import { NackGenerator } from './nack-generator.ts'
import { PacketHistory, Stored } from './packet-history.ts'
import { ReceptionStatistics } from './reception-statistics.ts'
import { SenderClock } from './sender-clock.ts'
import type { RoundTripTime } from './round-trip-time.ts'
import type { RtpPacket } from './rtp-packet.ts'
import { extendNear, incoming, NO_SEQUENCE, type IncomingSequence, type Ssrc } from './sequence-number.ts'

/** Extended numbers start one cycle up, so that packets from shortly before the first one have positive numbers, too. */
const FIRST_CYCLE = 0x10000

/** One encoding of a track, as received. */
export class ReceiveLayer {
  /** Tells layers of one receiver apart in the sequencers' memory, 0 to 255. */
  readonly id: number
  readonly ssrc: Ssrc
  readonly history: PacketHistory
  readonly losses: NackGenerator = new NackGenerator()
  readonly statistics: ReceptionStatistics
  readonly clock: SenderClock
  readonly keyframes: KeyframeRequests = new KeyframeRequests()
  readonly #kind: MediaKind
  readonly #rtt: RoundTripTime
  #lastArrival = -Infinity
  duplicates = 0
  tooOld = 0
  recovered = 0

  constructor(id: number, ssrc: Ssrc, kind: MediaKind, clockRate: number, rtt: RoundTripTime) {
    this.id = id
    this.ssrc = ssrc
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
    const stored = this.history.store(now, sequence, packet)
    if (stored !== Stored.fresh) {
      if (stored === Stored.duplicate) this.duplicates++
      else this.tooOld++
      return incoming(NO_SEQUENCE)
    }
    this.#lastArrival = now
    if (recovered) this.recovered++
    else this.statistics.received(now, sequence, packet.timestamp, packet.end - packet.start)
    if (highest >= 0) this.#trackLosses(now, sequence, highest)
    return sequence
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
