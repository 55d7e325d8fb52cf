import { expect, test, vi } from 'vitest'
import { fuzzParser, timed } from '../testing/fuzz.ts'
import { parseHocon } from './parse-hocon.ts'

vi.setConfig({ testTimeout: 900_000 })

const SEEDS = [
  'videobridge {\n  http-servers { public { port = 9090 } }\n  websockets { enabled = true, domain = "x:443" }\n  apis.rest.enabled = true\n}\nice4j.harvest.mapping.stun.addresses = [ "a:1", "b:2" ] # c\n',
  'a = ${?X}\nb { c = ${b.d}, d = 10 seconds }\nl += 1\nl = ${l} [2] [${?Y}]\ninclude "inc"\no = ${b} { e = """x"y""" }\n"q.r" : \'s\'\nb.d = ${HOME}/x\n',
]

const PIECES = [
  '{',
  '}',
  '[',
  ']',
  '=',
  ':',
  '+=',
  ',',
  '\n',
  '"',
  '"""',
  '${',
  '${?',
  '}',
  '${a}',
  '${?a.b}',
  '#',
  '//',
  'a',
  'b',
  'a.b',
  'a.',
  '.',
  ' ',
  '\\',
  '\\u00',
  '1',
  '-1.5e3',
  'true',
  'null',
  'include',
  'include "inc"',
  'include required(file("inc"))',
  'include url("',
  '(',
  ')',
  '\r\n',
  '\uE000',
  '\uFEFF',
  '$',
  '?',
  '*',
  'a = ${a}',
  'a = ${b}\nb = ${a}',
]

function parse(text: string): unknown {
  const half = text.length >> 1
  const parts = text.length % 5 === 0 ? [text.slice(0, half), text.slice(half)] : [text]
  return parseHocon(
    parts.map((part, index) => ({ path: `${index}.conf`, text: part })),
    (path) =>
      path.startsWith('inc') ? { path: 'inc.conf', text: 'x = 1\ny = ${x}\ninclude "inc"' } : undefined,
    text.length % 3 === 0 ? { environment: new Map() } : {},
  )
}

test('changed and made-up HOCON is read without throwing or hanging, twice alike', () => {
  expect(fuzzParser({ seeds: SEEDS, pieces: PIECES, parse })).toEqual([])
})

const chain = (step: (index: number) => string, count: number): string =>
  Array.from({ length: count }, (_, index) => step(index)).join('\n')

test.each([
  ['fields', 'a.b.c = 1\n'.repeat(100_000)],
  ['keys', chain((index) => `k${index} = 1`, 60_000)],
  ['appends', 'a += 1\n'.repeat(20_000)],
  ['references to themselves', `a = x\n${'a = ${a}y\n'.repeat(20_000)}`],
  ['references in a circle', `a = \${b}\${b}\n${'b = ${a}${a}\n'.repeat(5_000)}`],
  ['doubling texts', `a0 = x\n${chain((index) => `a${index + 1} = \${a${index}}\${a${index}}`, 90)}`],
  [
    'doubling objects',
    `a0 { x = 1 }\n${chain((index) => `a${index + 1} { x = \${a${index}}, y = \${a${index}} }`, 90)}`,
  ],
  [
    'mutual references',
    chain((index) => `a${index} = [${chain((other) => `\${?a${other}}`, 12).replaceAll('\n', ',')}]`, 12),
  ],
  ['merges of references', `o { a = 1 }\n${'p = ${o}\np = ${p} { b = 2 }\n'.repeat(4_000)}`],
  ['braces', '{'.repeat(199_000)],
  ['objects', 'a{'.repeat(99_000)],
  ['brackets', 'a = '.padEnd(199_000, '[')],
  ['quotes', '"'.repeat(199_000)],
  ['open long strings', '"""'.repeat(60_000)],
  ['dollars', 'a = '.padEnd(199_000, '${')],
  ['dots', `${'.'.repeat(199_000)} = 1`],
  ['a long path', `${'a.'.repeat(90_000)}b = 1`],
  ['blanks', `a = x${' '.repeat(190_000)}y`],
  ['includes', 'include "inc"\n'.repeat(14_000)],
  ['nonsense lines', 'nonsense\n'.repeat(20_000)],
  ['colons', `a = ${':'.repeat(190_000)}`],
])('%s in masses stay within a second', (_name, text) => {
  expect(timed(() => parse(text), text)).toBeDefined()
})
