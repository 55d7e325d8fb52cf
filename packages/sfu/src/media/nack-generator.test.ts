import { describe, expect, test } from 'vitest'
import { MAX_NACK_QUEUE, NackGenerator } from './nack-generator.ts'
import { incoming } from './sequence-number.ts'

function collected(losses: NackGenerator, now: number, rtt = 70): number[] {
  const count = losses.collect(now, rtt)
  return [...losses.requested.subarray(0, count)]
}

/** Times at which one lost packet is asked for, looking every ms. */
function askedAt(rtt: number): number[] {
  const losses = new NackGenerator()
  losses.missing(0, 65_536, 65_537)
  const times: number[] = []
  for (let now = 0; now < 5000; now++) if (losses.collect(now, rtt) > 0) times.push(now)
  expect(losses.abandoned).toBe(1)
  expect(losses.size).toBe(0)
  expect(losses.deadline()).toBe(Infinity)
  return times
}

describe('NackGenerator', () => {
  test('waits for reordering, then asks five times, each a quarter later than the last', () => {
    expect(askedAt(100)).toEqual([5, 105, 230, 387, 583])
  })

  test('spacing stays within 20 and 400 ms', () => {
    expect(askedAt(1)).toEqual([5, 25, 45, 65, 85])
    expect(askedAt(1000)).toEqual([5, 405, 805, 1205, 1605])
  })

  test('asks for low 16 bits in order, over the wrap', () => {
    const losses = new NackGenerator()
    losses.missing(0, 0x1fffe, 0x20002)
    expect(collected(losses, 5)).toEqual([0xfffe, 0xffff, 0, 1])
    expect(losses.deadline()).toBe(75)
  })

  test('what arrives is forgotten, and tells the round trip if it was asked for once', () => {
    const losses = new NackGenerator()
    losses.missing(0, 70_000, 70_003)
    expect(losses.received(3, incoming(70_000))).toBe(-1)
    expect(collected(losses, 5)).toEqual([70_001 & 0xffff, 70_002 & 0xffff])
    expect(losses.received(45, incoming(70_002))).toBe(40)
    expect(collected(losses, 75)).toEqual([70_001 & 0xffff])
    expect(losses.received(90, incoming(70_001))).toBe(-1)
    expect(losses.received(90, incoming(70_001))).toBe(-1)
    expect(losses.size).toBe(0)
  })

  test('the oldest give way to the newest, and too large a gap is not asked for at all', () => {
    const losses = new NackGenerator()
    expect(losses.missing(0, 70_000, 70_000 + 60)).toBe(true)
    expect(losses.missing(0, 70_100, 70_100 + 60)).toBe(true)
    const asked = collected(losses, 5)
    expect(asked).toHaveLength(MAX_NACK_QUEUE)
    expect(asked[0]).toBe(70_020 & 0xffff)
    expect(losses.missing(0, 70_200, 70_200 + MAX_NACK_QUEUE + 1)).toBe(false)
    expect(losses.size).toBe(0)
  })
})
