import { expect, test } from 'vitest'
import type { ProsodyConfig, ProsodyHost } from '../../core/installation.ts'
import { lookup } from '../../core/settings.ts'
import { readDotenv } from '../env/read-dotenv.ts'
import { fileSet, losses, place, plain } from '../testing/plain.ts'
import { readProsody } from './read-prosody.ts'

function read(texts: string | Record<string, string>, environment?: string): ProsodyConfig {
  const set = fileSet(typeof texts === 'string' ? { 'prosody.cfg.lua': texts } : texts)
  const env = environment === undefined ? undefined : readDotenv({ path: '.env', text: environment })
  return readProsody(set.files, set.include, env)
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

test('options before the first host are global and hold at every host until it has its own', () => {
  const config = read(
    'authentication = "internal_hashed"\nVirtualHost "a"\nVirtualHost "b"\n  authentication = "anonymous"\n',
  )
  expect(config.completeness).toBe('complete')
  expect(config.hosts.map(({ kind, name }) => [kind, plain(name)])).toEqual([
    ['global', '*'],
    ['VirtualHost', 'a'],
    ['VirtualHost', 'b'],
  ])
  expect(option(config, 'a', 'authentication')).toBe('internal_hashed')
  expect(option(config, 'b', 'authentication')).toBe('anonymous')
  const found = lookup(host(config, 'b').settings, 'authentication')
  expect(found.lost.map(({ origin, lost }) => [origin.line, lost?.reason, lost?.to.line])).toEqual([
    [1, 'stronger-source', 4],
  ])
})

test('the last assignment of a section wins, also when the section is opened a second time', () => {
  const config = read(
    'VirtualHost "Meet.example.org"\nlog = 1\nlog = 2\nComponent "c" "muc"\nVirtualHost "meet.example.org"\nlog = 3\n',
  )
  expect(option(config, 'Meet.example.org', 'log')).toBe(3)
  expect(losses(host(config, 'Meet.example.org').settings)).toEqual(['log:2 reassigned', 'log:3 reassigned'])
})

test('nil takes an option back: the global one holds again', () => {
  const config = read('x = 1\nVirtualHost "a"\nx = 2\nx = nil\n')
  expect(option(config, 'a', 'x')).toBe(1)
})

test('a component has a module, in each way of writing it', () => {
  const config = read(
    'Component "a" "muc"\nComponent("b")\nComponent "c" "internal_muc" { storage = "memory" }\nx = 1\n',
  )
  expect(config.hosts.slice(1).map(({ name, module }) => [plain(name), plain(module)])).toEqual([
    ['a', 'muc'],
    ['b', undefined],
    ['c', 'internal_muc'],
  ])
  expect(option(config, 'c', 'storage')).toBe('memory')
  // The form with options returns to the global section.
  expect(option(config, '*', 'x')).toBe(1)
})

test('the same name as host and component stops prosody', () => {
  expect(read('VirtualHost "a"\nComponent "a" "muc"\n').problems.map(({ code }) => code)).toEqual(['throws'])
})

test('lists by semicolon and by comma, named entries, and both in one table', () => {
  const config = read(
    'a = { "x"; "y", "z" }\nb = { key = "k"; ["c d"] = true }\nlog = { info = "/l"; { levels = { min = "debug" } } }\ne = {}',
  )
  expect(option(config, '*', 'a')).toEqual(['x', 'y', 'z'])
  expect(option(config, '*', 'b')).toEqual({ key: 'k', 'c d': true })
  expect(option(config, '*', 'log')).toEqual({ 1: { levels: { min: 'debug' } }, info: '/l' })
  expect(option(config, '*', 'e')).toEqual([])
})

test('texts: escapes, long brackets, concatenation with locals and numbers', () => {
  const config = read(
    'local d = "example.org"\na = "q\\"\\65\\x42\\u{43}\\z\n   d"\nb = [[x\ny]]\nc = "muc." .. d .. ":" .. 5280\nlocal s = 5 * 60\nt = -s',
  )
  expect(option(config, '*', 'a')).toBe('q"ABCd')
  expect(option(config, '*', 'b')).toBe('x\ny')
  expect(option(config, '*', 'c')).toBe('muc.example.org:5280')
  expect(option(config, '*', 't')).toBe(-300)
  expect(option(config, '*', 'd')).toBeUndefined()
})

test('local tables can be filled and read', () => {
  const config = read(
    'local c = {}\nc.host = "turn.example.org"\nc.port = 443\nx = c\ny = c.host\nz = ({ "a", "b" })[2]',
  )
  expect(option(config, '*', 'x')).toEqual({ host: 'turn.example.org', port: 443 })
  expect(option(config, '*', 'y')).toBe('turn.example.org')
  expect(option(config, '*', 'z')).toBe('b')
})

test('writing into an option stops prosody', () => {
  const config = read('ssl = {}\nssl.key = "/k"\n')
  expect(config.problems.map(({ code, origin }) => [code, origin.line])).toEqual([['throws', 2]])
})

test('variables of the environment: given, absent, unknown, with a default', () => {
  const text = 'a = os.getenv("A")\nb = os.getenv "B" or "fallback"\nc = ENV_A\nd = Lua.os.getenv("B")'
  const known = read(text, 'A=1')
  expect(['a', 'b', 'c', 'd'].map((key) => option(known, '*', key))).toEqual([
    '1',
    'fallback',
    '1',
    undefined,
  ])
  expect(place(host(known, '*').settings.root.entries.get('a'))).toBe('.env:1')
  const unknown = read(text)
  expect(['a', 'b', 'c'].map((key) => option(unknown, '*', key))).toEqual([
    '?placeholder',
    'fallback',
    '?placeholder',
  ])
  expect(place(host(unknown, '*').settings.root.entries.get('b'))).toBe('template-default prosody.cfg.lua:2')
})

test('branches: the taken one counts, the other is noted as dead, an unknown condition leaves it open', () => {
  const text =
    'if os.getenv("A") == "1" then\n  x = "yes"\nelse\n  x = "no"\nend\nif io then y = "perhaps" end\nfor i = 1, 2 do z = "loop" end'
  const config = read(text, 'A=1')
  expect(option(config, '*', 'x')).toBe('yes')
  expect(losses(host(config, '*').settings)).toEqual(['x:4 dead-branch'])
  expect(option(config, '*', 'y')).toBe('?branch(perhaps)')
  expect(option(config, '*', 'z')).toBe('?branch(loop)')
  expect(option(read(text), '*', 'x')).toBe('?branch(no)')
})

test('elseif after a taken branch is dead', () => {
  expect(option(read('if true then x = 1 elseif true then x = 2 else x = 3 end'), '*', 'x')).toBe(1)
})

test('an included file starts in the global section, and the including one goes on where it was', () => {
  const config = read({
    'prosody.cfg.lua': 'VirtualHost "a"\nInclude "conf.d/*.lua"\ny = 2\n',
    'conf.d/b.lua': 'x = 1\nVirtualHost "b"\n',
  })
  expect(option(config, '*', 'x')).toBe(1)
  expect(option(config, 'a', 'y')).toBe(2)
  expect(config.files).toEqual(['prosody.cfg.lua', 'conf.d/b.lua'])
  expect(config.completeness).toBe('complete')
})

test('a missing include, a circle and a script are told, and silence proves nothing then', () => {
  const missing = read('Include "conf.d/*.cfg.lua"')
  expect([missing.completeness, missing.problems[0]?.code]).toEqual(['fragment', 'include-missing'])
  expect(read('Include(os.getenv("X"))').problems[0]?.code).toBe('include-missing')
  expect(read({ 'prosody.cfg.lua': 'Include "prosody.cfg.lua"' }).problems[0]?.code).toBe('include-cycle')
  expect(read('RunScript "x.lua"').completeness).toBe('fragment')
})

test('files that nobody includes run after the main one; those merely available do not', () => {
  const config = read({
    'etc/prosody/conf.avail/x.cfg.lua': 'VirtualHost "off"',
    'etc/prosody/conf.d/m.cfg.lua': 'VirtualHost "on"',
    'etc/prosody/prosody.cfg.lua': 'Include "etc/prosody/conf.d/*.cfg.lua"',
  })
  expect(config.hosts.map(({ name }) => plain(name))).toEqual(['*', 'on'])
  const alone = read({ 'conf.avail/x.cfg.lua': 'VirtualHost "off"' })
  expect(alone.hosts.map(({ name }) => plain(name))).toEqual(['*', 'off'])
  expect(alone.completeness).toBe('fragment')
  expect(readProsody([], () => []).completeness).toBe('absent')
})

test('modules: global ones add up with own ones on a host, a component takes few of them', () => {
  const config = read(
    'modules_enabled = { "roster"; "tls"; "muc_mam" }\nmodules_disabled = { "s2s"; "offline" }\nVirtualHost "a"\nmodules_enabled = { "bosh" }\nmodules_disabled = { "muc_mam" }\nComponent "m" "muc"\nmodules_enabled = { "muc_hide_all" }\n',
  )
  expect(modules(config, '*')).toEqual(['roster', 'tls', 'muc_mam'])
  expect(modules(config, 'a')).toEqual(['roster', 'tls', 'bosh'])
  expect(modules(config, 'm')).toEqual(['tls', 'muc_hide_all'])
  const all = option(config, 'a', 'modules_enabled')
  expect(all).toContain('c2s')
  expect(all).not.toContain('s2s')
  expect(place(host(config, 'm').settings.root.entries.get('modules_enabled'))).toBe('prosody.cfg.lua:7')
  // The global list is not lost at a host that has its own.
  expect(losses(host(config, 'a').settings)).toEqual([])
})

test('prosody 13: an option refers to an earlier one', () => {
  const config = read(
    'modules_enabled = { "roster" }\nx = "a"\ny = x\nVirtualHost "a"\nlist = modules_enabled + { "extra" }',
  )
  expect(option(config, '*', 'y')).toBe('a')
  expect(option(config, 'a', 'list')).toEqual(['roster', 'extra'])
})

test('a broken line is named and left out, the rest is read', () => {
  const config = read('a = 1\nb = = 2\nc = 3\nVirtualHost "x"\n')
  expect(config.problems.map(({ code, origin }) => [code, origin.line])).toEqual([['syntax', 2]])
  expect([option(config, '*', 'a'), option(config, '*', 'c'), config.completeness]).toEqual([
    1,
    3,
    'fragment',
  ])
  expect(config.hosts).toHaveLength(2)
})

test('a bracket that is never closed keeps what stands before it', () => {
  const config = read('a = 1\nVirtualHost "x"\nmodules_enabled = {\n"tls";\n')
  expect(config.completeness).toBe('fragment')
  expect(option(config, '*', 'a')).toBe(1)
})

test('places are those of the value in its file, from column 1', () => {
  const config = read('\n  authentication   = "token"\n')
  expect(host(config, '*').settings.root.entries.get('authentication')?.origin).toMatchObject({
    file: 'prosody.cfg.lua',
    line: 2,
    column: 22,
    endLine: 2,
    endColumn: 29,
  })
})

test('a host that is switched off is none of the hosts', () => {
  const config = read('VirtualHost "jigasi.meet.jitsi"\nenabled = false\nVirtualHost "b"\nenabled = true\n')
  expect(config.hosts.map(({ name }) => plain(name))).toEqual(['*', 'b'])
  expect(config.disabledHosts?.map(({ name }) => plain(name))).toEqual(['jigasi.meet.jitsi'])
})

test('problems quote nothing of the file', () => {
  const config = read('app_secret = "geheim" "geheim2"\nInclude "geheim3"\nssl.geheim4 = 1\n')
  expect(config.problems.length).toBeGreaterThan(1)
  expect(JSON.stringify(config.problems.map(({ message }) => message))).not.toContain('geheim')
})
