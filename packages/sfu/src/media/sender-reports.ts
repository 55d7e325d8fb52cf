// Decides when a subscriber gets a sender report, derives it from the publisher's clock, and measures the round trip by its echo.
import type { RtcpOutbox } from './rtcp-outbox.ts'
import type { SenderClock } from './sender-clock.ts'
import type { Ssrc } from './sequence-number.ts'

/** Time between two reports of one SSRC, ms (LiveKit's figure): clocks drift by microseconds meanwhile. */
const INTERVAL_MS = 3000

/** Milliseconds until it is looked again whether the publisher's clock is known, or the track flows. */
export const REPORT_RETRY_MS = 250

/** Reports remembered for their echo: one may cross with the answer to the one before. */
const REMEMBERED = 4

/** LSR and DLSR count in 1/65,536 s. */
const UNITS_PER_MS = 65.536

/** The reports about one SSRC of ours. */
export class SenderReports {
  readonly #ssrc: Ssrc
  readonly #middles = new Uint32Array(REMEMBERED)
  readonly #sentAt = new Float64Array(REMEMBERED)
  #sent = 0
  #dueAt = -Infinity

  constructor(ssrc: Ssrc) {
    this.#ssrc = ssrc
  }

  /**
   * Writes a report if it is due and the publisher's clock is known: the publisher's wall clock now, and the RTP time that
   * belongs to it in the subscriber's numbering (`timestampOffset` added). Counts as of RFC 3550: packets and payload bytes.
   * Returns when to call again.
   */
  write(
    now: number,
    outbox: RtcpOutbox,
    clock: SenderClock,
    timestampOffset: number,
    packets: number,
    octets: number,
    cname: Uint8Array,
  ): number {
    if (!clock.isKnown) return now + REPORT_RETRY_MS
    if (now < this.#dueAt) return this.#dueAt
    this.#dueAt = now + INTERVAL_MS
    const ntpMs = clock.ntpMsAt(now)
    const slot = this.#sent++ % REMEMBERED
    this.#middles[slot] = Math.floor((ntpMs / 1000) * 0x10000) % 0x1_0000_0000
    this.#sentAt[slot] = now
    const rtp = (clock.rtpAt(now) + timestampOffset) | 0
    outbox.senderReport({ ssrc: this.#ssrc, ntpMs, rtp, packets, octets }, cname)
    return this.#dueAt
  }

  /** ms between a report and its echo less the subscriber's own delay; -1 for an unknown echo. */
  roundTripTime(now: number, lastReport: number, delay: number): number {
    if (lastReport === 0) return -1
    for (let slot = 0; slot < Math.min(this.#sent, REMEMBERED); slot++) {
      // The last bit may differ by rounding between the two ways to compute the fraction.
      if (Math.abs((this.#middles[slot] ?? 0) - lastReport) > 1) continue
      return Math.max(0, now - (this.#sentAt[slot] ?? 0) - delay / UNITS_PER_MS)
    }
    return -1
  }
}
