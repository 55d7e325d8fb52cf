import { expect, test } from 'vitest'
import { SeededRandom } from './seeded-random.ts'

test('the same seed gives the same numbers, another seed others', () => {
  const take = (seed: number): number[] => {
    const random = new SeededRandom(seed)
    return Array.from({ length: 8 }, () => random.uint32())
  }
  expect(take(7)).toEqual(take(7))
  expect(take(7)).not.toEqual(take(8))
})

test('fractions fill the interval evenly', () => {
  const random = new SeededRandom(1)
  const buckets = Array.from({ length: 10 }, () => 0)
  for (let draw = 0; draw < 100_000; draw++) {
    const bucket = Math.floor(random.fraction() * 10)
    buckets[bucket] = (buckets[bucket] ?? 0) + 1
  }
  for (const count of buckets) expect(Math.abs(count - 10_000)).toBeLessThan(500)
})

test('integers keep to both ends, bytes come in the asked number', () => {
  const random = new SeededRandom(2)
  const seen = new Set<number>()
  for (let draw = 0; draw < 1000; draw++) seen.add(random.integer(-1, 2))
  expect([...seen].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2])
  expect(random.bytes(33)).toHaveLength(33)
  expect(['a', 'b']).toContain(random.pick(['a', 'b']))
})
