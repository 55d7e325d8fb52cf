import { describe, expect, test } from 'vitest'
import { TimerRounds } from './timer-rounds.ts'

describe('rounds of timers', () => {
  test('nothing is due before anything was wished for, and after the last peer left', () => {
    const rounds = new TimerRounds()
    expect(rounds.isDue(1e9)).toBe(false)
    rounds.wish(5)
    expect(rounds.isDue(5)).toBe(true)
    rounds.stop()
    expect(rounds.nextAt).toBe(Infinity)
  })

  test('a round follows what is due, at least 20 ms and at most 100 ms after the last', () => {
    const rounds = new TimerRounds()
    rounds.held(1000, 1001)
    expect(rounds.nextAt).toBe(1020)
    rounds.held(1020, 1070)
    expect(rounds.nextAt).toBe(1070)
    rounds.held(1070, Infinity)
    expect(rounds.nextAt).toBe(1100)
    rounds.held(1100, Infinity)
    expect(rounds.nextAt).toBe(1200)
  })

  test('an earlier wish moves it forward, a later one does not', () => {
    const rounds = new TimerRounds()
    rounds.held(1000, Infinity)
    expect(rounds.wish(1050)).toBe(true)
    expect(rounds.wish(1060)).toBe(false)
    expect(rounds.nextAt).toBe(1050)
    expect(rounds.wish(0)).toBe(true)
    expect(rounds.nextAt).toBe(1020)
  })

  test('a turn up to 10 ms before holds it, an earlier one does not', () => {
    const rounds = new TimerRounds()
    rounds.held(1000, 1030)
    expect(rounds.isDue(1019)).toBe(false)
    expect(rounds.isDue(1020)).toBe(true)
  })

  test('every peer is looked at each 100 ms, however often rounds are', () => {
    const rounds = new TimerRounds()
    const full: number[] = []
    for (let now = 1000; now < 1500; now += 10) {
      if (!rounds.isDue(now) && now > 1000) continue
      if (rounds.isFull(now)) full.push(now)
      rounds.held(now, now + 5)
    }
    const gaps = full.slice(1).map((at, index) => at - (full[index] ?? 0))
    expect(gaps.length).toBeGreaterThanOrEqual(4)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(100)
  })
})
