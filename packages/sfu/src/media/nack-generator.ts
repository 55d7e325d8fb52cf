// Decides which lost packets of one SSRC to ask for, when and how often (generic NACK, RFC 4585 section 6.2.1).
import type { IncomingSequence } from './sequence-number.ts'

/** Lost packets remembered: more missing at once are repaired by a key frame, cheaper than a hundred retransmissions. */
export const MAX_NACK_QUEUE = 100

/** Requests per packet; at 10 % loss both ways 0.02 % of the lost ones stay lost. */
const MAX_TRIES = 5

/** Grace for reordering on the way, ms, before the first request. */
const REORDER_GRACE_MS = 5

/** Bounds of the wait between two requests, ms: below 20 the answer cannot be here, above 400 a viewer has frozen anyway. */
const MIN_SPACING_MS = 20
const MAX_SPACING_MS = 400

/** Each further request waits longer by this factor, for the RTT may be larger than it was measured. */
const BACKOFF = 1.25

/** The lost packets of one SSRC. */
export class NackGenerator {
  readonly #sequences = new Float64Array(MAX_NACK_QUEUE)
  readonly #tries = new Uint8Array(MAX_NACK_QUEUE)
  readonly #dueAt = new Float64Array(MAX_NACK_QUEUE)
  readonly #askedAt = new Float64Array(MAX_NACK_QUEUE)
  #count = 0

  /** Low 16 bits of the sequence numbers that the last `collect` chose, ascending. */
  readonly requested: Uint16Array = new Uint16Array(MAX_NACK_QUEUE)
  /** Packets given up on after all tries. */
  abandoned = 0

  /** Packets waited for. */
  get size(): number {
    return this.#count
  }

  /** Notes that `[from, to)` is missing; false if that is too much to repair, in which case nothing is waited for any more. */
  missing(now: number, from: number, to: number): boolean {
    if (to - from > MAX_NACK_QUEUE) {
      this.#count = 0
      return false
    }
    const excess = this.#count + (to - from) - MAX_NACK_QUEUE
    if (excess > 0) this.#removeRange(0, excess)
    for (let sequence = from; sequence < to; sequence++) {
      const index = this.#count++
      this.#sequences[index] = sequence
      this.#tries[index] = 0
      this.#dueAt[index] = now + REORDER_GRACE_MS
    }
    return true
  }

  /** Notes that a packet came late or repaired. Returns the ms since it was asked for, if that was once; else -1. */
  received(now: number, sequence: IncomingSequence): number {
    for (let index = this.#count - 1; index >= 0; index--) {
      if (this.#sequences[index] !== sequence) continue
      const elapsed = this.#tries[index] === 1 ? now - (this.#askedAt[index] ?? 0) : -1
      this.#removeRange(index, index + 1)
      return elapsed
    }
    return -1
  }

  /** Fills `requested` with what is due, to be sent in one NACK; returns how many. `rtt`: how long an answer takes, ms. */
  collect(now: number, rtt: number): number {
    let chosen = 0
    let kept = 0
    for (let index = 0; index < this.#count; index++) {
      let tries = this.#tries[index] ?? 0
      const isDue = (this.#dueAt[index] ?? 0) <= now
      if (isDue && tries >= MAX_TRIES) {
        this.abandoned++
        continue
      }
      if (isDue) {
        const spacing = Math.min(MAX_SPACING_MS, Math.max(MIN_SPACING_MS, rtt * BACKOFF ** tries))
        tries++
        this.requested[chosen++] = this.#sequences[index] ?? 0
        this.#dueAt[index] = now + spacing
        this.#askedAt[index] = now
        this.#tries[index] = tries
      }
      this.#move(index, kept++)
    }
    this.#count = kept
    return chosen
  }

  /** When `collect` has something to do; Infinity without losses. */
  deadline(): number {
    let earliest = Infinity
    for (let index = 0; index < this.#count; index++) {
      earliest = Math.min(earliest, this.#dueAt[index] ?? Infinity)
    }
    return earliest
  }

  #removeRange(from: number, to: number): void {
    for (let index = to; index < this.#count; index++) this.#move(index, index - (to - from))
    this.#count -= to - from
  }

  #move(from: number, to: number): void {
    if (from === to) return
    this.#sequences[to] = this.#sequences[from] ?? 0
    this.#tries[to] = this.#tries[from] ?? 0
    this.#dueAt[to] = this.#dueAt[from] ?? 0
    this.#askedAt[to] = this.#askedAt[from] ?? 0
  }
}
