// Runs scheduled calls in the order of their virtual time: ten minutes of a call in a second or two.

interface Entry {
  readonly at: number
  readonly order: number
  readonly run: () => void
}

/** A clock that jumps from one scheduled call to the next. */
export class VirtualTime {
  now: number
  readonly #heap: Entry[] = []
  #order = 0

  /** Begins at a time of today, ms, so that large numbers are tested as well. */
  constructor(start = 1_700_000_000_000) {
    this.now = start
  }

  /** Calls `run` after `delay` ms; equal times in the order of scheduling. */
  after(delay: number, run: () => void): void {
    const entry: Entry = { at: this.now + delay, order: this.#order++, run }
    let index = this.#heap.length
    this.#heap.push(entry)
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = this.#heap[parent]
      if (!above || isBefore(above, entry)) break
      this.#heap[index] = above
      index = parent
    }
    this.#heap[index] = entry
  }

  /** Calls `run` every `interval` ms, first after one interval, as long as it returns true. */
  every(interval: number, run: () => boolean): void {
    this.after(interval, () => {
      if (run()) this.every(interval, run)
    })
  }

  /** Lets `duration` ms pass. */
  advance(duration: number): void {
    const until = this.now + duration
    for (let next = this.#heap[0]; next && next.at <= until; next = this.#heap[0]) {
      this.#removeFirst()
      this.now = next.at
      next.run()
    }
    this.now = until
  }

  #removeFirst(): void {
    const last = this.#heap.pop()
    if (!last || this.#heap.length === 0) return
    let index = 0
    for (;;) {
      const left = this.#heap[index * 2 + 1]
      const right = this.#heap[index * 2 + 2]
      const child = left && right && isBefore(right, left) ? right : left
      if (!child || isBefore(last, child)) break
      this.#heap[index] = child
      index = child === left ? index * 2 + 1 : index * 2 + 2
    }
    this.#heap[index] = last
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}
