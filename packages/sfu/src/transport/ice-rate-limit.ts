// Decides how many STUN packets a second are worth the work: a token bucket in the caller's time.
import { STRANGER_STUN_BURST, STRANGER_STUN_PER_SECOND } from './limits.ts'

const MS_PER_SECOND = 1_000

/** Lets `perSecond` packets a second pass, and `burst` at once after silence. */
export class TokenBucket {
  readonly #perMs: number
  readonly #burst: number
  #tokens: number
  #at = Number.NEGATIVE_INFINITY

  constructor(perSecond: number, burst: number) {
    this.#perMs = perSecond / MS_PER_SECOND
    this.#burst = burst
    this.#tokens = burst
  }

  /** Takes a token; false when there is none. */
  take(now: number): boolean {
    const gained = (now - this.#at) * this.#perMs
    if (gained > 0) {
      this.#tokens = Math.min(this.#burst, this.#tokens + gained)
      this.#at = now
    }
    if (this.#tokens < 1) return false
    this.#tokens--
    return true
  }
}

/** One worker's gate for STUN from sources that belong to no peer yet; those cost a look-up and an HMAC before anything is known. */
export class StunGate {
  readonly #bucket = new TokenBucket(STRANGER_STUN_PER_SECOND, STRANGER_STUN_BURST)
  #refused = 0

  /** Packets refused so far. */
  get refused(): number {
    return this.#refused
  }

  admit(now: number): boolean {
    const admitted = this.#bucket.take(now)
    if (!admitted) this.#refused++
    return admitted
  }
}
