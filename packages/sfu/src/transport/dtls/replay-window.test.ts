import { describe, expect, it } from 'vitest'

import { ReplayWindow } from './replay-window.ts'
import { seededRandom } from './test-support/seeded-random.ts'

describe('replay window', () => {
  it('accepts each number once', () => {
    const window = new ReplayWindow()
    for (const sequence of [0, 5, 3]) {
      expect(window.isFresh(sequence)).toBe(true)
      window.mark(sequence)
      expect(window.isFresh(sequence)).toBe(false)
    }
    expect(window.isFresh(4)).toBe(true)
  })

  it('remembers exactly 64 numbers', () => {
    const window = new ReplayWindow()
    window.mark(100)
    expect(window.isFresh(100 - 63)).toBe(true)
    expect(window.isFresh(100 - 64)).toBe(false)
  })

  it('says the same as a set of all numbers, also around 2^32', () => {
    const random = seededRandom(11)
    for (const start of [0, 2 ** 32 - 300]) {
      const window = new ReplayWindow()
      const seen = new Set<number>()
      let highest = -1
      for (let round = 0; round < 3000; round += 1) {
        const around = highest < 0 ? start : highest
        const sequence = Math.max(0, around - 80 + random.below(random.below(10) === 0 ? 200 : 90))
        const expected = !seen.has(sequence) && sequence > highest - 64
        expect(window.isFresh(sequence)).toBe(expected)
        if (!expected) continue
        window.mark(sequence)
        seen.add(sequence)
        highest = Math.max(highest, sequence)
      }
    }
  })
})
