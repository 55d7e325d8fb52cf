import { describe, expect, test } from 'vitest'
import { ReceptionStatistics } from './reception-statistics.ts'

const FIRST = 65_536 + 65_530

describe('ReceptionStatistics', () => {
  test('counts loss per interval and in all, over a wrap', () => {
    const statistics = new ReceptionStatistics(90_000)
    for (let index = 0; index < 16; index++) {
      if (index % 4 !== 1) statistics.received(index * 10, FIRST + index, index * 900, 100)
    }
    statistics.closeInterval()
    expect(statistics.fractionLost).toBe(64)
    expect(statistics.cumulativeLost).toBe(4)
    // 65,530 + 15 = 9 in the second cycle.
    expect(statistics.highest).toBe(0x10009)
    expect(statistics.bytes).toBe(1200)
    for (let index = 16; index < 32; index++) statistics.received(index * 10, FIRST + index, index * 900, 100)
    statistics.closeInterval()
    expect(statistics.fractionLost).toBe(0)
    expect(statistics.cumulativeLost).toBe(4)
  })

  test('late packets make up for the loss', () => {
    const statistics = new ReceptionStatistics(90_000)
    for (const sequence of [0, 3, 1, 2]) statistics.received(0, FIRST + sequence, 0, 1)
    expect(statistics.lost).toBe(0)
  })

  test('an interval without packets has lost nothing', () => {
    const statistics = new ReceptionStatistics(90_000)
    statistics.closeInterval()
    expect(statistics.fractionLost).toBe(0)
    expect(statistics.isActive).toBe(false)
    expect(statistics.highest).toBe(0)
    statistics.received(0, FIRST, 0, 1)
    expect(statistics.isActive).toBe(true)
  })

  test('even arrival has no jitter, whatever the timestamps begin with', () => {
    const statistics = new ReceptionStatistics(48_000)
    for (let index = 0; index < 100; index++) {
      statistics.received(1.7e12 + index * 20, FIRST + index, (0x7fff_ff00 + index * 960) | 0, 1)
    }
    expect(statistics.jitter).toBe(0)
  })

  test('jitter follows RFC 3550 appendix A.8: a sixteenth of each difference', () => {
    const statistics = new ReceptionStatistics(90_000)
    statistics.received(0, FIRST, 0, 1)
    statistics.received(50, FIRST + 1, 40 * 90, 1)
    expect(statistics.jitter).toBe(Math.floor((10 * 90) / 16))
    expect(statistics.jitterSeconds).toBeCloseTo(10 / 16 / 1000, 9)
  })
})
