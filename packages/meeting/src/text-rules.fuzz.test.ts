import { NAME_MAX_LENGTH } from '@runde/contract'
import { expect, test } from 'vitest'
import { parseMeetingLink } from './links.ts'
import { decideName } from './text-rules.ts'
import { seededRandom } from './testing/seeded-random.ts'

const environment =
  (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env ?? {}
const CASES = Number(environment['RUNDE_FUZZ_CASES'] ?? '3000')

/** Texts of any UTF-16 code units, often near the interesting ranges. */
function randomText(random: (count: number) => Uint8Array): string {
  const [length = 0] = random(1)
  const bytes = random((length % 100) * 2)
  let text = ''
  for (let index = 0; index + 1 < bytes.length; index += 2) {
    const high = bytes[index] ?? 0
    const low = bytes[index + 1] ?? 0
    text += high < 128 ? String.fromCharCode(low) : String.fromCharCode((high << 8) | low)
  }
  return text
}

test('whatever is accepted as a name is short, trimmed, composed and free of control characters', () => {
  const random = seededRandom(11)
  let accepted = 0
  for (let count = 0; count < CASES; count += 1) {
    const decided = decideName(randomText(random))
    if (!decided.ok) continue
    accepted += 1
    expect(Array.from(decided.text).length).toBeLessThanOrEqual(NAME_MAX_LENGTH)
    expect(decided.text).toBe(decided.text.trim().normalize('NFC'))
    expect(decided.text).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u)
    expect(decided.text).not.toBe('')
    // Deciding twice changes nothing.
    expect(decideName(decided.text)).toEqual(decided)
  }
  expect(accepted).toBeGreaterThan(0)
})

test('whatever is pasted as a link is an id or nothing', () => {
  const random = seededRandom(12)
  let found = 0
  const link = 'https://runde.example.org/abc-defg-hij#secret'
  for (let count = 0; count < CASES; count += 1) {
    const [at = 0, byte = 0] = random(2)
    const place = at % link.length
    const mutated = link.slice(0, place) + String.fromCharCode(byte) + link.slice(place + (byte % 3))
    const id = parseMeetingLink(mutated)
    expect(id ?? 'abc-defg-hij').toMatch(/^[a-z]{3}-[a-z]{4}-[a-z]{3}$/)
    found += id === undefined ? 0 : 1
  }
  expect(found).toBeGreaterThan(0)
})
