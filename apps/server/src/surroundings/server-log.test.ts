import { spawnSync } from 'node:child_process'
import { closeSync, fstatSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { filePeriod, journalPeriod, serverLogPeriod } from './server-log.ts'

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

const ROTATED = [
  { path: '/etc/logrotate.conf', text: 'weekly\nrotate 4\ninclude /etc/logrotate.d\n' },
  { path: '/etc/logrotate.d/runde', text: '/var/log/runde/*.log {\n  daily\n  rotate 6\n}\n' },
]

test('a log that goes into a file is kept as long as logrotate keeps it', () => {
  expect(filePeriod('/var/log/runde/out.log', ROTATED)).toBe('P7D')
  expect(filePeriod('/srv/runde.log', ROTATED)).toBe('manual')
  expect(filePeriod('/srv/runde.log', [])).toBeUndefined()
})

test('a terminal and the null device keep nothing, a pipe says nothing, a file without rotation keeps for ever', () => {
  const script = join(import.meta.dirname, 'server-log.ts')
  const code = `import(${JSON.stringify(script)}).then(({ logTarget }) => process.stderr.write(JSON.stringify(logTarget({}))))`
  const targetOf = (output: 'ignore' | 'pipe' | number): unknown => {
    const { stderr } = spawnSync(process.execPath, ['-e', code], { stdio: ['ignore', output, 'pipe'] })
    return JSON.parse(stderr.toString())
  }
  const folder = mkdtempSync(join(tmpdir(), 'server-log-'))
  const path = join(folder, 'out.log')
  const file = openSync(path, 'w')
  try {
    expect(targetOf('ignore')).toEqual({ kind: 'nowhere' })
    expect(targetOf('pipe')).toEqual({ kind: 'elsewhere' })
    expect(targetOf(file)).toEqual({ kind: 'file', path })
  } finally {
    closeSync(file)
    rmSync(folder, { recursive: true })
  }
})

test('nothing is claimed of a log that does not go into the journal', () => {
  const { dev, ino } = fstatSync(1)
  expect(serverLogPeriod({})).toBeUndefined()
  expect(serverLogPeriod({ JOURNAL_STREAM: `${dev}:${ino}9` })).toBeUndefined()
})
