// Smooths the round-trip time to one peer from what reports and retransmissions tell (as TCP does, RFC 6298 section 2).

/** Taken until something was measured, ms: a usual home connection; LiveKit's figure for NACK spacing. */
const DEFAULT_RTT_MS = 70

/** Measurements beyond this, ms, are stalls or lies of the peer. */
const MAX_RTT_MS = 3000

/** Weights of a new measurement in the mean and in the deviation. */
const MEAN_WEIGHT = 1 / 8
const DEVIATION_WEIGHT = 1 / 4

/** Deviations to wait beyond the mean before an answer counts as lost. */
const PATIENCE = 4

/** Round-trip time of one peer connection. */
export class RoundTripTime {
  #value = DEFAULT_RTT_MS
  #deviation = 0
  #measured = false

  /** Smoothed round-trip time, ms. */
  get value(): number {
    return this.#value
  }

  /** How long an answer may take, ms: with jitter the mean would ask half of the time in vain. */
  get patience(): number {
    return this.#value + PATIENCE * this.#deviation
  }

  /** Takes a measurement in ms; impossible ones are ignored. */
  measured(sample: number): void {
    if (!(sample >= 0 && sample <= MAX_RTT_MS)) return
    if (this.#measured) {
      this.#deviation += (Math.abs(sample - this.#value) - this.#deviation) * DEVIATION_WEIGHT
      this.#value += (sample - this.#value) * MEAN_WEIGHT
    } else {
      this.#value = sample
      this.#deviation = sample / 2
      this.#measured = true
    }
  }
}
