import { describe, expect, it } from 'vitest'
import { includesOf, matchesGlob } from './include.ts'

const paths = [
  'etc/nginx/nginx.conf',
  'etc/nginx/sites-enabled/a.conf',
  'etc/nginx/sites-enabled/b',
  'etc/nginx/snippets/ssl.conf',
  'roles/web/templates/config.local.js.j2',
  'roles/jibri/files/xmpp.conf',
]
const includes = includesOf(paths.map((path) => ({ path, text: '' })))
const found = (pattern: string, from: string): readonly string[] =>
  includes.many(pattern, from).map(({ path }) => path)

describe('includesOf', () => {
  it('finds files beside the including one', () => {
    expect(found('sites-enabled/*', 'etc/nginx/nginx.conf')).toEqual([paths[1], paths[2]])
  })
  it('finds absolute paths by their end', () => {
    expect(found('/etc/nginx/snippets/ssl.conf', 'x')).toEqual([paths[3]])
    expect(found('/srv/other/nginx/sites-enabled/*.conf', 'x')).toEqual([])
  })
  it('knows a template by the name of what it becomes', () => {
    expect(found('config.local.js', 'roles/web/templates/config.js.j2')).toEqual([paths[4]])
  })
  it('gives no file of another program for a bare name', () => {
    expect(found('xmpp.conf', 'roles/jvb/templates/jvb.conf.j2')).toEqual([])
  })
  it('never climbs out of the set', () => {
    expect(found('../../../../etc/passwd', 'etc/nginx/nginx.conf')).toEqual([])
  })
})

describe('matchesGlob', () => {
  it.each([
    ['*', 'abc', true],
    ['a*c', 'abbbc', true],
    ['a?c', 'abc', true],
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['*.conf', 'a.conf.bak', false],
    ['[', '[', true],
  ])('%s and %s', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected)
  })
  it('takes linear time on many stars', () => {
    expect(matchesGlob(`${'*a'.repeat(200)}b`, 'a'.repeat(2_000))).toBe(false)
  })
})
