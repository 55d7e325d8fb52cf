import { describe, expect, it } from 'vitest'
import { lookup } from '../../core/settings.ts'
import type { Settings } from '../../core/settings.ts'
import { fileSet, losses, values } from '../testing/plain.ts'
import { evaluateConfig } from './evaluate-config.ts'

/** Evaluates one script. */
function config(text: string): Settings {
  const { files, one } = fileSet({ 'config.js': text })
  return evaluateConfig(files, { root: 'config', include: one })
}

function codes(settings: Settings): readonly string[] {
  return settings.problems.map(({ code, origin }) => `${code} ${origin.file}:${origin.line}`)
}

describe('conditions', () => {
  it('that can be decided run one way; the other is listed as dead', () => {
    const settings = config(
      `var config = {}; if (typeof config.a === 'undefined') { config.a = 1 } else { config.b = 2 }
       if (!config.hasOwnProperty('c')) config.c = {}; config.c.d = 3`,
    )
    expect(values(settings)).toEqual({ a: 1, c: { d: 3 } })
    expect(losses(settings)).toEqual(['b:1 dead-branch'])
  })
  it('that cannot be decided leave both possibilities', () => {
    const settings = config(
      `var config = { a: 1, b: { c: 1 } };
       if (location.hostname === 'x') { config.a = 2; config.b.c = 3; config.same = 1 } else { config.same = 1 }`,
    )
    expect(values(settings)).toEqual({ a: '?branch', b: { c: '?branch' }, same: 1 })
    const found = lookup(settings, 'a')
    expect(found).toMatchObject({ state: 'unknown', node: { candidates: [{ value: 2 }, { value: 1 }] } })
    expect(losses(settings)).toEqual([])
    expect(settings.assignments.filter(({ path }) => path === 'a').map(({ node }) => node.kind)).toEqual([
      'number',
      'unknown',
    ])
  })
  it('that cannot be decided lose to a later certain assignment', () => {
    const settings = config('var config = {}; if (navigator.x) config.a = 1;\nconfig.a = 2')
    expect(values(settings)).toEqual({ a: 2 })
    expect(losses(settings)).toEqual(['a:1 reassigned'])
  })
  it('on unknown values in expressions', () => {
    expect(
      values(
        config(
          `var u = location.search; var config = { a: u ? 1 : 1, b: u || 'x', c: u && 1, d: u ?? 2, e: !u, f: 'http://' + u + '/x', g: \`\${u}!\` }`,
        ),
      ),
    ).toEqual({
      a: 1,
      b: '?runtime',
      c: '?runtime',
      d: '?runtime',
      e: '?runtime',
      f: '?runtime(http://…/x)',
      g: '?runtime(…!)',
    })
  })
  it('with an early return leave what follows open', () => {
    const settings = config(
      'var config = {}; (function () { if (location.x) return; config.a = 1 })(); config.b = (function () { if (screen.x) return 1; return 2 })()',
    )
    expect(values(settings)).toEqual({ a: '?branch', b: '?branch' })
  })
  it('that may throw leave what follows open, and say so', () => {
    const settings = config('var config = {};\nif (location.x) { config.a.b = 1 }\nconfig.c = 1')
    expect(codes(settings)).toEqual(['unsupported config.js:2'])
    expect(values(settings)).toEqual({ c: '?branch' })
  })
  it('of a switch', () => {
    const run = (on: string): unknown =>
      values(
        config(
          `var config = {}; switch (${on}) { case 1: config.a = 1; case 2: config.b = 2; break; default: config.c = 3 }`,
        ),
      )
    expect(run('1')).toEqual({ a: 1, b: 2 })
    expect(run('2')).toEqual({ b: 2 })
    expect(run('9')).toEqual({ c: 3 })
    expect(run('location.port')).toEqual({ a: '?branch', b: '?branch', c: '?branch' })
  })
})

describe('code', () => {
  it.each<[string, unknown]>([
    [
      `'a:1,b:2'.split(',').map(function (one) { return { urls: 'stun:' + one } })`,
      [{ urls: 'stun:a:1' }, { urls: 'stun:b:2' }],
    ],
    [`[1].concat([2, 3], 4)`, [1, 2, 3, 4]],
    [`[...[1, 2], ...'ab']`, [1, 2, 'a', 'b']],
    [`Object.assign({ a: 1 }, { b: 2 }, null)`, { a: 1, b: 2 }],
    [`({ ...{ a: 1, b: 2 }, b: 3 })`, { a: 1, b: 3 }],
    [`Object.keys({ a: 1, b: 2 }).join('-')`, 'a-b'],
    [`['c', 'a'].filter((x) => x !== 'a').includes('c')`, true],
    [`[3, 4].reduce((a, b) => a + b)`, 7],
    ['`x${1 + 1}${"y"}`', 'x2y'],
    [`1 + 2 * 3 - 4 / 2 + (7 % 4) + 2 ** 3`, 16],
    [`'5' * 2 + +'1' - -1`, 12],
    [`1 < 2 && 'b' > 'a' || false`, true],
    [`null == undefined && null !== undefined`, true],
    [`'a,b'.replace(',', ';').toUpperCase().slice(1)`, ';B'],
    [`'a.b.c'.replace(/\\./g, '_')`, 'a_b_c'],
    [`JSON.parse('{"a":[1,null]}')`, { a: [1, null] }],
    [`(function f(n) { return n < 2 ? 1 : n * f(n - 1) })(5)`, 120],
    [`((a, { b = 2, ...c }, [d, ...e]) => [a, b, c, d, e])(1, { x: 1 }, [3, 4])`, [1, 2, { x: 1 }, 3, [4]]],
    [
      `(() => { let s = 0; for (let i = 0; i < 5; i++) { if (i === 1) continue; if (i === 4) break; s += i } return s })()`,
      5,
    ],
    [
      `(() => { var o = []; for (var k in { a: 1, b: 2 }) o.push(k); for (const v of [1]) o.push(v); do { o.push(9) } while (false); return o })()`,
      ['a', 'b', 1, 9],
    ],
    [`(() => { a: for (;;) { for (;;) { break a } } return 1 })()`, 1],
    [
      `[parseInt('12px'), Number('3'), String(4), Boolean(0), Math.max(1, 5), isNaN(NaN)]`,
      [12, 3, '4', false, 5, true],
    ],
    [`(1, 2)`, 2],
    [`typeof function () {} + typeof [] + typeof 1`, 'functionobjectnumber'],
    [`'x' in { x: 1 }`, true],
    [`Array.isArray([]) && [1, 2].length === 2`, true],
    [`[].slice.call([1, 2, 3], 1)`, [2, 3]],
    [`encodeURIComponent('a b')`, 'a%20b'],
  ])('%s', (code, expected) => {
    expect(values(config(`var config = { x: ${code} }`))).toEqual({ x: expected })
  })
  it('changes arrays in place', () => {
    const settings = config(
      'var config = { a: [3, 1] }; config.a.push(2); config.a[0] = 9; config.a.length = 2; config.a.unshift(0)',
    )
    expect(values(settings)).toEqual({ a: [0, 9, 1] })
  })
  it('of assignment operators', () => {
    expect(
      values(
        config(
          `var config = { a: 1, b: 'x' }; config.a += 1; config.b += 'y'; config.c ??= 3; config.a ||= 9; config.a &&= 4; config.d = config.e = 5; config.a++`,
        ),
      ),
    ).toEqual({
      a: 5,
      b: 'xy',
      c: 3,
      d: 5,
      e: 5,
    })
  })
  it('of callbacks that may never run leaves their settings open', () => {
    const settings = config(
      'var config = { a: 1 }; setTimeout(function () { config.a = 2; config.b.c = 1 }, 10); console.log(config)',
    )
    expect(values(settings)).toEqual({ a: '?branch' })
    expect(codes(settings)).toEqual([])
    expect(settings.root.rest).toBeUndefined()
  })
  it('that hands the object to unknown code leaves missing keys open', () => {
    const settings = config(
      'var config = { a: 1 }; $.extend(config, other.thing)'.replace('other.thing', 'location'),
    )
    expect(lookup(settings, 'a').state).toBe('set')
    expect(lookup(settings, 'b').state).toBe('unknown')
  })
})

describe('limits', () => {
  it('nothing is there without files', () => {
    expect(evaluateConfig([], { root: 'config', include: () => undefined }).completeness).toBe('absent')
  })
  it.each([
    ['too-many', 'var config = {}; for (;;) {}'],
    ['too-many', 'var config = {}; function f() { f(); f() } f()'],
    ['too-many', `var config = {}; ${'config.a = 1;'.repeat(25_000)}`],
    ['too-deep', `var config = ${'['.repeat(200_000)}`],
    ['too-deep', `var config = { a: ${'!'.repeat(400)}1 }`],
    ['too-large', `var config = {}; ${' '.repeat(600_000)}`],
  ])('%s is reported and makes a fragment', (code, text) => {
    const settings = config(text)
    expect(settings.problems.map((one) => one.code)).toContain(code)
    expect(settings.completeness).toBe('fragment')
  })
  it('objects that hold themselves end somewhere', () => {
    const settings = config('var config = {}; config.self = config; config.a = { up: config }; config.b = 1')
    expect(lookup(settings, 'b').state).toBe('set')
  })
  it('texts that double stay small', () => {
    expect(
      values(config(`var x = 'ab'; for (var i = 0; i < 60; i++) x += x; var config = { x: x.length }`)),
    ).toEqual({ x: '?limit' })
  })
})
