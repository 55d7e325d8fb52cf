import { expect, test } from 'vitest'
import { StartFailure } from '../start-failures.ts'
import { toConfig } from './config.ts'
import { rawFromYaml } from './raw.ts'

const CASES = Number(process.env['RUNDE_FUZZ_CASES'] ?? '3000')
const SEED_FILE =
  'host: 127.0.0.1\nport: 9090\ntls: { cert: c.pem, key: k.pem }\nmedia:\n  announce: [203.0.113.7]\n'
const PIECES = [
  '&a ',
  '*a',
  '<<: *a',
  '!!js ',
  '? ',
  ': ',
  '- ',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  '\t',
  '\n',
  '%',
  '|',
  '>',
  '\u0000',
  '\ud800',
]

/** The next number below `limit` of a linear congruential generator (Numerical Recipes' constants). */
function createDice(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

function outcomeOf(text: string): unknown {
  try {
    return toConfig(rawFromYaml(text, 'f.yaml'), { cores: 2 }).port > 0 ? 'configuration' : 'no port'
  } catch (error) {
    return error instanceof StartFailure ? 'refusal' : error
  }
}

test('whatever is in the file, the end is a configuration or a refusal with its place', () => {
  const dice = createDice(7)
  let refused = 0
  for (let count = 0; count < CASES; count += 1) {
    let text = SEED_FILE
    for (let change = dice(4); change >= 0; change -= 1) {
      const place = dice(text.length)
      text = text.slice(0, place) + (PIECES[dice(PIECES.length)] ?? '') + text.slice(place + dice(3))
    }
    const outcome = outcomeOf(text)
    expect(['configuration', 'refusal']).toContain(outcome)
    refused += outcome === 'refusal' ? 1 : 0
  }
  expect(refused).toBeGreaterThan(0)
})
