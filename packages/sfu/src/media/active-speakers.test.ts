import { describe, expect, test } from 'vitest'
import { ActiveSpeakers } from './active-speakers.ts'
import { AudioLevelWindow } from './audio-level.ts'

function speak(window: AudioLevelWindow, level: number, active = 20, silent = 0): void {
  for (let packet = 0; packet < active; packet++) window.observe(level)
  for (let packet = 0; packet < silent; packet++) window.observe(127)
}

describe('AudioLevelWindow', () => {
  test('a full interval at 20 dB below full scale is a tenth, smoothed by two thirds', () => {
    const window = new AudioLevelWindow()
    speak(window, 20)
    expect(window.close()).toBeCloseTo(0.0667, 4)
    speak(window, 20)
    expect(window.close()).toBeCloseTo(0.0889, 4)
  })

  test('less than 40 % of active packets, or too quiet ones, are silence', () => {
    const window = new AudioLevelWindow()
    speak(window, 0, 7, 13)
    expect(window.close()).toBe(0)
    speak(window, 36)
    expect(window.close()).toBe(0)
    speak(window, 0, 8, 12)
    expect(window.close()).toBeCloseTo((0.4 * 2) / 3, 4)
  })
})

describe('ActiveSpeakers', () => {
  test('tells who begins, gets louder and ends, and nothing while it stays', () => {
    const speakers = new ActiveSpeakers<string>()
    const [a, b] = [new AudioLevelWindow(), new AudioLevelWindow()]
    speakers.add(0, 'a', a)
    speakers.add(0, 'b', b)
    expect(speakers.deadline()).toBe(400)
    speak(a, 20)
    speak(b, 0)
    expect(speakers.tick(399)).toEqual([])
    expect(speakers.tick(400)).toEqual([
      { key: 'b', level: 0.75, active: true },
      { key: 'a', level: 0.125, active: true },
    ])
    speak(a, 20)
    speak(b, 0)
    expect(speakers.tick(800)).toEqual([{ key: 'b', level: 1, active: true }])
    expect(speakers.current().map(({ key }) => key)).toEqual(['b', 'a'])
    const later: unknown[] = []
    for (let now = 1200; now < 6000; now += 400)
      later.push(...speakers.tick(now).filter(({ key }) => key === 'a'))
    expect(later).toEqual([{ key: 'a', level: 0, active: false }])
    expect(speakers.current()).toEqual([])
  })

  test('the loudest track of a person counts, and the last one removed says good-bye', () => {
    const speakers = new ActiveSpeakers<number>()
    const [microphone, screen] = [new AudioLevelWindow(), new AudioLevelWindow()]
    speakers.add(0, 1, microphone)
    speakers.add(0, 1, screen)
    speakers.add(0, 1, screen)
    speak(screen, 0)
    expect(speakers.tick(400)).toEqual([{ key: 1, level: 0.75, active: true }])
    expect(speakers.remove(1, screen)).toBeUndefined()
    expect(speakers.remove(1, microphone)).toEqual({ key: 1, level: 0, active: false })
    expect(speakers.remove(1, microphone)).toBeUndefined()
    expect(speakers.deadline()).toBe(Infinity)
  })
})
