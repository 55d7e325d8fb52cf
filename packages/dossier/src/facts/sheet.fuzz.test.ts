// Hostile fact sheets: whatever is changed in a good one, reading it answers and never throws.
import { expect, test } from 'vitest'
import { dossier } from '../dossier.ts'
import { NOW, WITH_PAPERWORK, fixtureText } from '../testing/organisations.ts'
import { readFacts } from './sheet.ts'

const CASES = Number(process.env['RUNDE_FUZZ_CASES'] ?? '3000')

/** Mulberry32: a small seeded generator, so that a failure can be repeated. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const SPLICES = [
  '"',
  '{',
  '}',
  '[]',
  'null',
  '1e999',
  '-1',
  'true',
  '\\u0000',
  '"__proto__":1,',
  '[[',
  ',',
  '"unknown":true',
  '"de":',
  '🙂',
]

test(`${CASES} damaged sheets are answered`, { timeout: 60_000 + CASES * 20 }, () => {
  const random = generator(6)
  const texts = WITH_PAPERWORK.map(fixtureText)
  let readable = 0
  let silent = 0
  for (let index = 0; index < CASES; index += 1) {
    const text = texts[Math.floor(random() * texts.length)] ?? ''
    const from = Math.floor(random() * text.length)
    const length = Math.floor(random() * 12)
    const splice = SPLICES[Math.floor(random() * SPLICES.length)] ?? ''
    const result = readFacts(text.slice(0, from) + splice + text.slice(from + length))
    if (!result.ok) {
      silent += result.problems.length === 0 ? 1 : 0
      continue
    }
    readable += 1
    // What can be read can be written about; every hundredth is, to keep the run short.
    if (readable % 100 === 1) dossier(result.sheet, { language: 'de', now: NOW })
  }
  expect(silent).toBe(0)
  expect(readable).toBeGreaterThan(0)
})
