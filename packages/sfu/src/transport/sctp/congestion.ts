// Decides how long to wait for an acknowledgement (RTO) and how much may be in flight (RFC 9260, 6.3.1 and 7.2).
import { INITIAL_WINDOW_PACKETS, RTO_INITIAL_MS, RTO_MAX_MS, RTO_MIN_MS } from './limits.ts'

/** Smoothed round trip and retransmission timeout (RFC 9260, 6.3.1), all in ms. */
export class RoundTrip {
  #smoothed: number | undefined
  #variation = 0
  #rto = RTO_INITIAL_MS

  get rto(): number {
    return this.#rto
  }

  /** Smoothed round trip, or undefined before the first measurement. */
  get smoothed(): number | undefined {
    return this.#smoothed
  }

  /** Takes one measurement; never of a chunk sent more than once (Karn's rule). */
  measure(roundTrip: number): void {
    if (this.#smoothed === undefined) {
      this.#smoothed = roundTrip
      this.#variation = roundTrip / 2
    } else {
      this.#variation = 0.75 * this.#variation + 0.25 * Math.abs(this.#smoothed - roundTrip)
      this.#smoothed = 0.875 * this.#smoothed + 0.125 * roundTrip
    }
    this.#rto = Math.min(RTO_MAX_MS, Math.max(RTO_MIN_MS, this.#smoothed + 4 * this.#variation))
  }
}

/** Congestion window in bytes of whole DATA chunks, headers included, so that tiny messages cannot burst. */
export class CongestionWindow {
  readonly #packet: number
  #window: number
  #threshold: number
  #partialBytesAcked = 0
  #lastUse = 0

  /**
   * @param packet largest DATA chunk, bytes: one packet's worth
   * @param peerWindow a_rwnd of the handshake, bytes: first slow-start threshold (RFC 9260, 7.2.1)
   */
  constructor(packet: number, peerWindow: number) {
    this.#packet = packet
    this.#window = INITIAL_WINDOW_PACKETS * packet
    this.#threshold = Math.max(peerWindow, 4 * packet)
  }

  get size(): number {
    return this.#window
  }

  /**
   * New data was acknowledged outside fast recovery.
   * @param ackedBytes bytes acknowledged for the first time
   * @param wasFull whether the window was used up before this SACK; otherwise it does not grow (RFC 9260, 7.2.1)
   */
  grow(ackedBytes: number, wasFull: boolean): void {
    if (this.#window <= this.#threshold) {
      if (wasFull) this.#window += Math.min(ackedBytes, this.#packet)
      return
    }
    this.#partialBytesAcked += ackedBytes
    if (this.#partialBytesAcked < this.#window) return
    this.#partialBytesAcked = wasFull ? this.#partialBytesAcked - this.#window : this.#window
    if (wasFull) this.#window += this.#packet
  }

  /** Loss seen in SACKs (RFC 9260, 7.2.3). */
  onFastRetransmit(): void {
    this.#threshold = Math.max(this.#window / 2, 4 * this.#packet)
    this.#window = this.#threshold
    this.#partialBytesAcked = 0
  }

  /** T3-rtx ran out (RFC 9260, 7.2.3). */
  onTimeout(): void {
    this.#threshold = Math.max(this.#window / 2, 4 * this.#packet)
    this.#window = this.#packet
    this.#partialBytesAcked = 0
  }

  /** All data is acknowledged (RFC 9260, 7.2.2). */
  onDrained(): void {
    this.#partialBytesAcked = 0
  }

  /** Called before new data is sent: halves the window once per idle RTO (RFC 9260, 7.2.1). */
  onUse(now: number, rto: number): void {
    const floor = Math.min(this.#window, INITIAL_WINDOW_PACKETS * this.#packet)
    for (let idle = now - this.#lastUse; idle >= rto && this.#window > floor; idle -= rto) this.#window /= 2
    this.#window = Math.max(this.#window, floor)
    this.#lastUse = now
  }
}
