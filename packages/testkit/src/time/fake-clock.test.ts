import { expect, test } from 'vitest'
import { FakeClock } from './fake-clock.ts'

test('fires timers in order of due time, then of arming, each at its own instant', () => {
  const clock = new FakeClock(100)
  const seen: string[] = []
  clock.after(20, () => seen.push(`b@${clock.now()}`))
  clock.after(10, () => seen.push(`a@${clock.now()}`))
  clock.after(20, () => seen.push(`c@${clock.now()}`))
  expect(clock.deadline()).toBe(110)
  clock.advance(20)
  expect(seen).toEqual(['a@110', 'b@120', 'c@120'])
  expect(clock.now()).toBe(120)
  expect(clock.deadline()).toBeUndefined()
})

test('a timer armed by a timer fires within the same advance when it is due', () => {
  const clock = new FakeClock(0)
  const seen: number[] = []
  const tick = (): void => {
    seen.push(clock.now())
    clock.after(30, tick)
  }
  clock.after(30, tick)
  clock.advance(100)
  expect(seen).toEqual([30, 60, 90])
  expect(clock.deadline()).toBe(120)
})

test('a disarmed timer stays silent and time never runs backwards', () => {
  const clock = new FakeClock()
  let fired = 0
  const disarm = clock.after(5, () => fired++)
  disarm()
  clock.advance(10)
  expect(fired).toBe(0)
  expect(() => clock.advance(-1)).toThrow(RangeError)
  expect(() => clock.advance(Number.NaN)).toThrow(RangeError)
})
