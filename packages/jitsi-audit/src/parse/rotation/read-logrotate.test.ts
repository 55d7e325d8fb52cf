import { expect, test } from 'vitest'
import { fileSet } from '../testing/plain.ts'
import { type Rotation, readRotation } from './read-logrotate.ts'
import { type Retention, retentionOf, stanzaFor } from './retention.ts'

function read(texts: string | Record<string, string>): Rotation {
  return readRotation(fileSet(typeof texts === 'string' ? { 'logrotate.d/x': texts } : texts).files)
}

function directives(rotation: Rotation, index = 0): unknown {
  return Object.fromEntries(
    [...(rotation.stanzas[index]?.directives ?? [])].map(([key, { value }]) => [key, value]),
  )
}

/** Retention of one stanza with these directives. */
function retention(...lines: readonly string[]): Retention {
  const [stanza] = read(`/l {\n${lines.join('\n')}\n}\n`).stanzas
  if (stanza === undefined) throw new Error('no stanza')
  return retentionOf(stanza)
}

test('a stanza: several patterns, quotes, bracket on the next line, scripts passed over', () => {
  const rotation = read(`/var/log/a.log "/var/log/b c.log"
/var/log/d/*.log
{
  # rotate 99
  daily
  rotate 7
  size=100M
  su jvb jitsi
  postrotate
    kill }
    rotate 5
  endscript
  compress
}
`)
  expect(rotation.stanzas[0]?.patterns).toEqual(['/var/log/a.log', '/var/log/b c.log', '/var/log/d/*.log'])
  expect(directives(rotation)).toEqual({ size: '100M', rotate: '7', su: 'jvb jitsi', compress: '' })
  expect(rotation.stanzas[0]?.origin).toMatchObject({ line: 1, endLine: 14 })
  expect(rotation.stanzas[0]?.directives.get('rotate')?.origin).toMatchObject({ line: 6, column: 3 })
  expect([rotation.completeness, rotation.problems]).toEqual(['fragment', []])
})

test('everything on one line', () => {
  const rotation = read('/a { daily\nrotate 3 }\n/b {\nweekly\n}')
  expect([directives(rotation), directives(rotation, 1)]).toEqual([
    { daily: '', rotate: '3' },
    { weekly: '' },
  ])
})

test('global directives hold for the stanzas after them, own ones win, opposites and periods replace', () => {
  const rotation = read('weekly\nrotate 4\ncompress\n/a {\n  daily\n  nocompress\n}\nrotate 52\n/b { \n}')
  expect(directives(rotation)).toEqual({ daily: '', rotate: '4', nocompress: '' })
  expect(directives(rotation, 1)).toEqual({ weekly: '', rotate: '52', compress: '' })
})

test('the folder that logrotate.conf includes stands in its place', () => {
  const rotation = read({
    'etc/logrotate.d/b': '/b {\n}',
    'etc/logrotate.conf': 'weekly\ninclude /etc/logrotate.d\nmonthly\n/c {\n}',
    'etc/logrotate.d/a': 'rotate 9\n/a {\n}',
  })
  expect(rotation.stanzas.map(({ patterns }) => patterns[0])).toEqual(['/a', '/b', '/c'])
  expect([directives(rotation), directives(rotation, 1), directives(rotation, 2)]).toEqual([
    { weekly: '', rotate: '9' },
    { weekly: '', rotate: '9' },
    { monthly: '', rotate: '9' },
  ])
  expect([rotation.completeness, rotation.files]).toEqual([
    'complete',
    ['etc/logrotate.conf', 'etc/logrotate.d/a', 'etc/logrotate.d/b'],
  ])
})

test('a missing folder, an open section, a circle, no file at all', () => {
  const missing = read({ 'logrotate.conf': 'include /etc/logrotate.d' })
  expect([missing.completeness, missing.problems[0]?.code]).toEqual(['fragment', 'include-missing'])
  const open = read('/a {\ndaily')
  expect([open.stanzas.length, open.problems[0]?.code]).toEqual([1, 'syntax'])
  expect(read({ 'logrotate.conf': 'include logrotate.conf' }).problems[0]?.code).toBe('include-cycle')
  expect(readRotation([]).completeness).toBe('absent')
})

test('days: turns times period, at least one, the shorter of it and maxage', () => {
  expect(retention('daily', 'rotate 7')).toEqual({ kind: 'days', days: 7, daysIfDaily: 7 })
  expect(retention('weekly', 'rotate 4')).toMatchObject({ days: 28 })
  expect(retention('monthly 1', 'rotate 2')).toMatchObject({ days: 62 })
  expect(retention('hourly', 'rotate 24')).toEqual({ kind: 'days', days: 1, daysIfDaily: 24 })
  expect(retention('weekly', 'rotate 52', 'maxage 7')).toMatchObject({ days: 7 })
  expect(retention('daily', 'rotate 0')).toMatchObject({ days: 1 })
  expect(retention('daily')).toMatchObject({ days: 1 })
  expect(retention('daily', 'rotate 7', 'maxsize 100M')).toMatchObject({ days: 7 })
  expect(retention('daily', 'rotate -1', 'maxage 30')).toMatchObject({ days: 30 })
})

test('no time limit: size when it is named last, minsize, no period, endless turns', () => {
  expect(retention('hourly', 'size 100M', 'rotate 24')).toEqual({ kind: 'no-time-limit' })
  expect(retention('size 100M', 'daily', 'rotate 7')).toMatchObject({ days: 7 })
  expect(retention('daily', 'minsize 1M', 'rotate 7').kind).toBe('no-time-limit')
  expect(retention('rotate 7').kind).toBe('no-time-limit')
  expect(retention('size 1M', 'rotate 7', 'maxage 7').kind).toBe('no-time-limit')
  expect(retention('daily', 'rotate -1').kind).toBe('no-time-limit')
})

test('a gap of a template is unknown', () => {
  expect(retention('daily', 'rotate {{ days }}')).toEqual({ kind: 'unknown' })
  expect(retention('daily', '{{ option }}')).toEqual({ kind: 'unknown' })
})

test('which stanza rotates a path', () => {
  const { stanzas } = read(
    '/var/log/nginx/*.log {\n}\n"/var/log/jitsi/jvb.log" {\n}\n/var/log/p?osody/*/a*b {\n}',
  )
  const index = (path: string): number => stanzas.findIndex((one) => one === stanzaFor(stanzas, path))
  expect(index('/var/log/nginx/access.log')).toBe(0)
  expect(index('/var/log/nginx/old/access.log')).toBe(-1)
  expect(index('/var/log/jitsi/jvb.log')).toBe(1)
  expect(index('/var/log/prosody/x/a-to-b')).toBe(2)
  expect(index('/var/log/jitsi/jicofo.log')).toBe(-1)
})
