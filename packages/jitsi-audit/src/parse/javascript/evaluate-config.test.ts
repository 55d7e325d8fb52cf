import { describe, expect, it } from 'vitest'
import { lookup } from '../../core/settings.ts'
import type { Settings } from '../../core/settings.ts'
import { fileSet, losses, place, values } from '../testing/plain.ts'
import { evaluateConfig } from './evaluate-config.ts'

/** Evaluates the files in the order given; names that start with `inc` are only there to be included. */
function config(
  texts: Record<string, string> | string,
  root: 'config' | 'interfaceConfig' = 'config',
): Settings {
  const { files, one } = fileSet(typeof texts === 'string' ? { 'config.js': texts } : texts)
  return evaluateConfig(
    files.filter(({ path }) => !path.startsWith('inc')),
    { root, include: one },
  )
}

function codes(settings: Settings): readonly string[] {
  return settings.problems.map(({ code, origin }) => `${code} ${origin.file}:${origin.line}`)
}

const P2P = `var config = {
  p2p: { enabled: true, stunServers: [{ urls: 'stun:stun.example.org:443' }] },
  channelLastN: -1, // channelLastN: 7
};
`

describe('an object literal', () => {
  it('is read with the places of its values; comments never count', () => {
    const settings = config(P2P)
    expect(settings.completeness).toBe('complete')
    expect(values(settings)).toEqual({
      p2p: { enabled: true, stunServers: [{ urls: 'stun:stun.example.org:443' }] },
      channelLastN: -1,
    })
    const found = lookup(settings, 'p2p.enabled')
    expect(found.state === 'set' && found.node.origin).toMatchObject({ line: 2, column: 19, endColumn: 23 })
    expect(settings.assignments.map(({ path }) => path)).toEqual([
      'p2p',
      'p2p.enabled',
      'p2p.stunServers',
      'channelLastN',
    ])
    expect(settings.assignments[1]?.origin).toMatchObject({ line: 2, column: 10, endColumn: 23 })
  })
  it('keeps keys with dots and computed keys whole', () => {
    const settings = config(
      `var k = 'a'; var config = { 'x.y': 1, [k + 1]: 2, ['z']: 3, __proto__: { q: 1 } }`,
    )
    expect(values(settings)).toEqual({ 'x.y': 1, a1: 2, z: 3 })
    expect(settings.assignments[0]?.keys).toEqual(['x.y'])
  })
  it('leaves out what is undefined: it sets nothing', () => {
    const settings = config('var config = { a: undefined, b: null, c: void 0 }')
    expect(values(settings)).toEqual({ b: null })
    expect(lookup(settings, 'a').state).toBe('unset')
  })
  it('holds functions and calls into the browser as unknown', () => {
    const settings = config('var config = { f: function () {}, g: location.hostname, h: new Date(), r: /x/ }')
    expect(values(settings)).toMatchObject({ f: '?runtime', g: '?runtime', h: '?runtime' })
  })
})

describe('later assignments', () => {
  it('win, and the earlier ones are named with the place that took their effect', () => {
    const settings = config({
      'config.js': P2P,
      'custom.js': 'config.p2p.enabled = false\nconfig.channelLastN = 4',
    })
    expect(values(settings)).toMatchObject({ p2p: { enabled: false }, channelLastN: 4 })
    expect(losses(settings)).toEqual(['p2p.enabled:2 reassigned', 'channelLastN:3 reassigned'])
    const lost = settings.assignments.find(({ lost }) => lost !== undefined)
    expect(lost?.lost?.to).toMatchObject({ file: 'custom.js', line: 1, column: 1, endColumn: 27 })
  })
  it('to a parent drop the keys that they do not name', () => {
    const settings = config({ 'config.js': P2P, 'custom.js': 'config.p2p = { enabled: false }' })
    expect(values(settings)).toMatchObject({ p2p: { enabled: false } })
    expect(lookup(settings, 'p2p.stunServers')).toMatchObject({
      state: 'unset',
      lost: [{ lost: { reason: 'parent-replaced' } }],
    })
    expect(losses(settings)).toEqual([
      'p2p:2 reassigned',
      'p2p.enabled:2 reassigned',
      'p2p.stunServers:2 parent-replaced',
    ])
  })
  it('to the root drop everything', () => {
    const settings = config({ 'config.js': P2P, 'custom.js': 'config = { p2p: {} }' })
    expect(values(settings)).toEqual({ p2p: {} })
    expect(losses(settings)).toContain('channelLastN:3 parent-replaced')
    expect(config({ 'a.js': P2P, 'b.js': 'window.config = 3' }).completeness).toBe('fragment')
  })
  it('of the same object change nothing', () => {
    expect(
      losses(config({ 'a.js': P2P, 'b.js': 'config.p2p = config.p2p || {}; window.config = config' })),
    ).toEqual([])
  })
  it('are seen through aliases, functions and window', () => {
    const settings = config(
      `(function (c) { window.config = {}; var x = config.x = {}; x.y = 1; window.config.z = 2; c('w') })(set);
       function set(key) { config[key] = this === window }`,
    )
    expect(values(settings)).toEqual({ x: { y: 1 }, z: 2, w: true })
    expect(settings.assignments.map(({ path }) => path)).toEqual(['x', 'x.y', 'z', 'w'])
  })
  it('are undone by delete', () => {
    const settings = config({ 'a.js': P2P, 'b.js': 'delete config.p2p.enabled; delete config.channelLastN' })
    expect(values(settings)).toEqual({ p2p: { stunServers: [{ urls: 'stun:stun.example.org:443' }] } })
    expect(losses(settings)).toEqual(['p2p.enabled:2 reassigned', 'channelLastN:3 reassigned'])
  })
  it('to a member of a text or number change nothing', () => {
    const settings = config(`var config = { a: 'x' }; config.a.b = 1; config.c = 2`)
    expect(values(settings)).toEqual({ a: 'x', c: 2 })
    expect(losses(settings)).toEqual(['a.b:1 parent-replaced'])
  })
})

describe('an exception', () => {
  const THROWING =
    'var config = {};\nconfig.gravatar.disabled = true;\nconfig.after = 1;\nif (x) { config.y = { z: 1 } }'
  it('ends the script where it is thrown', () => {
    const settings = config(THROWING)
    expect(codes(settings)).toEqual(['throws config.js:2'])
    expect(settings.completeness).toBe('complete')
    expect(values(settings)).toEqual({})
    expect(losses(settings)).toEqual(['gravatar.disabled:2 after-throw', 'after:3 after-throw'])
    expect(lookup(settings, 'after')).toMatchObject({ state: 'unset', lost: [{ lost: { to: { line: 2 } } }] })
  })
  it('in the base keeps the custom file from running', () => {
    const settings = config({ 'config.js': THROWING, 'custom.js': 'config.late = 1' })
    expect(losses(settings)).toContain('late:1 after-throw')
  })
  it.each([
    'config.a.b.c = 1',
    'config.nothing()',
    'undefined.x',
    'confg.x = 1',
    'interfaceConfig.X = 1',
    'const c = 1; c = 2',
    'l; let l = 1',
    'throw new Error("x")',
    'null[0]',
    'for (const x of undefined) {}',
    'const { a } = null',
    'new config.Missing()',
  ])('comes from %s', (line) => {
    const settings = config(`var config = {};\n${line};\nconfig.after = 1`)
    expect(codes(settings).at(-1)).toMatch(/^(?:throws config.js:2)$/)
    expect(losses(settings)).toContain('after:3 after-throw')
  })
  it.each([
    'config.a && config.a.b',
    'config.a?.b.c',
    'typeof nothing',
    'typeof confg.x === 0 || 1',
    'location.x.y.z()',
    '$.x()',
  ])('does not come from %s', (line) => {
    const safe = line.startsWith('typeof confg') ? 'typeof confg' : line
    expect(codes(config(`var config = {};\n${safe};\nconfig.after = 1`))).toEqual([])
  })
  it('that is caught ends only the block', () => {
    const settings = config(
      'var config = {}; try { config.a.b = 1; config.c = 1 } catch (e) { config.d = 2 } finally { config.e = 3 }',
    )
    expect(values(settings)).toEqual({ d: 2, e: 3 })
    expect(codes(settings)).toEqual([])
    expect(losses(settings)).toEqual(['a.b:1 after-throw', 'c:1 after-throw'])
  })
})

describe('a syntax error', () => {
  it('keeps the whole script from running, wherever it stands', () => {
    const settings = config({ 'config.js': P2P, 'custom.js': 'config.x = 1\nconfig.y = }' })
    expect(codes(settings)).toEqual(['syntax custom.js:2'])
    expect(settings.completeness).toBe('fragment')
    expect(values(settings)).toEqual({})
    expect(lookup(settings, 'p2p.enabled')).toMatchObject({
      state: 'unknown',
      lost: [{ lost: { reason: 'after-throw', to: { file: 'custom.js' } } }],
    })
  })
  it('counts a name declared twice, as browsers do', () => {
    expect(codes(config('let config = {}; var config = {}'))).toEqual(['syntax config.js:1'])
  })
})

describe('server-side includes', () => {
  it('are spliced where they stand, with their own places', () => {
    const settings = config({
      'config.js':
        'var config = {\n<!--#include file="inc.js" -->\n};\n<!--# include virtual="inc2.js" -->\nconfig.last = 1',
      'inc.js': 'a: 1,\nb: 2',
      'inc2.js': '\nconfig.a = 3',
    })
    expect(values(settings)).toEqual({ a: 3, b: 2, last: 1 })
    expect(settings.files).toEqual(['config.js', 'inc.js', 'inc2.js'])
    expect(settings.assignments.map((one) => place(one))).toEqual([
      'inc.js:1',
      'inc.js:2',
      'inc2.js:2',
      'config.js:5',
    ])
  })
  it('that are missing make a fragment; ones in a circle are skipped', () => {
    const missing = config('var config = {}\n<!--#include file="elsewhere.js" -->')
    expect(codes(missing)).toEqual(['include-missing config.js:2'])
    expect(lookup(missing, 'a').state).toBe('unknown')
    const circle = config({
      'config.js': 'var config = {}\n<!--#include file="inc.js" -->',
      'inc.js': '<!--#include file="inc.js" -->\nconfig.a = 1',
    })
    expect(codes(circle)).toEqual(['include-cycle inc.js:1'])
    expect(values(circle)).toEqual({ a: 1 })
  })
  it('echo the default of a variable', () => {
    const settings = config(`var subdomain = "<!--# echo var="subdomain" default="" -->";
      if (subdomain) { subdomain = subdomain.substr(0, subdomain.length - 1).split('.').join('_').toLowerCase() + '.' }
      var config = { hosts: { muc: 'conference.' + subdomain + 'meet.example.org' }, d: '<!--# echo var="x" default="y" -->' }`)
    expect(values(settings)).toEqual({ hosts: { muc: 'conference.meet.example.org' }, d: 'y' })
    expect(values(config(`var config = { a: 'x<!--# echo var="q" -->y' }`))).toEqual({
      a: '?placeholder(x…y)',
    })
  })
  it('of other kinds are reported', () => {
    expect(codes(config('<!--#if expr="x" -->\nvar config = {}'))).toEqual(['unsupported config.js:1'])
  })
})

describe('a template gap', () => {
  it('is unknown wherever it stands', () => {
    const settings = config(
      'var config = { a: \uE000, b: "x\uE000y", c: [`\uE000/z`], d: \uE000 ? 1 : 2, e: 0 }',
    )
    expect(values(settings)).toEqual({
      a: '?placeholder(…)',
      b: '?placeholder(x…y)',
      c: ['?placeholder(…/z)'],
      d: '?branch',
      e: 0,
    })
  })
  it('in the way of packages is unknown as a name', () => {
    expect(values(config('var config = { a: __ENABLED__ }'))).toEqual({ a: '?placeholder' })
  })
})

describe('a custom file without its base', () => {
  const settings = config(
    'config.p2p.stunServers = [];\nif (!config.hasOwnProperty("x")) config.x = {};\nconfig.x.y = config.z;',
  )
  it('sets what it sets and leaves the rest open', () => {
    expect(settings.completeness).toBe('fragment')
    expect(values(settings)).toEqual({ p2p: { stunServers: [] }, x: { y: '?include' } })
    expect(codes(settings)).toEqual([])
    expect(lookup(settings, 'p2p.stunServers').state).toBe('set')
    expect(lookup(settings, 'p2p.enabled').state).toBe('unknown')
    expect(lookup(settings, 'other').state).toBe('unknown')
  })
  it('is what builds on an object of elsewhere', () => {
    expect(config('var config = config || {}; config.a = 1').completeness).toBe('fragment')
    expect(config('config = Object.assign(config, { a: 1 })').completeness).toBe('fragment')
  })
})

describe('interfaceConfig', () => {
  it('is read in the same way and may ask config', () => {
    const settings = config('var interfaceConfig = { A: 1, B: config.x };', 'interfaceConfig')
    expect(values(settings)).toEqual({ A: 1, B: '?runtime' })
    expect(codes(settings)).toEqual([])
  })
})
