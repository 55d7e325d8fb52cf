// What is marked as different between two wordings, and that nothing gets lost.
import { describe, expect, it } from 'vitest'
import { wordsChanged } from './words-changed.ts'

const whole = ({ start, middle, end }: { start: string; middle: string; end: string }): string =>
  start + middle + end

describe('wordsChanged', () => {
  it('marks the words between what both share', () => {
    const { before, after } = wordsChanged(
      'Alle Räume haben einen Warteraum.',
      'Alle Räume haben kein Passwort.',
    )
    expect(before).toEqual({ start: 'Alle Räume haben ', middle: 'einen Warteraum.', end: '' })
    expect(after.middle).toBe('kein Passwort.')
    expect(wordsChanged('Wir sind A und B.', 'Wir sind C und B.').before).toEqual({
      start: 'Wir sind ',
      middle: 'A ',
      end: 'und B.',
    })
  })

  it('keeps every letter of both', () => {
    const sentences = ['', 'a', 'a a', 'a b a', 'b a', '  a b', 'a  b c d', 'x', 'a b a b a']
    for (const one of sentences) {
      for (const other of sentences) {
        const { before, after } = wordsChanged(one, other)
        expect(whole(before)).toBe(one)
        expect(whole(after)).toBe(other)
      }
      const same = wordsChanged(one, one)
      expect(same.before.middle + same.after.middle).toBe('')
    }
  })
})
