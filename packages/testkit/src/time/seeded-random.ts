// Repeatable randomness: the sfc32 generator (Doty-Humphrey, "Small Fast Counting"), so that a failing run is named by its seed.

/** Rounds that mix the seed into the state, as the author of sfc32 recommends for short seeds. */
const WARM_UP_ROUNDS = 12

/** Seeded random numbers; for tests only, anyone who knows the seed knows the future. */
export class SeededRandom {
  #a = 0
  #b = 0
  #c: number
  #counter = 1

  constructor(seed: number) {
    this.#c = seed | 0
    for (let round = 0; round < WARM_UP_ROUNDS; round++) this.uint32()
  }

  /** Integer from 0 to 2^32 - 1. */
  uint32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** Fraction from 0 (included) to 1 (excluded). */
  fraction(): number {
    return this.uint32() / 0x1_0000_0000
  }

  /** Integer from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1))
  }

  /** True with the given probability (0 to 1). */
  chance(probability: number): boolean {
    return this.fraction() < probability
  }

  /** One of the given items. */
  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.integer(0, items.length - 1)] ?? items[0]
  }

  /** As many random bytes as asked for; bound, so that it can be handed over as `random(count)`. */
  readonly bytes = (count: number): Uint8Array => {
    const result = new Uint8Array(count)
    for (let index = 0; index < count; index++) result[index] = this.uint32() & 0xff
    return result
  }
}
