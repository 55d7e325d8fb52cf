import { expect, test, vi } from 'vitest'
import { fuzzParser, timed } from '../testing/fuzz.ts'
import { readTurnserver } from './read-turnserver.ts'

vi.setConfig({ testTimeout: 600_000 })

const SEED =
  '# c\nuse-auth-secret\nstatic-auth-secret=__x__\nrealm="a b"\ndenied-peer-ip=10.0.0.0-10.1.1.1\ndenied-peer-ip=::1\nno-tls=0 # n\n--verbose\n{{ x }}\n'
const PIECES = [
  '=',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '#',
  '"',
  'realm',
  'user=',
  'no-auth',
  'denied-peer-ip=',
  '--',
  '-v',
  '{{',
  '}}',
  '{% if %}',
  '__a__',
  '${',
  '}',
  '\u{E000}',
]

function parse(text: string): unknown {
  return readTurnserver({ path: 'turnserver.conf', text })
}

test('changed and made-up turnserver.conf is read without throwing or hanging, twice alike', () => {
  expect(fuzzParser({ seeds: [SEED], pieces: PIECES, parse })).toEqual([])
})

test.each([
  ['lines', 'a=b\n'.repeat(120_000)],
  ['repeated options', 'user=a\n'.repeat(70_000)],
  ['blanks', ' '.repeat(490_000)],
  ['equals signs', '='.repeat(490_000)],
  ['underscores', `realm=${'_a'.repeat(240_000)}`],
  ['double underscores', `realm=${'__a_'.repeat(120_000)}`],
  ['percent tags', `realm=${'<%'.repeat(240_000)}`],
  ['dollars', `realm=${'${'.repeat(240_000)}`],
])('%s in masses stay within a second', (_name, text) => {
  const cut = text.slice(0, 199_000)
  expect(timed(() => parse(cut), cut)).toBeDefined()
})
