import { describe, expect, it } from 'vitest'
import { lookup } from '../../core/settings.ts'
import type { Settings } from '../../core/settings.ts'
import type { Node } from '../../core/value.ts'
import { fileSet, losses, place, plain, values } from '../testing/plain.ts'
import { parseHocon } from './parse-hocon.ts'
import { asBytes, asDuration, asFlag } from './units.ts'

/** Parses the files in the order given; names that start with `inc` are only there to be included. */
function hocon(texts: Record<string, string> | string, environment?: Record<string, string>): Settings {
  const { files, one } = fileSet(typeof texts === 'string' ? { 'a.conf': texts } : texts)
  return parseHocon(
    files.filter(({ path }) => !path.startsWith('inc')),
    one,
    environment === undefined
      ? {}
      : { environment: new Map(Object.entries(environment).map(([key, value]) => [key, text(value)])) },
  )
}

function text(value: string): Node {
  return {
    kind: 'text',
    value,
    origin: { kind: 'file', file: '.env', line: 7, column: 1, endLine: 1, endColumn: 2 },
  }
}

function codes(settings: Settings): readonly string[] {
  return settings.problems.map(({ code, origin }) => `${code} ${origin.file}:${origin.line}`)
}

describe('HOCON', () => {
  it.each<[string, string, unknown]>([
    ['JSON', '{"a":{"b":[1,true,null,"x"]},"c":-1.5e2}', { a: { b: [1, true, null, 'x'] }, c: -150 }],
    ['braces left out', 'a = 1\nb : 2', { a: 1, b: 2 }],
    ['paths as keys', 'a.b.c = 1\na { b.d = 2 }', { a: { b: { c: 1, d: 2 } } }],
    ['quoted keys', '"a.b" = 1\na."b.c".d = 2\n"" = 3', { 'a.b': 1, a: { 'b.c': { d: 2 } }, '': 3 }],
    ['blanks in keys', 'a b c = 1', { 'a b c': 1 }],
    ['no separator before a brace', 'a { b { c = 1 } }\nd\n{ e = 2 }', { a: { b: { c: 1 } }, d: { e: 2 } }],
    ['values on the next line', 'a =\n  1\nb = # c\n 2', { a: 1, b: 2 }],
    ['commas and line ends', 'a = [1, 2\n3,\n4,], b = 2, c = 3,', { a: [1, 2, 3, 4], b: 2, c: 3 }],
    ['comments', '# x\na = 1 # y\nb = 2 // z\n// a = 3\nc = "#//"', { a: 1, b: 2, c: '#//' }],
    [
      'text without quotes',
      'a = one two  three \nb = 10 seconds\nc = 1.2.3\nd = yes\ne = x/y-z_1',
      { a: 'one two  three', b: '10 seconds', c: '1.2.3', d: 'yes', e: 'x/y-z_1' },
    ],
    ['escapes', 'a = "x\\n\\"\\u0041\\\\"', { a: 'x\n"A\\' }],
    ['long strings', 'a = """x "y"\\n\n z"""\nb = """"q"""""', { a: 'x "y"\\n\n z', b: '"q""' }],
    ['concatenated texts', 'a = x "y" 1\nb = "a"b', { a: 'x y 1', b: 'ab' }],
    ['concatenated lists', 'a = [1] [2, 3]\nb = [0]\nb = ${b} [1]', { a: [1, 2, 3], b: [0, 1] }],
    [
      'concatenated objects',
      'a = { x = 1, y = 1 } { y = 2 }\nb = ${a} { z = 3 }',
      { a: { x: 1, y: 2 }, b: { x: 1, y: 2, z: 3 } },
    ],
    ['merged objects', 'a { b = 1, c = 1 }\na { c = 2 }', { a: { b: 1, c: 2 } }],
    ['objects on both sides of a plain value', 'a { b = 1 }\na = null\na { c = 2 }', { a: { c: 2 } }],
    [
      'objects in lists',
      'a = [{ b = 1 }, { b.c = 2 } { b.d = 3 }]',
      { a: [{ b: 1 }, { b: { c: 2, d: 3 } }] },
    ],
    ['appending', 'a += 1\na += 2\nb = [1]\nb += ${a}', { a: [1, 2], b: [1, [1, 2]] }],
    ['empty values', 'a = {}\nb = []\nc = ""', { a: {}, b: [], c: '' }],
    ['Windows line ends', 'a = 1\r\nb { c = x y }\r\n', { a: 1, b: { c: 'x y' } }],
    ['a byte order mark', '\uFEFFa = 1', { a: 1 }],
    ['includes as a plain key', 'include = 1\nincluded.x = 2', { include: 1, included: { x: 2 } }],
  ])('reads %s', (_name, source, expected) => {
    const settings = hocon(source)
    expect(values(settings)).toEqual(expected)
    expect(settings.completeness).toBe('complete')
  })

  it('puts later files on top of earlier ones', () => {
    const settings = hocon({ 'a.conf': 'a { b = 1, c = 1 }', 'b.conf': 'a.b = 2' })
    expect(values(settings)).toEqual({ a: { b: 2, c: 1 } })
    expect(settings.assignments.map((one) => `${one.path} ${place(one)}`)).toEqual([
      'a.b a.conf:1',
      'a.c a.conf:1',
      'a.b b.conf:1',
    ])
    expect(losses(settings)).toEqual(['a.b:1 reassigned'])
    expect(settings.assignments[0]?.lost?.to.file).toBe('b.conf')
  })
  it('knows the place of every value', () => {
    const found = lookup(hocon('x {\n  y = [ "z" ]\n}'), 'x.y')
    expect(found.state === 'set' && found.node.origin).toMatchObject({ line: 2, column: 7, endColumn: 14 })
  })
})

describe('substitutions', () => {
  it.each<[string, string, unknown]>([
    ['look ahead', 'a = ${b.c}\nb { c = 1 }', { a: 1, b: { c: 1 } }],
    ['use the final value', 'a { x = 1, y = ${a.x} }\na { x = 2 }', { a: { x: 2, y: 2 } }],
    ['to themselves mean the value before', 'p = "a"\np = ${p}":b"\np = ${p}":c"', { p: 'a:b:c' }],
    ['to a missing optional value leave the earlier one', 'a = 1\na = ${?NOPE}', { a: 1 }],
    ['to a missing optional value leave no key', 'a = ${?NOPE}', {}],
    [
      'to a missing optional value vanish from texts and lists',
      'a = x${?NOPE}y\nb = [1, ${?NOPE}]',
      { a: 'xy', b: [1] },
    ],
    ['keep the type', 'a = 1\nb = ${a}\nc = ${a} ', { a: 1, b: 1, c: 1 }],
    ['join into text', 'a = 1\nb = "x"${a} y', { a: 1, b: 'x1 y' }],
    [
      'take objects to extend',
      'base { x = 1 }\nd = ${base} { y = 2 }\nd { x = 3 }',
      { base: { x: 1 }, d: { x: 3, y: 2 } },
    ],
    [
      'see into objects that come by substitution',
      'a = ${b}\nb { c { d = 1 } }\ne = ${a.c.d}',
      { a: { c: { d: 1 } }, b: { c: { d: 1 } }, e: 1 },
    ],
    [
      'inside of the own object',
      'bar { foo = 42, baz = ${bar.foo} }\nbar { foo = 43 }',
      { bar: { foo: 43, baz: 43 } },
    ],
    ['are no text inside of quotes', 'a = "${b}"', { a: '${b}' }],
    ['may be quoted paths', '"a.b" = 1\nc = ${"a.b"}', { 'a.b': 1, c: 1 }],
  ])('%s', (_name, source, expected) => {
    const settings = hocon(source)
    expect(values(settings)).toEqual(expected)
    expect(codes(settings)).toEqual([])
  })
  it('read the environment where the tree has nothing, and say so', () => {
    const settings = hocon('a = 1\na = ${?PORT}\nb = ${?HOME}/x\nc = ${d}\nd = 2', {
      PORT: '9',
      HOME: '/h',
      d: 'no',
    })
    expect(values(settings)).toEqual({ a: '9', b: '/h/x', c: 2, d: 2 })
    expect(place(settings.root.entries.get('a'))).toBe('environment .env:7')
    expect(losses(settings)).toEqual(['a:1 reassigned'])
  })
  it('that are required are unknown without an environment, and a fault with one', () => {
    expect(values(hocon('a = ${X}\nb = "x"${X}'))).toEqual({ a: '?placeholder', b: '?placeholder(x…)' })
    expect(codes(hocon('a = ${X}'))).toEqual([])
    expect(codes(hocon('a = ${X}', {}))).toEqual(['syntax a.conf:1'])
  })
  it('in a circle end', () => {
    expect(values(hocon('a = ${b}\nb = ${a}'))).toEqual({ a: '?placeholder', b: '?placeholder' })
    expect(values(hocon('a = ${?b}\nb = ${?a}\nc = ${?c}'))).toEqual({})
    expect(values(hocon('a { b = ${a} }'))).toEqual({ a: { b: '?placeholder' } })
  })
  it('of different kinds next to each other are refused', () => {
    expect(codes(hocon('a = [1] { b = 2 }\nc = [1] x'))).toEqual(['syntax a.conf:1', 'syntax a.conf:2'])
  })
})

describe('includes', () => {
  it('merge where they stand, in all forms', () => {
    const settings = hocon({
      'a.conf':
        'x = 1\ninclude "inc"\ny = 2\na { include required(file("inc2.conf")) }\ninclude classpath("inc3.json")',
      'inc.conf': 'x = 3\ny = 3',
      'inc2.conf': 'p = 1\nq = ${p}\nr = ${x}',
      'inc3.json': '{"j": [1]}',
    })
    expect(values(settings)).toEqual({ x: 3, y: 2, a: { p: 1, q: 1, r: 3 }, j: [1] })
    expect(settings.files).toEqual(['a.conf', 'inc.conf', 'inc2.conf', 'inc3.json'])
    expect(losses(settings)).toEqual(['x:1 reassigned', 'y:2 reassigned'])
    expect(codes(settings)).toEqual([])
  })
  it('that are missing leave the object open', () => {
    const settings = hocon('a { include "x.conf"\n b = 1 }\nc = 1')
    expect(codes(settings)).toEqual(['include-missing a.conf:1'])
    expect(settings.completeness).toBe('fragment')
    expect(lookup(settings, 'a.z').state).toBe('unknown')
    expect(lookup(settings, 'a.b').state).toBe('set')
  })
  it('never reach for the network', () => {
    expect(codes(hocon('include url("http://example.org/x.conf")\ninclude "https://example.org/y"'))).toEqual(
      ['unsupported a.conf:1', 'unsupported a.conf:2'],
    )
  })
  it('in a circle are skipped', () => {
    const settings = hocon({ 'a.conf': 'include "inc.conf"\nb = 1', 'inc.conf': 'include "inc.conf"\na = 1' })
    expect(values(settings)).toEqual({ a: 1, b: 1 })
    expect(codes(settings)).toEqual(['include-cycle inc.conf:1'])
  })
})

describe('losses', () => {
  it('follow replaced objects', () => {
    expect(losses(hocon('a { b = 1, c { d = 1 } }\na = null'))).toEqual([
      'a.b:1 parent-replaced',
      'a.c.d:1 parent-replaced',
    ])
    expect(losses(hocon('a = 1\na { b = 2 }'))).toEqual(['a:1 reassigned'])
  })
  it('leave alone what later definitions build on', () => {
    expect(losses(hocon('p = [1]\np += 2\np = ${p} [3]\no { a = 1 }\no = ${o} { b = 2 }'))).toEqual([])
  })
  it('see through definitions in between', () => {
    expect(losses(hocon('a { b = 1 }\na = ${?NOPE}\na { b = 2 }'))).toEqual(['a.b:1 reassigned'])
  })
})

describe('what the library refuses', () => {
  it.each([
    ['a = http://x'],
    ['a = "x'],
    ['a = [1, 2'],
    ['a { b = 1'],
    ['a = '],
    ['just words'],
    ['a = 1 }'],
    ['a = "x\\q"'],
    ['a = ${b'],
    ['[1, 2]'],
    ['a = [1 }'],
  ])('%s makes a fragment', (source) => {
    const settings = hocon(source)
    expect(settings.completeness).toBe('fragment')
    expect(settings.problems.map(({ code }) => code)).toContain('syntax')
  })
  it('does not keep the rest from being read', () => {
    const settings = hocon('a = 1\nnonsense here\nb { c = 2 } x\nd = 3')
    expect(values(settings)).toEqual({ a: 1, b: { c: 2 }, d: 3 })
    expect(codes(settings)).toEqual(['syntax a.conf:2', 'syntax a.conf:3'])
  })
})

describe('template gaps', () => {
  it('are unknown as values and open the object as lines', () => {
    const settings = hocon('a = \uE000\nb = "x\uE000"\nc {\n  \uE000\n  d = 1\n}')
    expect(values(settings)).toEqual({ a: '?placeholder(…)', b: '?placeholder(x…)', c: { d: 1 } })
    expect(lookup(settings, 'c.e').state).toBe('unknown')
    expect(codes(settings)).toEqual([])
  })
})

describe('limits', () => {
  it.each([
    ['too-deep', 'a {'.repeat(500)],
    ['too-deep', Array.from({ length: 300 }, (_, index) => `a${index} = \${a${index + 1}}`).join('\n')],
    ['too-large', ' '.repeat(2_100_000)],
  ])('%s is reported', (code, source) => {
    expect(hocon(source).problems.map((one) => one.code)).toContain(code)
  })
  it('nothing is there without files', () => {
    expect(parseHocon([], () => undefined).completeness).toBe('absent')
  })
  it('values that double stay small', () => {
    const doubling = Array.from(
      { length: 40 },
      (_, index) => `a${index + 1} = [\${a${index}}, \${a${index}}]`,
    ).join('\n')
    expect(JSON.stringify(plain(hocon(`a0 = [1]\n${doubling}`).root.entries.get('a40'))).length).toBeLessThan(
      1000,
    )
  })
})

describe('units', () => {
  const value = (source: string): Node => hocon(`a = ${source}`).root.entries.get('a') ?? text('')
  it.each<[string, number | undefined]>([
    ['10 seconds', 10_000],
    ['5m', 300_000],
    ['1.5 h', 5_400_000],
    ['250', 250],
    ['"3 days"', 259_200_000],
    ['100us', 0.1],
    ['-1 second', -1000],
    ['10 parsecs', undefined],
    ['true', undefined],
  ])('duration %s', (source, expected) => {
    expect(asDuration(value(source))).toBe(expected)
  })
  it.each<[string, number | undefined]>([
    ['512', 512],
    ['1 kB', 1000],
    ['1k', 1024],
    ['2 MiB', 2_097_152],
    ['2 megabytes', 2_000_000],
    ['1G', 1_073_741_824],
    ['10B', 10],
    ['1 kb', undefined],
  ])('size %s', (source, expected) => {
    expect(asBytes(value(source))).toBe(expected)
  })
  it.each<[string, boolean | undefined]>([
    ['true', true],
    ['yes', true],
    ['"on"', true],
    ['off', false],
    ['no', false],
    ['1', undefined],
    ['maybe', undefined],
  ])('truth value %s', (source, expected) => {
    expect(asFlag(value(source))).toBe(expected)
  })
})
