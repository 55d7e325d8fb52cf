// Keeps one deadline and how often it has passed, with the exponential back-off of RFC 9260, 6.3.3 (rule E2).
import { BACKOFF_MAX_MS } from './limits.ts'

/** A deadline the owner polls; it never fires by itself. */
export class Timer {
  #at: number | undefined
  #expirations = 0

  /** When it is due, or undefined while stopped. */
  get deadline(): number | undefined {
    return this.#at
  }

  /** How often it ran out since the last `stop` or `reset`. */
  get expirations(): number {
    return this.#expirations
  }

  /** Arms it: `base` ms, doubled for each expiration, but never past the ceiling (or `base`, if that is longer). */
  start(now: number, base: number): void {
    const backedOff = base * 2 ** Math.min(this.#expirations, 16)
    this.#at = now + Math.min(backedOff, Math.max(base, BACKOFF_MAX_MS))
  }

  /** Disarms it and forgets past expirations. */
  stop(): void {
    this.#at = undefined
    this.#expirations = 0
  }

  /** Forgets past expirations without disarming: the next `start` waits the plain time. */
  reset(): void {
    this.#expirations = 0
  }

  /** True once per expiration: disarms and counts it. */
  expired(now: number): boolean {
    if (this.#at === undefined || now < this.#at) return false
    this.#at = undefined
    this.#expirations++
    return true
  }
}

/** The earliest of some deadlines, or undefined when none is armed. */
export function earliest(deadlines: readonly (number | undefined)[]): number | undefined {
  let first: number | undefined
  for (const at of deadlines) if (at !== undefined && (first === undefined || at < first)) first = at
  return first
}
