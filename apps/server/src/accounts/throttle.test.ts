import { expect, test } from 'vitest'
import { FREE_TRIES, LONGEST_WAIT_MS, createThrottle, waitAfter } from './throttle.ts'

test('the first tries are free, then the waiting doubles up to a limit', () => {
  expect([0, 4, 5, 6, 7, 14, 15, 1000].map(waitAfter)).toEqual([
    0, 0, 1000, 2000, 4000, 512_000, 900_000, 900_000,
  ])
})

test('ten thousand tries, one a second: about thirty are checked, and another name is not touched', () => {
  const throttle = createThrottle()
  let checked = 0
  for (let second = 0; second < 10_000; second += 1) {
    if (throttle.ask('erika', second * 1000) !== true) continue
    throttle.began('erika', second * 1000)
    checked += 1
  }
  expect(checked).toBeGreaterThan(FREE_TRIES)
  expect(checked).toBeLessThanOrEqual(30)
  expect(throttle.ask('max', 10_000_000)).toBe(true)
})

test('a right password, or a day of rest, clears the name', () => {
  const throttle = createThrottle()
  for (let count = 0; count < 20; count += 1) throttle.began('erika', 0)
  expect(throttle.ask('erika', 1000)).toBe(899)
  expect(throttle.ask('erika', LONGEST_WAIT_MS)).toBe(true)
  throttle.right('erika')
  expect(throttle.ask('erika', 0)).toBe(true)
  for (let count = 0; count < 20; count += 1) throttle.began('erika', 0)
  throttle.began('erika', 86_400_001)
  expect(throttle.ask('erika', 86_400_002)).toBe(true)
})

test('a clock that is set back does not prolong the waiting', () => {
  const throttle = createThrottle()
  for (let count = 0; count < 6; count += 1) throttle.began('erika', 1_000_000)
  expect(throttle.ask('erika', 0)).toBe(2)
})

test('memory stays bounded: the names tried longest ago are forgotten first', () => {
  const throttle = createThrottle()
  for (let count = 0; count < 20; count += 1) throttle.began('first', 0)
  for (let count = 0; count < 9_999; count += 1) throttle.began(`name ${count}`, 1)
  expect(throttle.ask('first', 1)).toBe(900)
  throttle.began('one more', 1)
  expect(throttle.ask('first', 1)).toBe(true)
})
