import { describe, expect, it } from 'vitest'
import { lookup } from '../../core/settings.ts'
import type { Settings } from '../../core/settings.ts'
import { losses, values } from '../testing/plain.ts'
import { parseProperties } from './parse-properties.ts'

function read(text: string): Settings {
  return parseProperties({ path: 'x.properties', text })
}

describe('properties', () => {
  it.each<[string, string, Record<string, string>]>([
    [
      'separators',
      'a=1\nb:2\nc 3\nd = 4\ne : 5\nf\t6\ng=:7',
      { a: '1', b: '2', c: '3', d: '4', e: '5', f: '6', g: ':7' },
    ],
    ['comments', '# a=1\n  ! b=2\nc=#3', { c: '#3' }],
    ['blank lines and line ends', '\r\na=1\r\n\r\n \t\nb=2\rc=3', { a: '1', b: '2', c: '3' }],
    ['continued lines', 'a=1,\\\n    2,\\\r\n\t3\nb=x\\\\\nc=4', { a: '1,2,3', b: 'x\\', c: '4' }],
    ['continued comments, which there are none of', '# a\\\nb=1', { b: '1' }],
    ['continued lines that look like comments', 'a=1\\\n#2', { a: '1#2' }],
    ['continued keys', 'a\\\n  b=1', { ab: '1' }],
    ['escapes', 'a\\ b=\\u0041\\t\\n\\q\\=\nc\\:d=1', { 'a b': 'A\t\nq=', 'c:d': '1' }],
    ['values that keep their end', 'a= x y  \n', { a: 'x y  ' }],
    ['keys without value', 'a\nb=\nc  \n=d', { a: '', b: '', c: '', '': 'd' }],
    ['a backslash at the end', 'a=1\\', { a: '1' }],
    ['dots, which part nothing', 'org.ice4j.x=1', { 'org.ice4j.x': '1' }],
  ])('reads %s', (_name, text, expected) => {
    const settings = read(text)
    expect(values(settings)).toEqual(expected)
    expect(settings.completeness).toBe('complete')
  })
  it('lets the last one win', () => {
    const settings = read('a.b=1\nc=2\na.b=3')
    expect(losses(settings)).toEqual(['a.b:1 reassigned'])
    const found = lookup(settings, ['a.b'])
    expect(found.state === 'set' && found.node.origin).toMatchObject({ line: 3, column: 5, endColumn: 6 })
    expect(lookup(settings, ['z']).state).toBe('unset')
  })
  it('knows that Java refuses a file with a malformed escape', () => {
    const settings = read('a=\\u00zz\nb=1')
    expect(settings.completeness).toBe('fragment')
    expect(settings.problems.map(({ code, origin }) => `${code} ${origin.line}:${origin.column}`)).toEqual([
      'syntax 1:3',
    ])
  })
  it('takes a template gap as unknown', () => {
    expect(values(read('a=x\uE000\nb=1'))).toEqual({ a: '?placeholder(x…)', b: '1' })
  })
  it('leaves too large files alone', () => {
    expect(read(`a=${'x'.repeat(2_000_001)}`).problems.map(({ code }) => code)).toEqual(['too-large'])
    expect(read('a=1\n'.repeat(20_001)).problems.map(({ code }) => code)).toEqual(['too-many'])
  })
})
