// Hostile pack files: whatever is changed in a good one, reading it answers and never throws.
import { expect, test } from 'vitest'
import { dossier } from '../dossier.ts'
import { NOW, organisation } from '../testing/organisations.ts'
import { readPacks } from './pack-file.ts'

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

const BOTH = { de: 'Text {org.land}.', en: 'Text {org.land}.' }

const GOOD = JSON.stringify({
  format: 'runde-packs/1',
  packs: [
    {
      id: 'land-th',
      title: BOTH,
      validFrom: '2026-01-01',
      extends: true,
      when: { any: [{ fact: 'org.land', in: ['TH', 'BY'] }, { not: { fact: 'use.monthly', atLeast: 7 } }] },
      authority: { name: BOTH, short: 'x' },
      rules: [
        {
          id: 'one',
          basis: [{ gdpr: '6(1)(e)' }, BOTH],
          validFrom: '2026-01-01',
          when: {
            all: [
              { fact: 'use.groups', includes: 'pupils' },
              { fact: 'org.name', stated: true },
            ],
          },
          sentences: [{ slot: 'notice.data', text: BOTH }],
          finding: { kind: 'risk', documents: ['notice'], message: BOTH, remedy: BOTH },
        },
      ],
    },
  ],
})

const SPLICES = [
  '"',
  '{',
  '}',
  '[]',
  'null',
  '1e999',
  '-1',
  'true',
  '"__proto__":1,',
  '[[',
  ',',
  '{a.b}',
  '🙂',
  '2',
]

test(`${CASES} damaged pack files are answered`, { timeout: 60_000 + CASES * 20 }, () => {
  const random = generator(7)
  const sheet = organisation('public-school')
  let readable = 0
  let silent = 0
  for (let index = 0; index < CASES; index += 1) {
    const from = Math.floor(random() * GOOD.length)
    const length = Math.floor(random() * 12)
    const splice = SPLICES[Math.floor(random() * SPLICES.length)] ?? ''
    const result = readPacks(GOOD.slice(0, from) + splice + GOOD.slice(from + length))
    if (!result.ok) {
      silent += result.problems.length === 0 ? 1 : 0
      continue
    }
    readable += 1
    // What can be read can be applied; every twentieth is, to keep the run short.
    if (readable % 20 === 1) dossier(sheet, { language: 'de', now: NOW, packs: result.packs })
  }
  expect(silent).toBe(0)
  expect(readable).toBeGreaterThan(0)
})
