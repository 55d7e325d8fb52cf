import { describe, expect, test } from 'vitest'
import { extendSent, Sequencer } from './sequencer.ts'
import { incoming, outgoing } from './sequence-number.ts'

function filled(count: number, first = 65_000): Sequencer {
  const sequencer = new Sequencer('video')
  for (let index = 0; index < count; index++) {
    sequencer.push(outgoing(first + index), incoming(70_000 + index * 2), 255, -index)
  }
  return sequencer
}

describe('Sequencer', () => {
  test('finds the source of what was sent, over the wrap of the outgoing number', () => {
    const sequencer = filled(600)
    const sent = extendSent(outgoing(65_599), 65_590 & 0xffff)
    expect(sent).toBe(65_590)
    expect(sequencer.take(0, sent, 20)).toBe(true)
    expect(sequencer.source(incoming(71_200))).toBe(70_000 + 590 * 2)
    expect(sequencer.layerId).toBe(255)
    expect(sequencer.timestamp).toBe(-590)
  })

  test('knows neither what was never sent nor what is older than its ring', () => {
    const sequencer = filled(600)
    expect(sequencer.take(0, outgoing(65_600), 20)).toBe(false)
    expect(sequencer.take(0, outgoing(65_000 + 87), 20)).toBe(false)
    expect(sequencer.take(0, outgoing(65_000 + 88), 20)).toBe(true)
    expect(new Sequencer('audio').take(0, outgoing(0), 20)).toBe(false)
  })

  test.each([
    [20, [0, 99, 100, 150, 200, 300, 400, 5000], [0, 100, 200]],
    [250, [0, 100, 249, 250, 400, 500, 800], [0, 250, 500]],
  ])('with an RTT of %i ms repeats are spaced and end after three', (rtt, asked, served) => {
    const sequencer = filled(10)
    const start = 1_700_000_000_000
    expect(asked.filter((at) => sequencer.take(start + at, outgoing(65_005), rtt))).toEqual(served)
  })

  test('a number sent anew may be repeated anew', () => {
    const sequencer = filled(1)
    for (const at of [0, 100, 200]) sequencer.take(at, outgoing(65_000), 20)
    sequencer.push(outgoing(65_000 + 512), incoming(80_000), 1, 0)
    expect(sequencer.take(300, outgoing(65_000), 20)).toBe(false)
    expect(sequencer.take(300, outgoing(65_512), 20)).toBe(true)
  })

  test('holds no memory before the first packet', () => {
    expect(new Sequencer('video').byteLength).toBe(0)
    expect(filled(1).byteLength).toBe(512 * 18)
  })
})
