// Says when a flight that has not been answered is to be sent again (RFC 6347 section 4.2.4).
import { DUPLICATE_GUARD_MS, INITIAL_RETRANSMIT_MS, MAX_RETRANSMIT_MS } from './limits.ts'

/** Timer of the current flight; all times in the caller's milliseconds. */
export class RetransmitTimer {
  #interval = INITIAL_RETRANSMIT_MS
  #sentAt = 0
  #dueAt: number | undefined

  /** When the flight is to be sent again, undefined when it needs no answer. */
  get dueAt(): number | undefined {
    return this.#dueAt
  }

  /** A new flight left now; the last flight of a handshake `awaitsAnswer` no more. */
  start(now: number, awaitsAnswer: boolean): void {
    this.#interval = INITIAL_RETRANSMIT_MS
    this.#sentAt = now
    this.#dueAt = awaitsAnswer ? now + this.#interval : undefined
  }

  /** True when the time is up; the next wait is then twice as long. */
  takeDue(now: number): boolean {
    if (this.#dueAt === undefined || now < this.#dueAt) return false
    this.#interval = Math.min(this.#interval * 2, MAX_RETRANSMIT_MS)
    this.#sentAt = now
    this.#dueAt = now + this.#interval
    return true
  }

  /** True when a flight the peer repeats shall be answered again; copies of one datagram count once. */
  takeRepeated(now: number): boolean {
    if (now - this.#sentAt < DUPLICATE_GUARD_MS) return false
    this.#sentAt = now
    if (this.#dueAt !== undefined) this.#dueAt = now + this.#interval
    return true
  }

  stop(): void {
    this.#dueAt = undefined
  }
}
