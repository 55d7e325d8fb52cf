// People keep their object, seat hue and guest number.
import { describe, expect, it } from 'vitest'
import { Roster, initials } from './roster.ts'
import type { RawPerson } from './roster.ts'

function raw(identity: string, name = identity, isSelf = false): RawPerson {
  return {
    identity,
    name,
    isSelf,
    micOn: true,
    camOn: false,
    speaking: false,
    weak: false,
    video: null,
    screen: null,
  }
}

describe('Roster', () => {
  it('returns the same list when nothing changed and the same people when others changed', () => {
    const roster = new Roster()
    const first = roster.update([raw('a'), raw('b')])
    expect(roster.update([raw('a'), raw('b')])).toBe(first)
    const second = roster.update([raw('a'), { ...raw('b'), speaking: true }])
    expect(second).not.toBe(first)
    expect(second[0]).toBe(first[0])
    expect(second[1]?.speaking).toBe(true)
  })

  it('gives eight hues by seat, and the same one to who returns', () => {
    const roster = new Roster()
    const hues = roster
      .update(Array.from({ length: 9 }, (_, index) => raw(`p${index}`)))
      .map(({ hue }) => hue)
    expect(new Set(hues.slice(0, 8)).size).toBe(8)
    expect(hues[8]).toBe(hues[0])
    roster.update([raw('p1')])
    expect(roster.update([raw('p0'), raw('p1')])[0]?.hue).toBe(hues[0])
  })

  it('numbers guests, but not yourself', () => {
    const people = new Roster().update([raw('a', ''), raw('b', 'Ben'), raw('c', ''), raw('me', '', true)])
    expect(people.map(({ guest }) => guest)).toEqual([1, 0, 2, 0])
  })
})

describe('initials', () => {
  it('takes the first letter, also when it is made of several characters', () => {
    expect(initials('anna', 0)).toBe('A')
    expect(initials('  éva', 0)).toBe('É')
    expect(initials('e\u0301va', 0)).toBe('É'.normalize('NFD'))
    expect(initials('👩‍👧 Ida', 0)).toBe('👩‍👧')
    expect(initials('', 3)).toBe('G3')
    expect(initials('', 0)).toBe('')
  })
})
