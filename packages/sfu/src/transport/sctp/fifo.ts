// A queue with constant-time removal at the front (Array.shift moves every element of a long queue).

/** Removed slots tolerated before the array is cut: high enough to make cutting rare, low enough to waste nothing. */
const COMPACT_AFTER = 64

/** First in, first out, with access by position from the front. */
export class Fifo<T> {
  #items: (T | undefined)[] = []
  #head = 0

  /** Number of elements. */
  get length(): number {
    return this.#items.length - this.#head
  }

  /** Element `index` places behind the front, or undefined past either end. */
  at(index: number): T | undefined {
    return index < 0 ? undefined : this.#items[this.#head + index]
  }

  push(item: T): void {
    this.#items.push(item)
  }

  shift(): T | undefined {
    if (this.length === 0) return undefined
    const item = this.#items[this.#head]
    this.#items[this.#head++] = undefined
    if (this.#head >= COMPACT_AFTER && this.#head * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#head)
      this.#head = 0
    }
    return item
  }
}
