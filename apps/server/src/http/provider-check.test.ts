// The check of a provider through the interface the pages use: from the form to the finding and the evidence in the document.
import { readFileSync } from 'node:fs'
import { asEpochMillis } from '@runde/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { at, openTestServer, TestBrowser, type TestServer } from '../testing/test-server.ts'

const DAY_MS = 86_400_000

let server: TestServer
let organiser: TestBrowser

/** The parish of the examples: one rented server, one contract, one check. */
const facts: unknown = JSON.parse(
  readFileSync(
    new URL('../../../../packages/dossier/fixtures/protestant-parish.json', import.meta.url),
    'utf8',
  ),
)

async function put(fact: string, value: unknown): Promise<number> {
  return (await organiser.call('PUT', `/api/dossier/facts/${fact}`, { value })).status
}

function check(): Record<string, unknown> & { clauses: object[]; measures: object[] } {
  const [one] = at(facts, 'facts', 'hosting.checks', 'value') as [ReturnType<typeof check>]
  return structuredClone(one)
}

async function findings(): Promise<string[]> {
  const { body } = await organiser.call('GET', '/api/dossier?lang=de')
  return (at(body, 'findings') as { id: string }[]).map(({ id }) => id)
}

async function paper(): Promise<string> {
  const { body } = await organiser.call(
    'GET',
    '/api/dossier/documents/processor-check-kirchenhosting?lang=de',
  )
  return JSON.stringify(body)
}

beforeEach(async () => {
  server = await openTestServer('https://runde.example')
  server.clock.now = asEpochMillis(Date.UTC(2026, 10, 23, 12))
  organiser = new TestBrowser(server)
  await organiser.call('POST', '/api/setup', { token: await server.setUpToken(), name: 'Erika' })
  for (const fact of [
    'org.sector',
    'hosting.model',
    'hosting.providers',
    'hosting.providerAccess',
    'hosting.support',
  ])
    if ((await put(fact, at(facts, 'facts', fact, 'value') ?? false)) !== 204) throw new Error(fact)
})
afterEach(async () => {
  await server.close()
})

test('a good check shows its evidence; until it is there, the provider must not be used', async () => {
  expect(await findings()).toContain('check-missing')
  expect(await paper()).toContain('Bis dahin darf der Dienstleister nicht eingesetzt werden.')
  expect(await put('hosting.checks', [check()])).toBe(204)
  expect(await findings()).not.toContain('check-missing')
  expect(await findings()).not.toContain('check-failed')
  const said = await paper()
  for (const part of [
    check()['contractHash'],
    'Der Dienstleister ist einsetzbar',
    'Verwaltungsleiterin',
    '§ 4, Seite 3',
    '4 geprüft',
  ])
    expect(said).toContain(part)
  const file = await organiser.call('GET', '/api/dossier/files/processor-check-kirchenhosting/md?lang=de')
  expect(file.status).toBe(200)
})

test('one uncompensated gap means: do not use; a reasoned compensation mends it', async () => {
  const one = check()
  const weak = {
    ...one,
    measures: one.measures.map((each, index) => (index === 3 ? { ...each, own: 4, provider: 3 } : each)),
  }
  expect(await put('hosting.checks', [weak])).toBe(204)
  expect(await findings()).toContain('check-failed')
  expect(await paper()).toContain('Den Dienstleister nicht einsetzen.')
  const mended = {
    ...one,
    measures: weak.measures.map((each, index) =>
      index === 3 ? { ...each, compensation: 'Eigene Verschlüsselung' } : each,
    ),
  }
  expect(await put('hosting.checks', [mended])).toBe(204)
  expect(await findings()).not.toContain('check-failed')
  expect(await paper()).toContain('Lücke, ausgeglichen: Eigene Verschlüsselung')
})

test('a clause that is partly met, missing or left out fails, also when it is noted twice', async () => {
  const one = check()
  const [first, ...others] = one.clauses
  for (const clauses of [
    [{ ...first, result: 'partly' }, ...others],
    [{ ...first, result: 'missing' }, ...others],
    others,
    [first, { ...first, result: 'missing' }, ...others.slice(0, 6)],
  ]) {
    expect(await put('hosting.checks', [{ ...one, clauses }])).toBe(204)
    expect(await findings()).toContain('check-failed')
  }
})

test('the newest check counts, and is overdue on the day after its next date', async () => {
  const one = { ...check(), nextDate: '2026-12-01' }
  const older = { ...one, date: '2020-01-01', nextDate: '2021-01-01', clauses: [] }
  expect(await put('hosting.checks', [older, one])).toBe(204)
  expect(await findings()).not.toContain('check-failed')
  const next = Date.parse(one.nextDate)
  server.clock.now = asEpochMillis(next + DAY_MS / 2)
  expect(await findings()).not.toContain('check-overdue')
  server.clock.now = asEpochMillis(next + DAY_MS * 1.5)
  expect(await findings()).toContain('check-overdue')
})

test('dates that contradict each other are reported; what is no check is refused and changes nothing', async () => {
  const one = check()
  expect(await put('hosting.checks', [{ ...one, nextDate: one['date'] }])).toBe(204)
  expect(await findings()).toContain('check-dates')
  expect(await put('hosting.checks', [one])).toBe(204)
  for (const wrong of [
    { ...one, contractHash: 'abc' },
    { ...one, date: '2026-02-31' },
    { ...one, measures: [{ measure: 'transfer', own: 5, provider: 3, evidence: '' }] },
    { ...one, clauses: [{ letter: 'i', result: 'met', page: '', remark: '' }] },
  ])
    expect(await put('hosting.checks', [wrong])).toBe(422)
  expect(await findings()).not.toContain('check-dates')
})

test('strangers neither see nor state a check', async () => {
  const stranger = new TestBrowser(server)
  expect((await stranger.call('PUT', '/api/dossier/facts/hosting.checks', { value: [check()] })).status).toBe(
    401,
  )
  const { status } = await stranger.call(
    'GET',
    '/api/dossier/documents/processor-check-kirchenhosting?lang=de',
  )
  expect(status).toBe(401)
})
