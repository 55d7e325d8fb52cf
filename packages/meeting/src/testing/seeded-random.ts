// Random bytes that are the same in every run (xorshift32); for tests only.
import type { RandomBytes } from '../random.ts'

export function seededRandom(seed: number): RandomBytes {
  let state = (seed * 2_654_435_761) >>> 0 || 1
  const next = (): number => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state
  }
  for (let warmUp = 0; warmUp < 8; warmUp += 1) next()
  return (count) => Uint8Array.from({ length: count }, () => (next() >>> 11) & 0xff)
}
