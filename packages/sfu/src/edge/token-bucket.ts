// Limits how often something happens, for everyone together: no address is looked at or kept.

/** A bucket of `capacity` permits that refills at `perSecond`. */
export class TokenBucket {
  readonly #capacity: number
  readonly #perSecond: number
  #level: number
  #at: number

  constructor(capacity: number, perSecond: number, now: number) {
    this.#capacity = capacity
    this.#perSecond = perSecond
    this.#level = capacity
    this.#at = now
  }

  /** Takes a permit if there is one; `now` in milliseconds. */
  take(now: number): boolean {
    const elapsed = Math.max(0, now - this.#at)
    this.#at = now
    this.#level = Math.min(this.#capacity, this.#level + (elapsed * this.#perSecond) / 1_000)
    if (this.#level < 1) return false
    this.#level -= 1
    return true
  }
}
