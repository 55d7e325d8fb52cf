// The documents say what the server does: no addresses stored while no diagnosis runs, shortened ones while it does.
import { asEpochMillis } from '@runde/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { at, openTestServer, TestBrowser, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let organiser: TestBrowser

beforeEach(async () => {
  server = await openTestServer()
  organiser = new TestBrowser(server)
  await organiser.setUp()
})
afterEach(async () => {
  await server.close()
})

async function said(path: string): Promise<string> {
  // Documents are kept for some seconds.
  server.clock.now = asEpochMillis(server.clock.now + 6000)
  return JSON.stringify((await organiser.call('GET', path)).body)
}

async function switchOn(hours: number): Promise<void> {
  const since = server.clock.now
  const until = asEpochMillis(since + hours * 3_600_000)
  await server.store.diagnostics.start({ since, until, purpose: 'echo in room 2' })
}

test.each([
  [
    '/api/notice/full?lang=de',
    /gespeichert wird sie nicht/,
    /wird sie gekürzt gespeichert \(Frist: 5 Stunden\)/,
  ],
  ['/api/notice/full?lang=en', /it is not stored/, /it is stored truncated \(period: 5 hours\)/],
  [
    '/api/notice?lang=de',
    /Netzadresse wird nicht gespeichert/,
    /Netzadresse gekürzt gespeichert \(Frist: 5 Stunden\)/,
  ],
  ['/api/notice?lang=en', /network address is not stored/, /address is stored truncated \(period: 5 hours\)/],
] as const)('%s denies it while off, and says it while on', async (path, denial, statement) => {
  const told = async (): Promise<{ denied: boolean; stated: boolean }> => {
    const text = await said(path)
    return { denied: denial.test(text), stated: statement.test(text) }
  }
  expect(await told()).toEqual({ denied: true, stated: false })
  await switchOn(5)
  expect(await told()).toEqual({ denied: false, stated: true })
  // Until the log is deleted it exists, expired or not.
  const mode = await server.store.diagnostics.current()
  server.clock.now = asEpochMillis(server.clock.now + 6 * 3_600_000)
  expect(await told()).toEqual({ denied: false, stated: true })
  await server.store.diagnostics.end(mode?.since ?? server.clock.now)
  expect(await told()).toEqual({ denied: true, stated: false })
})

test('the record gets an entry of its own while it is on', async () => {
  const record = '/api/dossier/documents/record?lang=en'
  const isIn = async (): Promise<boolean> => (await said(record)).includes('Time-limited diagnosis')
  expect(await isIn()).toBe(false)
  await switchOn(5)
  expect(await isIn()).toBe(true)
})

test('the self-declaration turns as well', async () => {
  const path = '/.well-known/runde-privacy.json'
  expect(await said(path)).toMatch(/"feature.debugLog":"off"/)
  await switchOn(5)
  const declared = await said(path)
  expect(declared).toMatch(/"feature.debugLog":"on"/)
  expect(declared).toMatch(/"keep.debugLog":"PT5H"/)
})

test('who is signed in learns until when and what for, and what was deleted; others learn nothing', async () => {
  const path = '/api/diagnostics'
  expect((await new TestBrowser(server).call('GET', path)).status).toBe(401)
  expect((await organiser.call('GET', path)).body).toEqual({ active: null, deletions: [], intact: true })
  const since = server.clock.now
  await switchOn(1)
  await server.store.deletions.add({
    class: 'debugLog',
    entries: 2,
    firstAt: since,
    lastAt: null,
    deletedAt: since,
  })
  const { body } = await organiser.call('GET', path)
  expect(at(body, 'active')).toEqual({
    since: new Date(since).toISOString(),
    until: new Date(since + 3_600_000).toISOString(),
    purpose: 'echo in room 2',
    by: 'command_line',
  })
  const moment = new Date(since).toISOString()
  expect(at(body, 'deletions')).toEqual([
    { class: 'debugLog', entries: 2, firstAt: moment, lastAt: null, deletedAt: moment },
  ])
  expect(at(body, 'intact')).toBe(true)
})
