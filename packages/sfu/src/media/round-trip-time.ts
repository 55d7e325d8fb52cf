// Smooths the round-trip time to one peer from what reports and retransmissions tell.

/** Taken until something was measured, ms: a usual home connection; LiveKit's figure for NACK spacing. */
const DEFAULT_RTT_MS = 70

/** Measurements beyond this, ms, are stalls or lies of the peer. */
const MAX_RTT_MS = 3000

/** Weight of a new measurement, as in TCP (RFC 6298 section 2). */
const SMOOTHING = 1 / 8

/** Round-trip time of one peer connection. */
export class RoundTripTime {
  #value = DEFAULT_RTT_MS
  #measured = false

  /** Smoothed round-trip time, ms. */
  get value(): number {
    return this.#value
  }

  /** Whether `value` is more than the default. */
  get isMeasured(): boolean {
    return this.#measured
  }

  /** Takes a measurement in ms; impossible ones are ignored. */
  measured(sample: number): void {
    if (!(sample >= 0 && sample <= MAX_RTT_MS)) return
    this.#value = this.#measured ? this.#value + (sample - this.#value) * SMOOTHING : sample
    this.#measured = true
  }
}
