import { describe, expect, it } from 'vitest'
import { addedDelays } from './added-delays.ts'

function histogram(...buckets: readonly (readonly [bucket: number, count: number])[]): Float64Array {
  const values = new Float64Array(80)
  for (const [bucket, count] of buckets) values[bucket] = count
  return values
}

describe('addedDelays', () => {
  it('has no figures before anything was sent', () => {
    expect(addedDelays(histogram())).toEqual({ count: 0, p50: 0, p99: 0, p999: 0 })
  })

  it('tells the upper ends of the buckets, in milliseconds', () => {
    // Bucket 4 is 4 us, 8 is 8 to 9 us, 32 is 512 to 639 us, 79 has no upper end but is told as one.
    expect(addedDelays(histogram([4, 1]))).toMatchObject({ p50: 0.005 })
    expect(addedDelays(histogram([8, 1]))).toMatchObject({ p50: 0.01 })
    expect(addedDelays(histogram([32, 1]))).toMatchObject({ p50: 0.64 })
    expect(addedDelays(histogram([79, 1])).p50).toBeGreaterThan(1500)
  })

  it('finds the quantiles', () => {
    const figures = addedDelays(histogram([4, 980], [8, 19], [32, 1]))
    expect(figures).toEqual({ count: 1000, p50: 0.005, p99: 0.01, p999: 0.01 })
    expect(addedDelays(histogram([4, 980], [8, 15], [32, 5])).p999).toBe(0.64)
  })
})
