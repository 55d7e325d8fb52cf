import { expect, test } from 'vitest'
import { createLimiter } from './limits.ts'

test('allows the burst, then as much as flows in', () => {
  const limit = createLimiter({ perSecond: 2, burst: 3 })
  expect([limit(0), limit(0), limit(0)]).toEqual([true, true, true])
  expect(limit(0)).toBe(1)
  expect(limit(499)).toBe(1)
  expect(limit(500)).toBe(true)
  expect(limit(500)).toBe(1)
})

test('fills up to the burst and not beyond, however long nobody comes', () => {
  const limit = createLimiter({ perSecond: 2, burst: 3 })
  limit(0)
  const results = Array.from({ length: 5 }, () => limit(1e9))
  expect(results.filter((result) => result === true)).toHaveLength(3)
})

test('says how long to wait', () => {
  const limit = createLimiter({ perSecond: 0.1, burst: 1 })
  expect(limit(0)).toBe(true)
  expect(limit(0)).toBe(10)
})

test('a clock that is set back neither fills nor empties the bucket', () => {
  const limit = createLimiter({ perSecond: 1, burst: 1 })
  expect(limit(10_000)).toBe(true)
  expect(limit(5000)).toBe(1)
  expect(limit(6000)).toBe(true)
})
