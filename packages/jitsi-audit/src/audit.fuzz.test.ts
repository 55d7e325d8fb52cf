// The whole audit, reports included, over sets in which one file is changed or made up.
import { expect, test, vi } from 'vitest'
import { audit } from './audit.ts'
import { fuzzParser } from './parse/testing/fuzz.ts'
import { toHtml, toJson, toSarif } from './report/index.ts'
import { HARDENED_DEBIAN } from './testing/hardened/debian.ts'
import { HARDENED_DOCKER } from './testing/hardened/docker.ts'

vi.setConfig({ testTimeout: 900_000 })

const SETS: readonly Readonly<Record<string, string>>[] = [HARDENED_DEBIAN, HARDENED_DOCKER]
const SEEDS: readonly string[] = SETS.flatMap((set) =>
  Object.entries(set).map(([path, text]) => `${path}\n${text}`),
)

const PIECES = [
  '\n',
  ' = ',
  ': ',
  '{',
  '}',
  '[',
  ']',
  ';',
  '"',
  "'",
  '\\',
  '{{ x }}',
  '{% if x %}',
  '${X:-d}',
  '__X__',
  'config.p2p = ',
  'VirtualHost "a"',
  'Include "*"',
  'include *;',
  'server {',
  'image: jitsi/web:stable-5142',
  'lineinfile:',
  'FROM jitsi/web',
  '\0',
  '\uE000',
]

/** Files beside the changed one: enough for the rules that compare programs, few enough for a hundred thousand cases. */
const BESIDE_MAX = 3

test('the audit bears every set, says the same twice, and its reports can be written', () => {
  const parse = (text: string): unknown => {
    const end = text.indexOf('\n')
    const path = end === -1 ? '.env' : text.slice(0, Math.min(end, 200))
    const set = Object.entries(SETS[text.length % SETS.length] ?? {})
    const from = text.length % Math.max(1, set.length - BESIDE_MAX)
    const beside = set.slice(from, from + BESIDE_MAX).map(([name, own]) => ({ path: name, text: own }))
    const report = audit([{ path, text: text.slice(end + 1) }, ...beside])
    const json = toJson(report, 'de')
    if (text.length % 50 === 0) return [json, toHtml(report, 'en').length, toSarif(report, 'en', '0').length]
    return json
  }
  expect(fuzzParser({ seeds: SEEDS, pieces: PIECES, parse, weight: 20 })).toEqual([])
})
