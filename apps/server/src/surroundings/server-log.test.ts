import { fstatSync } from 'node:fs'
import { expect, test } from 'vitest'
import { journalPeriod, serverLogPeriod } from './server-log.ts'

const MAIN = { path: '/etc/systemd/journald.conf', text: '[Journal]\nMaxRetentionSec=7day\n' }

test.each([
  ['7day', 'P7D'],
  ['36h', 'P2D'],
  ['1month', 'P31D'],
  ['0', undefined],
  ['infinity', undefined],
  ['sometimes', undefined],
  ['99999day', undefined],
])('the journal keeps %s: %s', (span, period) => {
  expect(journalPeriod([{ ...MAIN, text: `[Journal]\nMaxRetentionSec=${span}\n` }])).toBe(period)
})

test('drop-ins win over the main file, and of two main files the stronger one counts', () => {
  const dropIn = { path: '/etc/systemd/journald.conf.d/x.conf', text: '[Journal]\nMaxRetentionSec=3day\n' }
  const shipped = { path: '/usr/lib/systemd/journald.conf', text: '[Journal]\nMaxRetentionSec=90day\n' }
  expect(journalPeriod([MAIN, dropIn])).toBe('P3D')
  expect(journalPeriod([shipped, MAIN])).toBe('P7D')
  expect(journalPeriod([shipped, dropIn])).toBe('P3D')
  // Without a main file silence proves nothing, but a value that is set holds.
  expect(journalPeriod([])).toBeUndefined()
})

test('nothing is claimed of a log that does not go into the journal', () => {
  const { dev, ino } = fstatSync(1)
  expect(serverLogPeriod({})).toBeUndefined()
  expect(serverLogPeriod({ JOURNAL_STREAM: `${dev}:${ino}9` })).toBeUndefined()
})
