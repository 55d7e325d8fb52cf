// Decides when a worker looks at its peers' timers: when one is due, but rarely enough that looking costs next to nothing.

/**
 * Least milliseconds between two rounds: key frame requests and handshakes want no finer ones, and what a packet makes due,
 * such as a NACK, is done at the end of its turn. Waking up costs more than the round.
 */
const MIN_STEP_MS = 20
/** A turn so shortly before a round, ms, holds it: packets have woken the worker, so that the timer need not. */
const EARLY_MS = 10
/**
 * Milliseconds after which every peer is looked at, due or not: what others make due for it (a key frame that was asked for
 * twice) does not show in the time it noted.
 */
const FULL_MS = 100

/** Plans rounds; times in ms. */
export class TimerRounds {
  #nextAt = Infinity
  #lastAt = -Infinity
  #fullAt = -Infinity

  /** When the next round is; Infinity while there is nothing to look at. */
  get nextAt(): number {
    return this.#nextAt
  }

  /** Whether a turn at this time should hold the round. */
  isDue(now: number): boolean {
    return now >= this.#nextAt - EARLY_MS
  }

  /** Whether the round of this time looks at every peer. */
  isFull(now: number): boolean {
    return now >= this.#fullAt - EARLY_MS
  }

  /** A round was held, and found what is due next (Infinity for nothing). */
  held(now: number, nextDue: number): void {
    if (this.isFull(now)) this.#fullAt = now + FULL_MS
    this.#lastAt = now
    this.#nextAt = Math.min(Math.max(nextDue, now + MIN_STEP_MS), this.#fullAt)
  }

  /** Something is due at `dueAt`. Returns whether the next round is earlier for it. */
  wish(dueAt: number): boolean {
    const at = Math.max(dueAt, this.#lastAt + MIN_STEP_MS)
    if (at >= this.#nextAt) return false
    this.#nextAt = at
    return true
  }

  /** There is nothing to look at any more. */
  stop(): void {
    this.#nextAt = Infinity
  }
}
