import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EpochMillis, asEpochMillis } from '@runde/contract'
import { type Store, openSqliteStore } from '@runde/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLogger } from '../log/logger.ts'
import { beginDiagnosis, keptPeriod } from './begin.ts'
import { leftoverFiles, logFile, logFolder, purgeLogs } from './log-files.ts'
import { type DiagnosticRecorder, startRecorder } from './recorder.ts'
import { createRouteTemplate } from './route-template.ts'

const BEGIN = asEpochMillis(Date.parse('2026-11-23T20:00:00Z'))
const HOUR = 3_600_000

let folder: string
let store: Store
let now: EpochMillis
let events: string[]
let recorder: DiagnosticRecorder | undefined

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'diagnostics-'))
  store = await openSqliteStore(folder)
  now = BEGIN
  events = []
})
afterEach(async () => {
  await recorder?.stop()
  recorder = undefined
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

async function start(maxBytes?: number): Promise<DiagnosticRecorder> {
  recorder = await startRecorder({
    dataFolder: folder,
    store,
    log: createLogger({ level: 'debug', now: () => new Date(now), write: ({ event }) => events.push(event) }),
    now: () => now,
    routeOf: createRouteTemplate([{ path: '/api/meetings/:id/join' }]),
    ...(maxBytes === undefined ? {} : { maxBytes }),
  })
  return recorder
}

async function switchOn(hours = 1): Promise<void> {
  const until = asEpochMillis(now + hours * HOUR)
  expect(await store.diagnostics.start({ since: now, until, purpose: 'echo in room 2' })).toBe(true)
}

/** A request from an address, and its answer of some milliseconds later. */
function answered(to: DiagnosticRecorder, url: string, address: string, status: number): void {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: address })
  const request = new IncomingMessage(socket)
  request.method = 'POST'
  request.url = url
  request.headers['x-forwarded-for'] = '198.51.100.9'
  request.headers['user-agent'] = 'Erika'
  const response = new ServerResponse(request)
  to.request(request, response)
  now = asEpochMillis(now + 12)
  response.statusCode = status
  response.emit('close')
}

function linesOf(since: EpochMillis): unknown[] {
  return readFileSync(logFile(folder, { since }), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
}

test('while it is off nothing is written, and no folder is made', async () => {
  const one = await start()
  answered(one, '/api/meetings/abc-defg-hij/join', '203.0.113.77', 200)
  one.media({ kind: 'participant_joined', room: 'abc-defg-hij' })
  await one.look()
  expect(readdirSync(folder)).not.toContain('diagnostics')
  expect(await store.deletions.list()).toEqual([])
})

test('while it is on, a line holds time, method, route template, status, duration, shortened address, and no more', async () => {
  const one = await start()
  await switchOn()
  await one.look()
  answered(one, '/api/meetings/abc-defg-hij/join?token=secret', '203.0.113.77', 403)
  one.media({ kind: 'room_started', room: 'abc-defg-hij' })
  one.media({ kind: 'participant_joined', room: 'abc-defg-hij' })
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: '2001:db8:1:2::3' })
  const upgrade = new IncomingMessage(socket)
  upgrade.method = 'GET'
  upgrade.url = '/rtc?access_token=secret'
  expect(one.upgrade(upgrade, socket, () => true)).toBe(true)
  socket.emit('close')
  const stray = new Socket()
  expect(one.upgrade(new IncomingMessage(stray), stray, () => false)).toBe(false)
  stray.emit('close')
  await one.stop()
  const time = new Date(now).toISOString()
  expect(linesOf(BEGIN)).toEqual([
    {
      time,
      event: 'request',
      method: 'POST',
      route: '/api/meetings/:id/join',
      client: '203.0.113.0/24',
      ms: 12,
      status: 403,
    },
    { time, event: 'participant_joined' },
    { time, event: 'request', method: 'GET', route: '/rtc', client: '2001:db8:1::/48', ms: 0, upgrade: true },
    {
      time,
      event: 'request',
      method: '',
      route: '(other)',
      client: 'unknown',
      ms: 0,
      upgrade: true,
      status: 404,
    },
  ])
  expect(statSync(logFolder(folder)).mode & 0o777).toBe(0o700)
  expect(statSync(logFile(folder, { since: BEGIN })).mode & 0o777).toBe(0o600)
})

test('at expiry nothing more is written, the file goes, and the proof counts its lines', async () => {
  const one = await start()
  await switchOn()
  await one.look()
  for (const _ of [1, 2, 3]) answered(one, '/', '203.0.113.77', 200)
  const last = now
  now = asEpochMillis(BEGIN + HOUR)
  answered(one, '/', '203.0.113.77', 200)
  await one.look()
  expect(readdirSync(folder)).not.toContain('diagnostics')
  expect(await store.diagnostics.current()).toBeUndefined()
  expect(await store.deletions.list()).toEqual([
    { class: 'debugLog', entries: 3, firstAt: asEpochMillis(BEGIN + 12), lastAt: last, deletedAt: now },
  ])
  expect(events).toEqual(['diagnostics_on', 'diagnostics_off', 'diagnostics_deleted'])
})

test('it may be switched on again, in a file of its own', async () => {
  const one = await start()
  await switchOn()
  await one.look()
  answered(one, '/', '203.0.113.77', 200)
  await store.diagnostics.expire(now)
  now = asEpochMillis(now + 1)
  await purgeElsewhereThenSwitchOn()
  await one.look()
  answered(one, '/', '203.0.113.77', 200)
  await one.stop()
  expect(readdirSync(logFolder(folder))).toEqual([`${BEGIN + 13}.jsonl`])
})

/** As a command does it while the server still writes. */
async function purgeElsewhereThenSwitchOn(): Promise<void> {
  await purgeLogs(folder, store, now)
  await switchOn()
}

test('after a restart the same diagnosis goes on in the same file', async () => {
  await switchOn()
  for (const _ of [1, 2]) {
    const one = await start()
    answered(one, '/', '203.0.113.77', 200)
    await one.stop()
  }
  expect(linesOf(BEGIN)).toHaveLength(2)
})

test('what a server left behind is deleted at the next start, cut-off lines and strange files included', async () => {
  mkdirSync(logFolder(folder))
  const lines = [
    '{"time":"2026-11-20T10:00:00.000Z","event":"request"}',
    'x',
    '{"time":7}',
    '{"time":"2026-11-20T11:00:00.000Z","event":"request"}',
    '{"time":"2026-11-20T1',
  ]
  writeFileSync(join(logFolder(folder), '1.jsonl'), lines.join('\n'))
  writeFileSync(join(logFolder(folder), '2.jsonl.abcdef'), '')
  await store.diagnostics.start({ since: asEpochMillis(1), until: asEpochMillis(BEGIN - 1), purpose: 'x' })
  expect(await leftoverFiles(folder, await store.diagnostics.current(), now)).toHaveLength(2)
  await start()
  expect(readdirSync(folder)).not.toContain('diagnostics')
  expect(await store.diagnostics.current()).toBeUndefined()
  expect(await store.deletions.list()).toEqual([
    {
      class: 'debugLog',
      entries: 5,
      firstAt: Date.parse('2026-11-20T10:00:00Z'),
      lastAt: Date.parse('2026-11-20T11:00:00Z'),
      deletedAt: now,
    },
    { class: 'debugLog', entries: 0, firstAt: null, lastAt: null, deletedAt: now },
  ])
  expect(await store.deletions.intact()).toBe(true)
})

test('two who delete at once prove it once', async () => {
  mkdirSync(logFolder(folder))
  writeFileSync(join(logFolder(folder), '1.jsonl'), 'x\n')
  const counts = await Promise.all([1, 2, 3].map(() => purgeLogs(folder, store, now)))
  expect(counts.toSorted((one, other) => one - other)).toEqual([0, 0, 1])
  expect(await store.deletions.list()).toHaveLength(1)
})

test('a stranger who asks all day does not fill the disk', async () => {
  const one = await start(1000)
  await switchOn()
  await one.look()
  for (let index = 0; index < 100; index++) answered(one, '/', '203.0.113.77', 200)
  await one.stop()
  const lines = linesOf(BEGIN)
  expect(lines.length).toBeLessThan(12)
  expect(lines.at(-1)).toMatchObject({ event: 'full' })
})

test('a log that cannot be written is told once and does not stop the server', async () => {
  const one = await start()
  writeFileSync(logFolder(folder), 'in the way')
  await switchOn()
  await one.look()
  await one.look()
  answered(one, '/', '203.0.113.77', 200)
  expect(events).toEqual(['diagnostics_failed'])
  rmSync(logFolder(folder))
  await one.look()
  expect(events).toEqual(['diagnostics_failed', 'diagnostics_on'])
})

test('a diagnosis lasts 1 to 72 whole hours and says what it is for', () => {
  const begun = beginDiagnosis('72', ' echo ', BEGIN)
  expect(begun).toEqual({
    ok: true,
    mode: { since: BEGIN, until: BEGIN + 72 * HOUR, purpose: 'echo' },
  })
  for (const hours of [undefined, '', '0', '73', '-1', '1.5', '1e1', '999999', ' 5', 'x'])
    expect(beginDiagnosis(hours, 'echo', BEGIN)).toEqual({ ok: false, fault: 'hours' })
  for (const purpose of [undefined, '', '  ', 'a\nb', '\u001b[2J', 'x'.repeat(201)])
    expect(beginDiagnosis('5', purpose, BEGIN)).toEqual({ ok: false, fault: 'purpose' })
  expect(keptPeriod({ since: BEGIN, until: asEpochMillis(BEGIN + 5 * HOUR) })).toBe('PT5H')
  expect(keptPeriod({ since: BEGIN, until: asEpochMillis(BEGIN + 1000) })).toBe('PT1H')
})
