import { expect, test } from 'vitest'
import { RoundTripTime } from './round-trip-time.ts'

test('70 ms until measured, then the measurement, then an eighth of each difference', () => {
  const rtt = new RoundTripTime()
  expect([rtt.value, rtt.isMeasured]).toEqual([70, false])
  rtt.measured(20)
  expect([rtt.value, rtt.isMeasured]).toEqual([20, true])
  rtt.measured(100)
  expect(rtt.value).toBe(30)
})

test('impossible measurements are ignored', () => {
  const rtt = new RoundTripTime()
  for (const sample of [-1, 3001, Number.NaN, Infinity]) rtt.measured(sample)
  expect([rtt.value, rtt.isMeasured]).toEqual([70, false])
})
