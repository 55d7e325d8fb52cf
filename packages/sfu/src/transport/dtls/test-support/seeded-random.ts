// Draws reproducible numbers and bytes for tests from one seed.

/** Source of reproducible randomness. */
export interface SeededRandom {
  /** At least 0, less than 1. */
  readonly float: () => number
  /** An integer at least 0 and below `limit`. */
  readonly below: (limit: number) => number
  readonly bytes: (length: number) => Uint8Array
}

/** The generator "mulberry32": 32 bits of state, good enough to vary tests, never for secrets. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const uint32 = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const float = (): number => uint32() / 2 ** 32
  const below = (limit: number): number => Math.floor(float() * limit)
  return { float, below, bytes: (length) => Uint8Array.from({ length }, () => below(256)) }
}
