// Makes repeatable randomness for tests (mulberry32).

/** Returns a function that gives numbers in [0, 1), the same ones for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

/** Returns a byte source as engines take it. */
export function seededBytes(seed: number): (bytes: number) => Uint8Array {
  const random = seededRandom(seed)
  return (bytes) => Uint8Array.from({ length: bytes }, () => Math.floor(random() * 256))
}

/** How many cases a hostile-input test runs: a few thousand in unit tests, more in the fuzz command. */
export const FUZZ_CASES: number = Number(process.env['RUNDE_FUZZ_CASES'] ?? '3000')
