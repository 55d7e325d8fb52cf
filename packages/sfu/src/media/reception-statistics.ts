// Counts what arrived of one SSRC and derives the figures of its report block (RFC 3550 sections 6.4.1, A.3 and A.8).
import { distance32 } from './sequence-number.ts'

/** Cumulative loss has 24 signed bits. */
const MAX_CUMULATIVE = 0x7fffff

/** Reception of one SSRC. Retransmissions do not count: the block tells the sender about its path. */
export class ReceptionStatistics {
  readonly #clockRate: number
  #base = -1
  #highest = -1
  #received = 0
  #bytes = 0
  #jitter = 0
  #transit = 0
  #expectedBefore = 0
  #receivedBefore = 0
  #fractionLost = 0

  constructor(clockRate: number) {
    this.#clockRate = clockRate
  }

  /** Counts one packet; `sequence` extended, `timestamp` in clock units, `bytes` of the whole packet. */
  received(now: number, sequence: number, timestamp: number, bytes: number): void {
    // Arrival in clock units modulo 2^32; only its difference to the timestamp counts.
    const transit = ((now * this.#clockRate) / 1000 - timestamp) | 0
    if (this.#base < 0) {
      this.#base = sequence
      this.#transit = transit
    }
    if (sequence > this.#highest) {
      this.#highest = sequence
      const difference = Math.abs(distance32(transit, this.#transit))
      this.#transit = transit
      this.#jitter += (difference - this.#jitter) / 16
    }
    this.#received++
    this.#bytes += bytes
  }

  get packets(): number {
    return this.#received
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Packets that never came by themselves, never negative here; duplicates are not counted in. */
  get lost(): number {
    return Math.max(0, this.#expected() - this.#received)
  }

  /** Jitter in clock units. */
  get jitter(): number {
    return Math.floor(this.#jitter)
  }

  get jitterSeconds(): number {
    return this.#jitter / this.#clockRate
  }

  /** Whether anything came since the last report. */
  get isActive(): boolean {
    return this.#received > this.#receivedBefore
  }

  /** Extended highest sequence number for the report, 32 bits. */
  get highest(): number {
    // Ours starts one cycle up, see IncomingSequence; on the wire the first cycle is 0.
    return this.#highest < 0 ? 0 : (this.#highest - 0x10000) >>> 0
  }

  /** Cumulative loss for the report. */
  get cumulativeLost(): number {
    return Math.min(MAX_CUMULATIVE, this.lost)
  }

  /** Loss since the last report in 1/256; `closeInterval` moves it on. */
  get fractionLost(): number {
    return this.#fractionLost
  }

  /** Ends the report's interval. */
  closeInterval(): void {
    const expected = this.#expected() - this.#expectedBefore
    const received = this.#received - this.#receivedBefore
    this.#expectedBefore += expected
    this.#receivedBefore = this.#received
    const lost = expected - received
    this.#fractionLost = expected <= 0 || lost <= 0 ? 0 : Math.min(255, Math.floor((lost * 256) / expected))
  }

  #expected(): number {
    return this.#base < 0 ? 0 : this.#highest - this.#base + 1
  }
}
