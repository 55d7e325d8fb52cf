// Keeps what a subscriber last reported about one SSRC of ours (RFC 3550 section 6.4.1).

/** The subscriber's view. */
export class ReceptionReport {
  readonly #clockRate: number
  #fraction = 0
  #lost = 0
  #jitter = 0

  constructor(clockRate: number) {
    this.#clockRate = clockRate
  }

  /** Takes the figures of a block: 1/256, packets, clock units. */
  update(fraction: number, lost: number, jitter: number): void {
    this.#fraction = fraction
    this.#lost = lost
    this.#jitter = jitter
  }

  /** Share lost in the last interval, 0 to 1. */
  get fractionLost(): number {
    return this.#fraction / 256
  }

  /** Packets lost in all; negative with duplicates. */
  get lost(): number {
    return this.#lost
  }

  get jitterSeconds(): number {
    return this.#jitter / this.#clockRate
  }
}
