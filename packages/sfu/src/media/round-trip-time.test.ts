import { expect, test } from 'vitest'
import { RoundTripTime } from './round-trip-time.ts'

test('70 ms until measured, then the measurement, then an eighth of each difference', () => {
  const rtt = new RoundTripTime()
  expect([rtt.value, rtt.patience]).toEqual([70, 70])
  rtt.measured(20)
  expect([rtt.value, rtt.patience]).toEqual([20, 60])
  rtt.measured(100)
  expect(rtt.value).toBe(30)
  // Deviation 10 and a quarter of the way to 80.
  expect(rtt.patience).toBe(30 + 4 * 27.5)
})

test('patience comes close to a round trip that never varies', () => {
  const rtt = new RoundTripTime()
  for (let count = 0; count < 30; count++) rtt.measured(50)
  expect(rtt.patience).toBeCloseTo(50, 1)
})

test('impossible measurements are ignored', () => {
  const rtt = new RoundTripTime()
  for (const sample of [-1, 3001, Number.NaN, Infinity]) rtt.measured(sample)
  expect([rtt.value, rtt.patience]).toEqual([70, 70])
})
