// Loudness in twelve steps, silence after six seconds, and the names of troubles.
import { describe, expect, it } from 'vitest'
import { LEVEL_STEPS, isAlive, loudness } from './level.ts'
import { troubleOf } from './media.ts'
import { SilenceWatch } from './silence.ts'

function tone(amplitude: number): Float32Array {
  return Float32Array.from({ length: 1024 }, (_, index) => amplitude * Math.sin(index / 3))
}

describe('loudness', () => {
  it('is 0 for silence and full for full scale, and grows in between', () => {
    expect(loudness(new Float32Array(1024))).toBe(0)
    expect(loudness(tone(1))).toBe(LEVEL_STEPS)
    const steps = [0.0005, 0.005, 0.05, 0.5].map((amplitude) => loudness(tone(amplitude)))
    expect(steps).toEqual([...steps].sort((a, b) => a - b))
    expect(loudness(tone(0.05))).toBeGreaterThan(3)
    expect(loudness(tone(0.05))).toBeLessThan(10)
  })

  it('tells a quiet room from a dead microphone', () => {
    expect(isAlive(tone(0.00001))).toBe(true)
    expect(isAlive(new Float32Array(1024))).toBe(false)
  })

  it('survives an empty block', () => {
    expect(loudness(new Float32Array(0))).toBe(0)
  })
})

describe('SilenceWatch', () => {
  it('reports six seconds of nothing, and recovers', () => {
    const watch = new SilenceWatch(0)
    expect(watch.handleSignal(false, 5999)).toBe(false)
    expect(watch.handleSignal(false, 6000)).toBe(true)
    expect(watch.handleSignal(true, 6100)).toBe(false)
    expect(watch.handleSignal(false, 12_000)).toBe(false)
  })
})

describe('troubleOf', () => {
  it('reads the errors of the browser', () => {
    const named = (name: string): DOMException => new DOMException('x', name)
    expect(troubleOf(named('NotAllowedError'))).toBe('denied')
    expect(troubleOf(named('NotFoundError'))).toBe('none')
    expect(troubleOf(named('NotReadableError'))).toBe('busy')
    expect(troubleOf(named('Whatever'))).toBe('failed')
    expect(troubleOf('constructor')).toBe('failed')
    expect(troubleOf(undefined)).toBe('failed')
  })
})
