import { expect, test } from 'vitest'
import type { ComposeService } from '../../core/installation.ts'
import { type Settings, lookup } from '../../core/settings.ts'
import { fileSet, losses, place, plain, values } from '../testing/plain.ts'
import { interpolate } from './interpolate.ts'
import { type ComposeProject, readCompose, readComposeProject } from './read-compose.ts'
import { readDotenv } from './read-dotenv.ts'

/** All `*.yml` of the set as compose files in order; `.env` for the variables; the rest can be asked for by path. */
function read(texts: Record<string, string>): ComposeProject {
  const set = fileSet(texts)
  return readComposeProject(
    set.files.filter(({ path }) => /^[a-z]\.yml$/.test(path)),
    environment(texts['.env']),
    set.one,
  )
}

function environment(text: string | undefined): Settings {
  if (text !== undefined) return readDotenv({ path: '.env', text })
  return { ...readDotenv({ path: '.env', text: '' }), completeness: 'absent' }
}

function service(project: ComposeProject, name = 'web'): ComposeService {
  const found = project.services.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no ${name}`)
  return found
}

function field(one: ComposeService, key: string): unknown {
  return one.node.kind === 'map' ? plain(one.node.entries.get(key)) : undefined
}

const web = (body: string): string => `services:\n  web:\n    ${body.replaceAll('\n', '\n    ')}\n`

test('variables: every form, nested defaults, escaped dollars', () => {
  const known = new Map([
    ['A', 'a'],
    ['EMPTY', ''],
  ])
  const origin = { kind: 'file', file: '.env', line: 1, column: 1, endLine: 1, endColumn: 1 } as const
  const one = (text: string): string =>
    interpolate(text, (name) => {
      const value = known.get(name)
      if (name === 'WHO') return { state: 'unknown' }
      return value === undefined ? { state: 'unset' } : { state: 'set', text: value, origin }
    })
      .parts.map((part) => part ?? '…')
      .join('')
  const table: readonly (readonly [string, string])[] = [
    ['$A.${A}', 'a.a'],
    ['${X}', ''],
    ['${X-d}${EMPTY-d}${EMPTY:-d}${A:-d}', 'dda'],
    ['${X:-${Y:-${A}}-z}', 'a-z'],
    ['${A:+set}${EMPTY:+no}${EMPTY+yes}${X+no}', 'setyes'],
    ['${A:?e}${X:?must be set}', 'a…'],
    ['${WHO}-${WHO:-d}-${WHO:+s}', '…-d-…'],
    ['$$A $ $1 ${ ${1} 5$', '$A $ $1 ${ ${1} 5$'],
    ['${X:-a:b-c}', 'a:b-c'],
    ['${X:-open', 'open'],
  ]
  for (const [text, expected] of table) expect([text, one(text)]).toEqual([text, expected])
})

test('environment as map and as list, with values as they are written', () => {
  const map = service(
    read({ '.env': 'P=p', 'a.yml': web('environment:\n  A: 1\n  B: true\n  C: "x"\n  D: ""\n  P:\n  Q:') }),
  )
  expect(values(map.environment)).toEqual({ A: '1', B: 'true', C: 'x', D: '', P: 'p' })
  const list = service(
    read({
      '.env': 'P=p',
      'a.yml': web('environment:\n  - A=1\n  - B=x=y\n  - D=\n  - P\n  - Q\n  - E="0"'),
    }),
  )
  expect(values(list.environment)).toEqual({ A: '1', B: 'x=y', D: '', P: 'p', E: '"0"' })
  expect(list.environment.completeness).toBe('complete')
  expect(lookup(list.environment, 'Q').state).toBe('unset')
})

test('a value from .env stands there, a default stands in the compose file', () => {
  const one = service(
    read({ '.env': 'X=1\nP=2', 'a.yml': web('environment:\n  - P\n  - A=${X}\n  - B=${Y:-d}') }),
  )
  expect(place(one.environment.root.entries.get('P'))).toBe('.env:2')
  expect(place(one.environment.root.entries.get('B'))).toBe('template-default a.yml:6')
  const image = service(read({ '.env': 'TAG=stable-1', 'a.yml': web('image: ${TAG}') })).node
  expect(image.kind === 'map' && place(image.entries.get('image'))).toBe('.env:1')
})

test('without .env a passed name is unknown, a default is taken', () => {
  const one = service(read({ 'a.yml': web('environment:\n  - P\n  - A=${X}\n  - B=${Y:-d}\n  - ${Z}') }))
  expect(values(one.environment)).toEqual({ P: '?placeholder', A: '?placeholder(…)', B: 'd' })
  expect(one.environment.completeness).toBe('fragment')
})

test('env_file: below environment, several, optional ones, missing ones', () => {
  const one = service(
    read({
      '.env': 'OUT=o',
      'a.env': 'A=file\nB=${OUT}',
      'b.env': 'B=later',
      'a.yml': web(
        'env_file:\n  - a.env\n  - path: ./b.env\n  - path: none.env\n    required: false\nenvironment:\n  A: own',
      ),
    }),
  )
  expect(values(one.environment)).toEqual({ A: 'own', B: 'later' })
  expect(losses(one.environment)).toEqual(['A:1 stronger-source', 'B:2 reassigned'])
  expect([one.environment.completeness, one.environment.files]).toEqual([
    'complete',
    ['a.yml', 'a.env', 'b.env'],
  ])
  const missing = read({ 'a.yml': web('env_file: gone.env') })
  expect([service(missing).environment.completeness, missing.problems[0]?.code]).toEqual([
    'fragment',
    'include-missing',
  ])
})

test('several files: maps merge, lists join, commands replace, the last value wins', () => {
  const one = service(
    read({
      '.env': '',
      'a.yml': web(
        'image: a\ncommand: [x]\nports: ["1:1", "2:2"]\nvolumes: ["./a:/c", "./b:/d"]\nenvironment:\n  A: 1\n  B: 1\nlogging:\n  driver: json-file',
      ),
      'b.yml': web(
        'image: b\ncommand: [y]\nports: ["2:2", "3:3"]\nvolumes: ["./z:/c"]\nenvironment:\n  - B=2\nlogging:\n  options:\n    max-size: 1m',
      ),
    }),
  )
  expect(
    ['image', 'command', 'ports', 'volumes', 'logging', 'environment'].map((key) => field(one, key)),
  ).toEqual([
    'b',
    ['y'],
    ['1:1', '2:2', '3:3'],
    ['./b:/d', './z:/c'],
    { driver: 'json-file', options: { 'max-size': '1m' } },
    { A: 1, B: '2' },
  ])
  expect(one.environment.root.entries.get('B')?.origin.file).toBe('b.yml')
})

test('reset and override in a later file', () => {
  const one = service(
    read({
      '.env': '',
      'a.yml': web('ports: ["1:1"]\nexpose: ["1"]\nimage: a'),
      'b.yml': web('ports: !reset []\nexpose: !override ["2"]'),
    }),
  )
  expect([field(one, 'ports'), field(one, 'expose'), field(one, 'image')]).toEqual([undefined, ['2'], 'a'])
})

test('extends: within the file, from another one, in a chain, missing and in a circle', () => {
  const project = read({
    '.env': '',
    'a.yml':
      'services:\n  base:\n    image: i\n    environment: { A: 1 }\n  web:\n    extends: base\n    environment: { B: 2 }\n  far:\n    extends: { file: other.yaml, service: x }\n',
    'other.yaml':
      'services:\n  x:\n    extends: { service: y }\n    image: x\n  y:\n    environment: [C=3]\n',
  })
  expect(values(service(project).environment)).toEqual({ A: '1', B: '2' })
  expect(field(service(project), 'image')).toBe('i')
  expect(values(service(project, 'far').environment)).toEqual({ C: '3' })
  expect(project.files).toEqual(['a.yml', 'other.yaml'])
  const circle = read({
    'a.yml': 'services:\n  a: { extends: b }\n  b: { extends: a }\n  c: { extends: gone }\n',
  })
  expect(circle.services.map((one) => one.environment.completeness)).toEqual([
    'fragment',
    'fragment',
    'fragment',
  ])
  expect(service(project, 'far').environment.completeness).toBe('complete')
  expect(new Set(circle.problems.map(({ code }) => code))).toEqual(
    new Set(['include-cycle', 'include-missing']),
  )
})

test('include on top brings the services of other files', () => {
  const project = read({
    '.env': '',
    'a.yml': 'include:\n  - other.yaml\n  - path: [more.yaml]\nservices: {}\n',
    'other.yaml': web('image: o'),
    'more.yaml': 'services: { b: { image: m } }',
  })
  expect(project.services.map(({ name, origin }) => [name, origin.file])).toEqual([
    ['web', 'other.yaml'],
    ['b', 'more.yaml'],
  ])
})

test('anchors, merge keys and fields of ones own', () => {
  const one = service(
    read({
      '.env': '',
      'a.yml':
        'x-log: &log\n  logging: &l { driver: none }\n  image: base\nservices:\n  web:\n    <<: *log\n    image: own\n  db:\n    logging: *l\n',
    }),
  )
  expect([field(one, 'image'), field(one, 'logging')]).toEqual(['own', { driver: 'none' }])
})

test('services on top, as in the first format of compose', () => {
  expect(read({ 'a.yml': 'web:\n  image: a\nnote: x\n' }).services.map(({ name }) => name)).toEqual(['web'])
})

test('variables that the files ask for are known by name', () => {
  const project = read({ '.env': '', 'a.yml': web('image: a:${TAG:-${OLD}}\nports: ["${PORT}:80"]') })
  expect([...project.variables.keys()].sort()).toEqual(['OLD', 'PORT', 'TAG'])
})

test('gaps of templates are unknown, conditions leave it open, broken YAML is told', () => {
  const one = service(
    read({
      '.env': '',
      'a.yml': web(
        'image: {{ repo }}:{{ tag }}\nenvironment:\n  A: "{{ a }}"\n{% if b %}\n  B: 1\n{% endif %}\n  C: 2',
      ),
    }),
  )
  expect(field(one, 'image')).toBe('?placeholder(…:…)')
  expect(values(one.environment)).toMatchObject({ A: '?placeholder(…)', C: '2' })
  const broken = read({ 'a.yml': 'services:\n  web:\n    image: "a\n  - x: [' })
  expect(broken.problems.map(({ code }) => code)).toContain('syntax')
  expect(service(broken).environment.completeness).toBe('fragment')
  const open = service(read({ '.env': '', 'a.yml': web('environment:\n  {{ name }}: 1\n  A: 2') }))
  expect([values(open.environment), open.environment.completeness]).toEqual([{ A: '2' }, 'fragment'])
})

test('what is no map of services is no service', () => {
  expect(readCompose([{ path: 'a.yml', text: '[1, 2]' }], environment(''), () => undefined)).toEqual([])
  expect(readCompose([{ path: 'a.yml', text: '' }], environment(''), () => undefined)).toEqual([])
  const odd = read({ 'a.yml': 'services:\n  web: 5\n  b: null\n' })
  expect(odd.services.map(({ environment: one }) => values(one))).toEqual([{}, {}])
})
