// Keeps the pair of wall clock and RTP time from a publisher's last sender report (RFC 3550 section 6.4.1) and converts between them.
//
// Wall clock here is the publisher's own: its tracks share it, which is what lip-sync needs; nobody else's is compared with it.
import { distance32 } from './sequence-number.ts'

/** NTP seconds to ms; the fraction has 32 bits. */
const NTP_FRACTION = 0x1_0000_0000

/** The wall clock and RTP time of one SSRC. */
export class SenderClock {
  readonly #clockRate: number
  #known = false
  #ntpMs = 0
  #rtp = 0
  #receivedAt = 0
  #middle = 0

  constructor(clockRate: number) {
    this.#clockRate = clockRate
  }

  /** Whether a report has come. */
  get isKnown(): boolean {
    return this.#known
  }

  /** Middle 32 bits of the last report's NTP time, 0 without one: LSR of our report block. */
  get lastReport(): number {
    return this.#middle
  }

  /** Time since the last report in 1/65,536 s, 0 without one: DLSR of our report block. */
  delaySinceLastReport(now: number): number {
    return this.#known ? Math.max(0, Math.round((now - this.#receivedAt) * 65.536)) >>> 0 : 0
  }

  /** Takes the NTP and RTP time of a report. */
  report(now: number, ntpHigh: number, ntpLow: number, rtp: number): void {
    this.#known = true
    this.#ntpMs = ntpHigh * 1000 + (ntpLow * 1000) / NTP_FRACTION
    this.#rtp = rtp
    this.#receivedAt = now
    this.#middle = (((ntpHigh & 0xffff) << 16) | (ntpLow >>> 16)) >>> 0
  }

  /** The publisher's wall clock at our time `now`, ms since 1900. */
  ntpMsAt(now: number): number {
    return this.#ntpMs + (now - this.#receivedAt)
  }

  /** The RTP timestamp (signed 32 bits) that belongs to our time `now`. */
  rtpAt(now: number): number {
    return this.rtpAtNtp(this.ntpMsAt(now))
  }

  /** The publisher's wall clock, ms since 1900, at an RTP timestamp near the report. */
  ntpMsOf(rtp: number): number {
    return this.#ntpMs + (distance32(rtp, this.#rtp) * 1000) / this.#clockRate
  }

  /** The RTP timestamp (signed 32 bits) at a wall clock time of the publisher. */
  rtpAtNtp(ntpMs: number): number {
    return (this.#rtp + Math.round(((ntpMs - this.#ntpMs) * this.#clockRate) / 1000)) | 0
  }
}
