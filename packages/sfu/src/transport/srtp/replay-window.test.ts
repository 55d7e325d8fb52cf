import { describe, expect, it } from 'vitest'
import { seededRandom } from '../dtls/test-support/seeded-random.ts'
import { ReplayWindow } from './replay-window.ts'

describe('replay window', () => {
  it('takes each index once and nothing from below the window', () => {
    const window = new ReplayWindow(64)
    for (const index of [100, 98, 37]) {
      expect(window.isNew(index)).toBe(true)
      window.accept(index)
      expect(window.isNew(index)).toBe(false)
    }
    expect(window.isNew(36)).toBe(false)
    expect(window.isNew(99)).toBe(true)
    expect(window.newest).toBe(100)
  })

  it('agrees with a set of all indices over a random walk, far jumps and indices above 2^32', () => {
    const random = seededRandom(2)
    const size = 128
    const window = new ReplayWindow(size)
    const seen = new Set<number>()
    let newest = 2 ** 33
    window.accept(newest)
    seen.add(newest)
    for (let step = 0; step < 20_000; step++) {
      const index = newest + (random.below(50) === 0 ? random.below(400) : 3 - random.below(size + 20))
      const expected = index > newest || (newest - index < size && !seen.has(index))
      expect(window.isNew(index)).toBe(expected)
      if (!expected) continue
      window.accept(index)
      seen.add(index)
      newest = Math.max(newest, index)
    }
    expect(seen.size).toBeGreaterThan(4_000)
  })

  it('wants a power of two', () => {
    expect(() => new ReplayWindow(100)).toThrow(RangeError)
  })
})
