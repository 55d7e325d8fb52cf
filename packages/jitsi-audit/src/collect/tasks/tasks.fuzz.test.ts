import { expect, test, vi } from 'vitest'
import { fuzzParser } from '../../parse/testing/fuzz.ts'
import { withBuiltImages } from '../../model/dockerfiles.ts'
import { editedFiles } from './edited-files.ts'
import { mayEdit } from './find-edits.ts'

vi.setConfig({ testTimeout: 900_000 })

const TASKS = [
  `- name: a
  lineinfile:
    path: /etc/jitsi/meet/{{ host }}-config.js
    regexp: '^ *disableThirdPartyRequests'
    line: "    disableThirdPartyRequests: {{ item }},"
  with_items: [true, "{{ b }}"]
  when: c is defined and not d
- block:
    - ansible.builtin.blockinfile: { dest: /etc/prosody/prosody.cfg.lua, block: "component_interface = '0.0.0.0'\\n" }
    - ini_file: path=/etc/systemd/journald.conf section=Journal option=MaxRetentionSec value="7day"
    - replace: { path: /etc/prosody/conf.avail/x.cfg.lua, regexp: 'authentication = "anonymous"', replace: 'authentication = "token"' }
`,
  `/etc/turnserver.conf:
  file.append:
    - text: |
        verbose
        no-auth
prosody:
  file.keyvalue: [ { name: /etc/jitsi/.env }, { key_values: { ENABLE_AUTH: '1' } } ]
`,
]

const PIECES = [
  '- ',
  '\n  ',
  ': ',
  'lineinfile:',
  'blockinfile:',
  'path: /etc/nginx/x',
  'line: ',
  'block: |\n      ',
  'when: ',
  'loop: ',
  '{{ item }}',
  '{% if a %}',
  '{% endif %}',
  'config.p2p = {',
  '}',
  'VirtualHost "x"',
  '&a ',
  '*a',
  '\\1',
  '"',
  "'",
  '[',
  ']',
  '\t',
]

test('tasks and states that change files are read without throwing or hanging, twice alike', () => {
  const parse = (text: string): unknown => {
    const file = { path: text.length % 3 === 0 ? 'x/init.sls' : 'roles/x/tasks/main.yml', text }
    const { written, problems } = editedFiles(file, (name) => (name === 'b' ? undefined : undefined))
    for (const { file: made, map } of written) {
      const end = made.text.split('\n').length
      map.place({ kind: 'file', file: made.path, line: end, column: 1, endLine: end, endColumn: 9 })
    }
    return [mayEdit(file), written.map(({ file: made }) => made), problems]
  }
  expect(fuzzParser({ seeds: TASKS, pieces: PIECES, parse })).toEqual([])
})

const DOCKERFILE =
  'ARG V=stable\nFROM --platform=x jitsi/web:${V} AS a\nCOPY --chown=a x /defaults/x\nRUN sed -i "s/a/b/" \\\n  y\nFROM a\nADD custom-config.js /defaults/\n'
const DOCKER_PIECES = [
  'FROM ',
  'ARG ',
  ' AS ',
  'COPY ',
  'ADD ',
  '${',
  '}',
  ':-',
  '\\\n',
  '--x ',
  '\n',
  ' ',
  'jitsi/web',
  '=',
]

test('Dockerfiles are read without throwing or hanging, twice alike', () => {
  const origin = {
    kind: 'file',
    file: 'docker-compose.yml',
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
  } as const
  const node = {
    kind: 'map',
    origin,
    entries: new Map([['build', { kind: 'text', value: '.', origin } as const]]),
  } as const
  const empty = {
    completeness: 'complete',
    root: { kind: 'map', entries: new Map(), origin },
    assignments: [],
    problems: [],
    files: [],
  } as const
  const parse = (text: string): unknown => {
    const built = withBuiltImages(
      [{ name: 'web', origin, node, environment: empty }],
      [{ path: 'Dockerfile', text }],
    )
    return [
      ...built.services.map((one) => (one.node.kind === 'map' ? [...one.node.entries.keys()] : [])),
      ...built.idle,
    ]
  }
  expect(fuzzParser({ seeds: [DOCKERFILE], pieces: DOCKER_PIECES, parse })).toEqual([])
})
