// Tiles stay where they are; only a long speaker out of view takes a silent person's seat.
import { describe, expect, it } from 'vitest'
import { Seating } from './seating.ts'

const none = new Set<string>()

function seated(...identities: string[]): Seating {
  const seating = new Seating()
  seating.handlePeople(identities)
  return seating
}

describe('Seating', () => {
  it('keeps seats while people come and go', () => {
    const seating = seated('a', 'b', 'c')
    seating.handlePeople(['a', 'c', 'd'])
    expect(seating.order).toEqual(['a', 'c', 'd'])
  })

  it('does not move a speaker who is in view', () => {
    const seating = seated('a', 'b', 'c')
    seating.handleSpeaking(new Set(['b']), 0)
    expect(seating.update(new Set(['a', 'b']), none, 5000)).toBe(false)
    expect(seating.order).toEqual(['a', 'b', 'c'])
  })

  it('gives a speaker out of view the seat of the longest silent one after 1.5 s', () => {
    const seating = seated('a', 'b', 'c', 'd')
    seating.handleSpeaking(new Set(['a']), 0)
    seating.handleSpeaking(new Set(['b']), 1000)
    seating.handleSpeaking(new Set(['d']), 2000)
    const visible = new Set(['a', 'b'])
    expect(seating.update(visible, none, 3499)).toBe(false)
    expect(seating.update(visible, none, 3500)).toBe(true)
    expect(seating.order).toEqual(['d', 'b', 'c', 'a'])
  })

  it('swaps at most once in three seconds and never a pinned person', () => {
    const seating = seated('a', 'b', 'c', 'd')
    seating.handleSpeaking(new Set(['c', 'd']), 0)
    expect(seating.update(new Set(['a', 'b']), new Set(['a']), 1500)).toBe(true)
    expect(seating.order).toEqual(['a', 'c', 'b', 'd'])
    expect(seating.update(new Set(['a', 'c']), new Set(['a']), 4000)).toBe(false)
    expect(seating.update(new Set(['a', 'c']), none, 4600)).toBe(true)
    expect(seating.order).toEqual(['d', 'c', 'b', 'a'])
  })

  it('swaps nobody while everyone in view speaks', () => {
    const seating = seated('a', 'b')
    seating.handleSpeaking(new Set(['a', 'b']), 0)
    expect(seating.update(new Set(['a']), none, 9000)).toBe(false)
  })
})
