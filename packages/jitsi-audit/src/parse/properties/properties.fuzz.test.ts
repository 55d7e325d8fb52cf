import { expect, test, vi } from 'vitest'
import { readLogging } from '../logging/read-logging.ts'
import { passes } from '../logging/passes.ts'
import { fuzzParser, timed } from '../testing/fuzz.ts'
import { parseProperties } from './parse-properties.ts'

vi.setConfig({ testTimeout: 900_000 })

const SEEDS = [
  'handlers= java.util.logging.ConsoleHandler\n.level=INFO\n\njava.util.logging.ConsoleHandler.level = ALL\n# x\norg.jitsi.level=FINE\norg.jitsi.handlers=a.B,\\\n  c.D\norg.jitsi.useParentHandlers=false\n',
  'org.ice4j.ice.harvest.STUN_MAPPING_HARVESTER_ADDRESSES=a:1,b:2\norg.x : \\u0041\\\n b\n! y\nkey value\n',
]
const PIECES = [
  '=',
  ':',
  ' ',
  '\t',
  '\\',
  '\\\n',
  '\n',
  '\r',
  '\r\n',
  '#',
  '!',
  '\\u',
  '\\u00e9',
  'a.level',
  '.level',
  'handlers',
  'INFO',
  'ALL',
  'OFF',
  'useParentHandlers',
  'false',
  ',',
  '.',
  '\uE000',
  '\f',
]

function parse(text: string): unknown {
  const file = { path: 'x.properties', text }
  const logging = readLogging(file)
  return [parseProperties(file), passes(logging, 'org.jitsi.x', 'FINE'), passes(logging, text, text)]
}

test('changed and made-up properties are read without throwing or hanging, twice alike', () => {
  expect(fuzzParser({ seeds: SEEDS, pieces: PIECES, parse })).toEqual([])
})

test.each([
  ['entries', 'a=1\n'.repeat(150_000)],
  ['keys', Array.from({ length: 60_000 }, (_, index) => `k${index}.level=INFO`).join('\n')],
  ['backslashes', '\\'.repeat(490_000)],
  ['continued lines', 'a\\\n'.repeat(160_000)],
  ['separators', '='.repeat(490_000)],
  ['blanks', ' '.repeat(490_000)],
  ['escapes', `a=${'\\u0041'.repeat(80_000)}`],
  ['dots', `${'a.'.repeat(200_000)}level=INFO`],
  ['handlers', `handlers=${'a.B,'.repeat(100_000)}`],
])('%s in masses stay within a second', (_name, text) => {
  expect(timed(() => parse(text), text)).toBeDefined()
})
