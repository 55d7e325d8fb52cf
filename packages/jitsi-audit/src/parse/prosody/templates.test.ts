import { expect, test } from 'vitest'
import type { ProsodyConfig, ProsodyHost } from '../../core/installation.ts'
import { plain } from '../testing/plain.ts'
import { readProsody } from './read-prosody.ts'

function read(text: string): ProsodyConfig {
  return readProsody([{ path: 'prosody.cfg.lua', text }], () => [])
}

function host(config: ProsodyConfig, name: string): ProsodyHost {
  const found = config.hosts.find((one) => plain(one.name) === name)
  if (found === undefined) throw new Error(`no host ${name}`)
  return found
}

function option(config: ProsodyConfig, name: string, key: string): unknown {
  return plain(host(config, name).settings.root.entries.get(key))
}

/** Modules without those that prosody loads by itself. */
function modules(config: ProsodyConfig, name: string): unknown {
  const node = host(config, name).settings.root.entries.get('modules_enabled')
  return node?.kind === 'list'
    ? node.items.filter(({ origin }) => origin.kind === 'file').map((one) => plain(one))
    : node
}

test('placeholders of packages and templates leave a value unknown', () => {
  const config = read(
    'external_service_secret = "__turnSecret__"\nadmins = { "focus@auth.{{ domain }}", {{ other }} }\nallow_empty_token = {{ jwt_empty | default(false) }};\nVirtualHost "{{ domain }}"\nport = {{ p }}\n',
  )
  expect(option(config, '*', 'external_service_secret')).toBe('?placeholder(…)')
  expect(option(config, '*', 'admins')).toEqual(['?placeholder(focus@auth.…)', '?placeholder(…)'])
  expect(option(config, '*', 'allow_empty_token')).toBe('?placeholder(…)')
  expect(config.hosts[1]?.settings.root.entries.get('port')?.kind).toBe('unknown')
  expect(config.problems).toEqual([])
})

test('template gaps as keys, in the place of whole values, and as names of hosts', () => {
  const config = read(
    'log = {\n {{ level }} = "/var/log/p.log";\n error = "/e";\n}\nempty = {% if x -%}true{% else -%}false{% endif %} -- note\nreg = {{ "true" if y else "false" }}\nVirtualHost "{{ domain }}"\na = 1\nComponent "{{ muc }}" "muc"\nVirtualHost "{{domain}}"\nb = 1\n',
  )
  expect(config.problems).toEqual([])
  expect(option(config, '*', 'log')).toEqual({ error: '/e' })
  const log = host(config, '*').settings.root.entries.get('log')
  expect(log?.kind === 'map' && plain(log.rest)).toBe('?placeholder')
  expect([option(config, '*', 'empty'), option(config, '*', 'reg')]).toEqual([
    '?placeholder(…)',
    '?placeholder(…)',
  ])
  expect(
    config.hosts.map(({ kind, settings }) => [kind, [...settings.root.entries.keys()].includes('b')]),
  ).toEqual([
    ['global', false],
    ['VirtualHost', true],
    ['Component', false],
  ])
  expect(read('{{ key }} = {{ value }};\nx = 1').problems.map(({ code }) => code)).toEqual(['unsupported'])
})

test('the one-letter placeholder of a rendered template, in and outside of quotes', () => {
  const config = read(
    'a = \u{E000}\nb = { "x"; \u{E000}; \u{E000} = 1 }\nVirtualHost "\u{E000}"\nVirtualHost "\u{E000}"\nComponent \u{E000} "muc"\n',
  )
  expect([option(config, '*', 'a'), option(config, '*', 'b')]).toEqual([
    '?placeholder',
    { 1: 'x', 2: '?placeholder' },
  ])
  expect(config.hosts.map(({ kind }) => kind)).toEqual(['global', 'VirtualHost', 'VirtualHost'])
  expect(config.problems.map(({ code, origin }) => [code, origin.line])).toEqual([['syntax', 5]])
  const open = read('\u{E000}\n\u{E000} = 1\nx = 1\n')
  expect([option(open, '*', 'x'), open.problems.map(({ code }) => code), open.completeness]).toEqual([
    1,
    ['unsupported', 'unsupported'],
    'fragment',
  ])
})

test('a table within a table is no template', () => {
  const config = read(
    'external_services = {{ type = "stun", host = "a.example" }, { type = "turn" }}\nx = {{ "a", "b" }}',
  )
  expect(option(config, '*', 'external_services')).toEqual([
    { type: 'stun', host: 'a.example' },
    { type: 'turn' },
  ])
  expect(option(config, '*', 'x')).toEqual([['a', 'b']])
  expect(config.problems).toEqual([])
})

test('what stands under a condition of the template is open, statements it inserts make a fragment', () => {
  const config = read(
    '{% if jwt %}\nauthentication = "token"\n{% endif %}\nmodules_enabled = { "a";\n{{ if .lobby }}"muc_lobby_rooms";{{ end }}\n}\n-- {{ comment }}\n{{ extra_config }}\nx = 1',
  )
  expect(option(config, '*', 'authentication')).toBe('?branch(token)')
  expect(modules(config, '*')).toEqual(['a', '?branch(muc_lobby_rooms)'])
  expect(option(config, '*', 'x')).toBe(1)
  expect([config.completeness, config.problems.map(({ code }) => code)]).toEqual([
    'fragment',
    ['unsupported'],
  ])
})

test('an open value names what it may be', () => {
  const config = read(
    'authentication = "internal"\nVirtualHost "a"\n{% if x %}\nauthentication = "token"\n{% else %}\nauthentication = "anonymous"\n{% endif %}\n{% if y %}\nlist = { "z" }\n{% endif %}',
  )
  const candidates = (key: string): unknown => {
    const node = host(config, 'a').settings.root.entries.get(key)
    return node?.kind === 'unknown' ? node.candidates?.map((one) => plain(one)) : undefined
  }
  expect(candidates('authentication')).toEqual(['anonymous', 'token', 'internal'])
  expect(candidates('list')).toEqual([['z'], null])
})

test('a module that may be switched off is uncertain', () => {
  const config = read(
    'modules_enabled = { "tls"; "roster" }\nmodules_disabled = {\n{% if x %}"roster";{% endif %}\n}',
  )
  expect(modules(config, '*')).toEqual(['tls', '?branch(roster)'])
})
