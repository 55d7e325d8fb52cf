// Rings come after 150 ms and go after 600 ms.
import { describe, expect, it } from 'vitest'
import { Speakers } from './speakers.ts'

describe('Speakers', () => {
  it('shows a ring after 150 ms and says when to look', () => {
    const speakers = new Speakers()
    speakers.handleSpeakers(['a'], 1000)
    expect([...speakers.update(1000)]).toEqual([])
    expect(speakers.deadline()).toBe(1150)
    expect([...speakers.update(1150)]).toEqual(['a'])
    expect(speakers.deadline()).toBeNull()
  })

  it('keeps the ring over a pause of half a second', () => {
    const speakers = new Speakers()
    speakers.handleSpeakers(['a'], 0)
    speakers.update(150)
    speakers.handleSpeakers([], 1000)
    expect([...speakers.update(1500)]).toEqual(['a'])
    speakers.handleSpeakers(['a'], 1550)
    expect([...speakers.update(1700)]).toEqual(['a'])
    expect(speakers.deadline()).toBeNull()
  })

  it('takes the ring away after 600 ms', () => {
    const speakers = new Speakers()
    speakers.handleSpeakers(['a'], 0)
    speakers.update(150)
    speakers.handleSpeakers([], 1000)
    expect(speakers.deadline()).toBe(1600)
    expect([...speakers.update(1600)]).toEqual([])
  })

  it('shows nothing for a cough', () => {
    const speakers = new Speakers()
    speakers.handleSpeakers(['a'], 0)
    speakers.handleSpeakers([], 100)
    expect([...speakers.update(5000)]).toEqual([])
    expect(speakers.deadline()).toBeNull()
  })

  it('forgets who left', () => {
    const speakers = new Speakers()
    speakers.handleSpeakers(['a'], 0)
    speakers.update(150)
    speakers.handleLeft('a')
    expect([...speakers.update(151)]).toEqual([])
  })
})
