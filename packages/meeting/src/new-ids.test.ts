import { MEETING_ID_LETTERS, isMeetingId } from '@runde/contract'
import { expect, test } from 'vitest'
import { newIdentity, newMeetingId, newOrganiserId } from './new-ids.ts'
import { randomLetters } from './random.ts'
import { seededRandom } from './testing/seeded-random.ts'

test('a meeting id has the form of one and only letters that are not mistaken', () => {
  const random = seededRandom(1)
  for (let count = 0; count < 500; count += 1) {
    const id = newMeetingId(random)
    expect(isMeetingId(id)).toBe(true)
    expect(id).not.toMatch(/[ilo]/)
  }
})

test('identities of a thousand joins are all different and carry nothing but letters', () => {
  const random = seededRandom(2)
  const made = new Set(Array.from({ length: 1000 }, () => newIdentity(random)))
  expect(made.size).toBe(1000)
  for (const identity of made) expect(identity).toMatch(/^p-[a-z]{28}$/)
  expect(newOrganiserId(random)).toMatch(/^o-[a-z]{28}$/)
})

test('the same randomness makes the same id', () => {
  expect(newMeetingId(seededRandom(3))).toBe(newMeetingId(seededRandom(3)))
})

test('bytes that would prefer some letters are thrown away', () => {
  // 256 is not a multiple of 23: the bytes 253 to 255 have no letter.
  const bytes = [255, 254, 253, 0, 252]
  const random = (count: number): Uint8Array => Uint8Array.from(bytes.splice(0, count))
  expect(randomLetters(random, MEETING_ID_LETTERS, 2)).toBe('az')
})

test('every letter is equally likely', () => {
  const letters = randomLetters(seededRandom(4), MEETING_ID_LETTERS, 23_000)
  for (const letter of MEETING_ID_LETTERS) {
    const count = letters.split(letter).length - 1
    // 1,000 expected, standard deviation 31; six of them.
    expect(Math.abs(count - 1000)).toBeLessThan(186)
  }
})
