// Gathers who came and who went over two seconds, so that a class that arrives together is announced once.

// From ui.md section 11 (ms).
const GATHER_MS = 2000

/** What happened in the last two seconds, in order. */
export interface Movement {
  readonly came: readonly string[]
  readonly went: readonly string[]
}

/** Gathers names. Time comes in; drain at `deadline`. */
export class Arrivals {
  #came: string[] = []
  #went: string[] = []
  #due: number | null = null

  /** Someone came. */
  handleCame(name: string, now: number): void {
    this.#came.push(name)
    this.#due ??= now + GATHER_MS
  }

  /** Someone went; someone who came within the same two seconds is not mentioned at all. */
  handleWent(name: string, now: number): void {
    const at = this.#came.indexOf(name)
    if (at >= 0) this.#came.splice(at, 1)
    else this.#went.push(name)
    this.#due ??= now + GATHER_MS
  }

  /** When to drain, or null. */
  deadline(): number | null {
    return this.#due
  }

  /** Returns what was gathered when the time has come, else null. */
  drain(now: number): Movement | null {
    if (this.#due === null || now < this.#due) return null
    const movement = { came: this.#came, went: this.#went }
    this.#came = []
    this.#went = []
    this.#due = null
    return movement.came.length + movement.went.length === 0 ? null : movement
  }
}
