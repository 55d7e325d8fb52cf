// Virtual time: a clock that moves only when told, and timers that fire in order of their due time.

interface Timer {
  due: number
  /** Order of arming, so that timers of one instant fire first come, first served. */
  order: number
  run: () => void
}

/** A clock in milliseconds that never moves by itself. */
export class FakeClock {
  #now: number
  #order = 0
  #timers: Timer[] = []

  /** @param start first reading, in ms; not zero by default, because zero hides "never happened" mistakes */
  constructor(start: number = 1_000_000) {
    this.#now = start
  }

  /** Current virtual time in ms. */
  now(): number {
    return this.#now
  }

  /** Time of the next timer in ms, or undefined when none is armed. */
  deadline(): number | undefined {
    return this.#first()?.due
  }

  /** Runs `run` once `delay` ms from now (at the next advance at the earliest). @returns a function that disarms it */
  after(delay: number, run: () => void): () => void {
    const timer: Timer = { due: this.#now + Math.max(0, delay), order: this.#order++, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  /** Moves time forward by `milliseconds`; timers fire on the way, each seeing its own due time as now. */
  advance(milliseconds: number): void {
    if (!(milliseconds >= 0)) throw new RangeError('time moves forward only')
    const end = this.#now + milliseconds
    for (let timer = this.#first(); timer !== undefined && timer.due <= end; timer = this.#first()) {
      const due = timer
      this.#timers = this.#timers.filter((other) => other !== due)
      this.#now = due.due
      due.run()
    }
    this.#now = end
  }

  #first(): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers)
      if (
        first === undefined ||
        timer.due < first.due ||
        (timer.due === first.due && timer.order < first.order)
      )
        first = timer
    return first
  }
}
