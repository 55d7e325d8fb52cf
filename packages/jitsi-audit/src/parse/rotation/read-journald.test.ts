import { expect, test } from 'vitest'
import type { Settings } from '../../core/settings.ts'
import { fileSet, losses, place, values } from '../testing/plain.ts'
import { journalRetentionDays, readJournald, timeSpanSeconds } from './read-journald.ts'

function read(texts: Record<string, string>): Settings {
  return readJournald(fileSet(texts).files)
}

const MAIN = 'etc/systemd/journald.conf'

test('settings of the section, comments, foreign sections and lines without sense', () => {
  const settings = read({
    [MAIN]:
      '# c\n; c\nLost=1\n[Journal]\nStorage=persistent\n#MaxRetentionSec=1\n SystemMaxUse = 50M \nnonsense\n[Other]\nX=1',
  })
  expect(values(settings)).toEqual({ Storage: 'persistent', SystemMaxUse: '50M' })
  expect(settings.problems.map(({ origin }) => origin.line)).toEqual([3, 8, 10])
  expect(settings.completeness).toBe('complete')
})

test('drop-ins follow the main file by name, one in /etc replaces its namesake, empty restores the default', () => {
  const settings = read({
    'etc/systemd/journald.conf.d/20-b.conf': '[Journal]\nA=b\nStorage=',
    'usr/lib/systemd/journald.conf.d/10-a.conf': '[Journal]\nA=lib\nZ=lib',
    'etc/systemd/journald.conf.d/10-a.conf': '[Journal]\nA=a',
    [MAIN]: '[Journal]\nA=main\nStorage=auto',
  })
  expect(values(settings)).toEqual({ A: 'b' })
  expect(place(settings.root.entries.get('A'))).toBe('etc/systemd/journald.conf.d/20-b.conf:2')
  expect(losses(settings)).toEqual(['A:2 reassigned', 'Storage:3 reassigned', 'A:2 reassigned'])
})

test('drop-ins alone are a fragment, nothing is absent', () => {
  expect(read({ 'journald.conf.d/x.conf': '[Journal]\nMaxRetentionSec=7day' }).completeness).toBe('fragment')
  expect(read({}).completeness).toBe('absent')
})

test.each([
  ['7day', 604_800],
  ['1week', 604_800],
  ['2h 30min', 9_000],
  ['1month', 2_629_800],
  ['90', 90],
  ['1.5d', 129_600],
  ['500ms', 0.5],
  ['0', 0],
  ['infinity', Number.POSITIVE_INFINITY],
  ['seven days', undefined],
  ['7 fortnights', undefined],
  ['', undefined],
  ['7day x', undefined],
])('the span %s', (text, seconds) => {
  expect(timeSpanSeconds(text)).toBe(seconds)
})

test('days of the journal: a limit, none, zero, a gap', () => {
  const days = (text: string): unknown => journalRetentionDays(read({ [MAIN]: `[Journal]\n${text}` }))
  expect([
    days('MaxRetentionSec=7day'),
    days(''),
    days('MaxRetentionSec=0'),
    days('MaxRetentionSec={{ x }}'),
    days('MaxRetentionSec=soon'),
  ]).toEqual([7, undefined, undefined, 'unknown', 'unknown'])
  expect(journalRetentionDays(read({ 'x.conf': '[Journal]' }))).toBe('unknown')
})
