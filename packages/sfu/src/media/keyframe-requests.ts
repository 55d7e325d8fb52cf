// Decides when to ask a publisher for a key frame: many subscribers' wishes become one request (PLI, RFC 4585 section 6.3.1).

/** Least time between two requests for one layer, ms; LiveKit's figure for the lowest, our only one. */
const MIN_SPACING_MS = 500

/** Longest wait before a request is repeated that brought nothing, ms. */
const MAX_SPACING_MS = 1000

/** A publisher that sends no key frame for so long, ms, cannot; the next wish starts anew. */
const GIVE_UP_AFTER_MS = 30_000

/** The wish for a key frame of one layer. */
export class KeyframeRequests {
  #wanted = false
  #wantedSince = 0
  #sentAt = -Infinity
  #dueAt = Infinity
  /** Requests sent. */
  sent = 0

  /** Someone cannot decode on; asking again changes nothing until the request is answered. */
  request(now: number): void {
    if (this.#wanted) return
    this.#wanted = true
    this.#wantedSince = now
    this.#dueAt = Math.max(now, this.#sentAt + MIN_SPACING_MS)
  }

  /** A key frame has begun to arrive. */
  answered(): void {
    this.#wanted = false
    this.#dueAt = Infinity
  }

  /** Whether to send a request now; if so, the next one is due about two round trips (`rtt` in ms) later. */
  take(now: number, rtt: number): boolean {
    if (!this.#wanted || now < this.#dueAt) return false
    if (now - this.#wantedSince > GIVE_UP_AFTER_MS) {
      this.answered()
      return false
    }
    this.#sentAt = now
    this.#dueAt = now + Math.min(MAX_SPACING_MS, Math.max(MIN_SPACING_MS, 2 * rtt))
    this.sent++
    return true
  }

  /** When `take` has something to do. */
  deadline(): number {
    return this.#dueAt
  }
}
