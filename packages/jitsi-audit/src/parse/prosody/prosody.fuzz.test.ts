import { expect, test, vi } from 'vitest'
import type { ProsodyConfig } from '../../core/installation.ts'
import { fuzzParser, timed } from '../testing/fuzz.ts'
import { readProsody } from './read-prosody.ts'

vi.setConfig({ testTimeout: 600_000 })

const SEED = `admins = { "focus@auth.example.org", "{{ jvb }}@auth.example.org" }
local domain = "example" .. ".org"
modules_enabled = { "roster"; "tls"; -- comment
  {{ if .Env.LOBBY }}"muc_lobby_rooms";{{ end }} }
log = { info = "/var/log/prosody.log"; { levels = { "error" }; to = "syslog" } }
if os.getenv("A") == "1" then authentication = "token" else authentication = "anonymous" end
VirtualHost "meet.example.org"
  ssl = { key = "/k", certificate = [[/c]] }
  c2s_require_encryption = false
Component ("conference." .. domain) "muc" { storage = "memory" }
Include "conf.d/*.cfg.lua"
`
const PIECES = [
  '{',
  '}',
  '{{',
  '}}',
  '{%',
  '%}',
  '(',
  ')',
  '"',
  "'",
  '[[',
  ']]',
  '=',
  '==',
  '..',
  ',',
  ';',
  '\n',
  '--',
  '--[[',
  '\\',
  '#',
  ' = ',
  'x',
  'local ',
  'if ',
  ' then ',
  'else ',
  'end ',
  'for i=1,2 do ',
  'VirtualHost "a"',
  'Component "b" "muc"',
  'Include "x"',
  'os.getenv("A")',
  'a or b',
  'not ',
  'function() ',
  'return ',
  '{{ if x }}',
  '{{ end }}',
  '__a__',
  '${b}',
  '-',
  '+',
  '1e9',
  '0x',
  'modules_enabled = ',
  '{ "tls" }',
  'nil',
  '\u{E000}',
  'x = x .. x\n',
  'x = x + x\n',
]

function parse(text: string): ProsodyConfig {
  const file = { path: 'prosody.cfg.lua', text }
  const other = { path: 'conf.d/x.cfg.lua', text: text.slice(text.length / 2) }
  return readProsody([file, other], (pattern) =>
    pattern.includes('conf.d') ? [other] : pattern === 'x' ? [file] : [],
  )
}

test('changed and made-up Lua is read without throwing or hanging, twice alike', () => {
  expect(fuzzParser({ seeds: [SEED], pieces: PIECES, parse })).toEqual([])
})

test.each([
  ['brackets', '{'.repeat(300_000)],
  ['parentheses', `x = ${'('.repeat(200_000)}`],
  ['operators', `x = ${'not '.repeat(90_000)}1`],
  ['sums', `x = 1${' + 1'.repeat(90_000)}`],
  ['joined texts', `x = "a"${' .. "a"'.repeat(50_000)}`],
  ['tags', '{{ '.repeat(130_000)],
  ['closed tags', '{{ x }}'.repeat(55_000)],
  ['conditions', '{{ if }}'.repeat(48_000)],
  ['entries', `x = {${'1,'.repeat(190_000)}}`],
  ['hosts', Array.from({ length: 12_000 }, (_, index) => `VirtualHost "h${index}" a = 1\n`).join('')],
  [
    'options and hosts',
    `${'a = 1\n'.repeat(20_000)}${Array.from({ length: 5_000 }, (_, index) => `VirtualHost "h${index}"\n`).join('')}`,
  ],
  ['doubling', `x = "ab"\n${'x = x .. x\n'.repeat(5_000)}y = { 1 }\n${'y = y + y\n'.repeat(5_000)}`],
  ['nested branches', `${'if x then '.repeat(30_000)}${'end '.repeat(30_000)}`],
  ['broken lines', 'x = = 1\n'.repeat(40_000)],
  ['includes of itself', 'Include "x"\n'.repeat(30_000)],
  ['empty lines', `x = {\n${'\n'.repeat(90_000)}`],
  ['dashes', '--[['.repeat(90_000)],
  ['long brackets', 'x = [==[ '.repeat(40_000)],
  ['functions', 'f('.repeat(90_000)],
])('%s in masses stay within a second', (_name, text) => {
  const cut = text.slice(0, 199_000)
  expect(timed(() => parse(cut), cut)).toBeDefined()
})

test('a file beyond the limit is not read', () => {
  const { problems, completeness } = readProsody(
    [{ path: 'prosody.cfg.lua', text: ' '.repeat(200_001) }],
    () => [],
  )
  expect([problems.map(({ code }) => code), completeness]).toEqual([['too-large'], 'fragment'])
})
