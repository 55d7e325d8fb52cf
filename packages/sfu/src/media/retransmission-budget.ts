// Limits the retransmissions of one down-track per second: a token bucket that holds one second's worth.
import { MAX_RETRANSMISSIONS_PER_SECOND } from './limits.ts'

/** Tokens for retransmissions. */
export class RetransmissionBudget {
  #tokens = MAX_RETRANSMISSIONS_PER_SECOND
  #filledAt = 0

  /** Whether a token is left. */
  has(now: number): boolean {
    const refill = Math.max(0, (now - this.#filledAt) * MAX_RETRANSMISSIONS_PER_SECOND) / 1000
    this.#tokens = Math.min(MAX_RETRANSMISSIONS_PER_SECOND, this.#tokens + refill)
    this.#filledAt = now
    return this.#tokens >= 1
  }

  /** Takes the token that `has` promised. */
  take(): void {
    this.#tokens -= 1
  }
}
