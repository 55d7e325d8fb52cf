import { describe, expect, it } from 'vitest'
import { estimateRoc, packetIndex } from './rollover.ts'

describe('rollover counter', () => {
  it.each([
    ['next number', 5, 100, 101, 5],
    ['late number', 5, 100, 90, 5],
    ['first after the turn', 5, 65_535, 0, 6],
    ['half a turn ahead', 5, 40_000, 7_231, 6],
    ['late from before the turn', 5, 3, 65_530, 4],
    ['exactly half ahead is the same turn', 5, 100, 32_868, 5],
    ['one more is the turn before', 5, 100, 32_869, 4],
    ['before the first turn', 0, 3, 65_530, -1],
    ['after the last turn', 0xffff_ffff, 65_535, 0, -1],
  ])('%s', (_name, roc, newest, sequence, expected) => {
    expect(estimateRoc(roc, newest, sequence)).toBe(expected)
  })

  it('follows any walk with steps below half a turn', () => {
    let index = 40_000
    let [roc, newest] = [0, 40_000]
    for (let step = 1; step < 3_000; step++) {
      index += (step * 7_919) % 32_000
      roc = estimateRoc(roc, newest, index & 0xffff)
      newest = index & 0xffff
      expect(packetIndex(roc, newest)).toBe(index)
    }
    expect(roc).toBeGreaterThan(600)
  })
})
