import { expect, test, vi } from 'vitest'
import { fuzzParser, timed } from '../testing/fuzz.ts'
import { readDockerDaemon } from './container-logging.ts'
import { journalRetentionDays, readJournald, timeSpanSeconds } from './read-journald.ts'
import { readRotation } from './read-logrotate.ts'
import { retentionOf, stanzaFor } from './retention.ts'

vi.setConfig({ testTimeout: 600_000 })

const ROTATE =
  'weekly\nrotate 4\ninclude logrotate.d\n"/var/log/a b.log" /var/log/*.log {\n  hourly\n  size=100M\n  maxage 7 # x\n  postrotate\n    x }\n  endscript\n}\n/b { daily\nrotate {{ x }} }\n'
const ROTATE_PIECES = [
  '{',
  '}',
  '\n',
  ' ',
  '"',
  "'",
  '/',
  '*',
  '/var/log/x',
  'daily',
  'size ',
  'rotate ',
  '-1',
  '7',
  'postrotate\n',
  'endscript\n',
  'include logrotate.d\n',
  '#',
  '=',
  'no',
  'maxage',
  '{{',
  '}}',
  '{% if %}',
  '\u{E000}',
]

const JOURNAL = '[Journal]\n#c\nStorage=auto\nMaxRetentionSec=1month 2d\nSystemMaxUse=50M\n'
const JOURNAL_PIECES = [
  '[',
  ']',
  '[Journal]',
  '=',
  '\n',
  '#',
  ';',
  'MaxRetentionSec=',
  '7day',
  ' ',
  '1.5',
  'h',
  '{{ x }}',
  '\\',
  'infinity',
]

function rotate(text: string): unknown {
  const rotation = readRotation([
    { path: 'logrotate.conf', text },
    { path: 'logrotate.d/x', text: text.slice(text.length / 2) },
  ])
  const covered = stanzaFor(rotation.stanzas.slice(0, 200), '/var/log/nginx/access.log')
  return [rotation, rotation.stanzas.map((one) => retentionOf(one)), covered]
}

function journal(text: string): unknown {
  const settings = readJournald([{ path: 'journald.conf', text }])
  return [settings, journalRetentionDays(settings), timeSpanSeconds(text)]
}

test('changed and made-up logrotate files are read without throwing or hanging, twice alike', () => {
  expect(fuzzParser({ seeds: [ROTATE], pieces: ROTATE_PIECES, parse: rotate })).toEqual([])
})

test('changed and made-up journald files are read without throwing or hanging, twice alike', () => {
  expect(fuzzParser({ seeds: [JOURNAL], pieces: JOURNAL_PIECES, parse: journal })).toEqual([])
})

test('changed and made-up daemon.json is read without throwing or hanging, twice alike', () => {
  expect(
    fuzzParser({
      seeds: ['{ "log-driver": "json-file", "log-opts": { "max-size": "1m", "max-file": 3 } }'],
      pieces: [
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '\\u0041',
        '\n',
        'null',
        '1e9',
        '"log-opts"',
        '&a',
        '*a',
        '#',
      ],
      parse: (text) => readDockerDaemon({ path: 'daemon.json', text }),
    }),
  ).toEqual([])
})

test.each([
  ['stanzas', '/a {\ndaily\n}\n'.repeat(14_000)],
  [
    'global directives and stanzas',
    `${Array.from({ length: 6_000 }, (_, index) => `d${index} 1\n`).join('')}${'/a {\n}\n'.repeat(15_000)}`,
  ],
  ['open brackets', '{'.repeat(190_000)],
  ['bracket lines', '/a {\n'.repeat(38_000)],
  ['brackets on a line', '/a { '.repeat(38_000)],
  ['closing brackets', ' }'.repeat(95_000)],
  ['patterns', '/a '.repeat(60_000)],
  ['pattern lines', '/a\n'.repeat(60_000)],
  ['quotes', '"'.repeat(190_000)],
  ['stars', `/${'*a'.repeat(90_000)} {\n}`],
  ['includes', 'include logrotate.d\n'.repeat(9_000)],
])('logrotate: %s in masses stay within a second', (_name, text) => {
  expect(timed(() => rotate(text), text)).toBeDefined()
})

test.each([
  ['digits', '1'.repeat(90_000)],
  ['spans', '1d '.repeat(30_000)],
  ['blanks', ' '.repeat(90_000)],
  ['settings', `[Journal]\n${'A=1\n'.repeat(22_000)}`],
  ['sections', '['.repeat(90_000)],
])('journald: %s in masses stay within a second', (_name, text) => {
  expect(timed(() => journal(text), text)).toBeDefined()
})
