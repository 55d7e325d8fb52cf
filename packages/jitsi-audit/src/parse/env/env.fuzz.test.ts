import { expect, test, vi } from 'vitest'
import { fuzzParser, timed } from '../testing/fuzz.ts'
import { shellBool, templateBool } from './booleans.ts'
import { readComposeProject } from './read-compose.ts'
import { readDotenv } from './read-dotenv.ts'

vi.setConfig({ testTimeout: 600_000 })

const ENV = '# c\nexport A="x ${B:-y} \\n" # n\nB=\'$A\'\nC=\nD=${A}-$B$$\nE: 1\n{{ x }}=2\n'
const ENV_PIECES = [
  '=',
  ':',
  '"',
  "'",
  '\n',
  '\r\n',
  '#',
  ' ',
  '\\',
  '$',
  '${',
  '}',
  '${A:-',
  ':+',
  'export ',
  'A',
  'B=',
  '{{',
  '}}',
  '{% if a %}',
  '\u{E000}',
  '__A__',
]

const COMPOSE = `x-base: &base
  image: \${REPO:-r}/web:\${TAG:?no}
  environment: &env { A: 1, B: "\${X}" }
services:
  web:
    <<: *base
    extends: { service: db }
    env_file: [a.env]
    environment:
      - A=1
      - P
      - B=\${Y:-\${Z}}
  db:
    ports: !override ["1:1"]
    {{ extra }}
`
/** A second file, laid over whatever the first one is. */
const OVERRIDE = 'services: { web: { environment: [A=2], ports: !reset [] } }'
const COMPOSE_PIECES = [
  'services:',
  '\n',
  '\n  ',
  '- ',
  ': ',
  '*base',
  '&base ',
  '<<: ',
  '{',
  '}',
  '[',
  ']',
  ',',
  '"',
  "'",
  '|\n',
  '>\n',
  '!reset ',
  '!!map ',
  '${',
  '$$',
  '?',
  '---\n',
  '...\n',
  '%YAML 1.2\n',
  '#',
  'extends: web\n',
  'include: [c.yml]\n',
  'env_file: a.env\n',
  'environment:',
  '{{ x }}',
  '{% if %}',
  '\t',
  '\u{E000}',
  'null',
  '1e400',
  '0x1',
]

function dotenv(text: string): unknown {
  return readDotenv({ path: '.env', text })
}

function compose(text: string): unknown {
  const file = { path: 'c.yml', text }
  const env = readDotenv({ path: '.env', text: ENV })
  const project = readComposeProject([file, { path: 'd.yml', text: OVERRIDE }], env, (path) =>
    path === 'c.yml' ? file : path === 'a.env' ? { path, text } : undefined,
  )
  return [
    project.problems,
    project.variables,
    project.services.map(({ name, environment }) => [name, environment]),
  ]
}

test('changed and made-up .env files are read without throwing or hanging, twice alike', () => {
  expect(fuzzParser({ seeds: [ENV], pieces: ENV_PIECES, parse: dotenv })).toEqual([])
})

test('changed and made-up compose files are read without throwing or hanging, twice alike', () => {
  expect(fuzzParser({ seeds: [COMPOSE], pieces: COMPOSE_PIECES, parse: compose })).toEqual([])
})

test('any text is either true or false', () => {
  expect(
    fuzzParser({
      seeds: ['1', '"true"', '0x01', '-08'],
      pieces: ['1', '0', 'x', '"', '-', '+', ' '],
      parse: (text) => [templateBool(text), shellBool(text)],
    }),
  ).toEqual([])
})

test.each([
  ['lines', 'A=1\n'.repeat(120_000)],
  ['open quotes', 'A="\n'.repeat(120_000)],
  ['escapes', `A="${'\\'.repeat(400_000)}`],
  [
    'growing values',
    Array.from({ length: 20_000 }, (_, index) => `A${index + 1}=\${A${index}}\${A${index}}x\n`).join(''),
  ],
  ['nested defaults', `A=${'${X:-'.repeat(80_000)}`],
  ['dollars', `A=${'$'.repeat(400_000)}`],
  ['underscores', `A=${'__a_'.repeat(100_000)}`],
  ['no assignments', 'x y\n'.repeat(120_000)],
])('.env: %s in masses stay within a second', (_name, text) => {
  const cut = text.slice(0, 199_000)
  expect(timed(() => dotenv(cut), cut)).toBeDefined()
})

test.each([
  [
    'aliases',
    `a: &a [x,x]\n${Array.from({ length: 25 }, (_, index) => `b${index}: &b${index} [${'*a,'.repeat(9)}*a]\n`).join('')}services: *b1\n`,
  ],
  [
    'an alias bomb',
    `a0: &a0 [x]\n${Array.from({ length: 30 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index},*a${index},*a${index}]\n`).join('')}services: { web: *a30 }\n`,
  ],
  [
    'a bomb of environments',
    `a0: &a0 {k: v}\n${Array.from({ length: 3_000 }, (_, index) => `a${index + 1}: &a${index + 1} { <<: *a${index}, k${index}: v }\n`).join('')}services: { web: { environment: *a3000 } }\n`,
  ],
  ['brackets', '['.repeat(300_000)],
  ['maps', '{a: '.repeat(90_000)],
  ['dashes', '- '.repeat(190_000)],
  ['deep blocks', Array.from({ length: 800 }, (_, index) => `${' '.repeat(index)}a:\n`).join('')],
  ['keys', `services:\n${Array.from({ length: 25_000 }, (_, index) => `  s${index}: {}\n`).join('')}`],
  ['equal keys', `services:\n${'  s: {}\n'.repeat(45_000)}`],
  [
    'services with environments',
    `services:\n${Array.from({ length: 3_000 }, (_, index) => `  s${index}:\n    environment: [A, B, C]\n    env_file: a.env\n`).join('')}`,
  ],
  [
    'circles',
    `services:\n${Array.from({ length: 5_000 }, (_, index) => `  s${index}: { extends: s${(index + 1) % 5_000} }\n`).join('')}`,
  ],
  ['open quotes', `services: "${'\n'.repeat(300_000)}`],
  ['block texts', `services: |\n${'  x\n'.repeat(90_000)}`],
  ['comments', '#\n'.repeat(190_000)],
  ['documents', '---\n'.repeat(90_000)],
  ['anchors', '&a '.repeat(120_000)],
  ['question marks', '? '.repeat(190_000)],
  ['colons', ': '.repeat(190_000)],
  ['percent signs', '%A\n'.repeat(120_000)],
  ['one long line', `a: ${'b c '.repeat(95_000)}`],
])('compose: %s in masses stay within a second', (_name, whole) => {
  // Just below the limits of a file and of a line.
  const text = whole.slice(0, 99_000).replaceAll(/[^\n]{19000}/g, (line) => `${line}\n`)
  expect(timed(() => compose(text), text)).toBeDefined()
})

test('YAML beyond the limits is not read', () => {
  const refused = (text: string): unknown =>
    readComposeProject(
      [{ path: 'c.yml', text }],
      readDotenv({ path: '.env', text: '' }),
      () => undefined,
    ).problems.map(({ code }) => code)
  expect([refused(' '.repeat(100_001)), refused('a'.repeat(20_001)), refused('---\n'.repeat(101))]).toEqual([
    ['too-large'],
    ['too-large'],
    ['too-large'],
  ])
})
