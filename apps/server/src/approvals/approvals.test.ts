import { join } from 'node:path'
import { asEpochMillis } from '@runde/contract'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  TestBrowser,
  at,
  codeOf,
  openTestServer,
  type Answer,
  type TestServer,
} from '../testing/test-server.ts'
import { stateAssociation } from './testing/association.ts'

// Making all documents takes some tenths of a second on a core that others use, too.
vi.setConfig({ testTimeout: 60_000 })

const DAY = 86_400_000

let server: TestServer
let erika: TestBrowser
beforeEach(async () => {
  server = await openTestServer('https://runde.example')
  await stateAssociation(server)
  erika = new TestBrowser(server)
  await erika.setUp('Erika Mustermann')
})
afterEach(() => server.close())

const list = async (): Promise<unknown[]> => {
  const all = at((await erika.call('GET', '/api/approvals')).body, 'approvals')
  return Array.isArray(all) ? all : []
}

/** A document that nothing blocks. */
async function free(): Promise<string> {
  const found = (await list()).find((one) => at(one, 'blockers') === 0)
  return String(at(found, 'document'))
}

async function approve(document: string, reviewOn?: string): Promise<Answer> {
  const { body } = await erika.call('GET', `/api/approvals/${document}`)
  return await erika.call('POST', `/api/approvals/${document}`, {
    language: 'de',
    edition: at(body, 'edition'),
    ...(reviewOn === undefined ? {} : { reviewOn }),
  })
}

const standing = async (document: string, lang = 'de'): Promise<unknown> =>
  (await erika.call('GET', `/api/approvals/${document}?lang=${lang}`)).body

test('an approval freezes the document in both languages and holds while no sentence changes', async () => {
  const document = await free()
  expect(at(await standing(document), 'state')).toBe('none')
  const approved = await approve(document, '2027-11-24')
  expect(approved.status).toBe(201)
  expect(at(approved.body, 'hash')).toMatch(/^[0-9a-f]{64}$/)
  // The next day nothing but the day is different.
  server.clock.now = asEpochMillis(server.clock.now + DAY)
  expect(await standing(document)).toMatchObject({
    state: 'current',
    differences: [],
    approved: { number: 1, by: 'Erika Mustermann', roles: ['organiser', 'operator'], reviewDue: false },
  })
  for (const lang of ['de', 'en']) {
    const frozen = await erika.call('GET', `/api/approvals/${document}/snapshots/1?lang=${lang}`)
    expect(at(frozen.body, 'document', 'language')).toBe(lang)
    expect(at(frozen.body, 'document', 'id')).toBe(document)
  }
  expect(codeOf(await erika.call('GET', '/api/approvals/other/snapshots/1'))).toBe('not_found')
  for (const number of ['0', '2', '-1', '1e3', 'x'])
    expect(codeOf(await erika.call('GET', `/api/approvals/${document}/snapshots/${number}`))).toBe(
      'not_found',
    )
})

test('a stated fact that changes makes it stale at once, with the sentences and the fact because of which', async () => {
  const document = 'record'
  expect((await approve(document)).status).toBe(201)
  await erika.call('PUT', '/api/dossier/facts/org.name', { value: 'Verein mit neuem Namen e. V.' })
  const now = await standing(document)
  expect(at(now, 'state')).toBe('stale')
  const differences = at(now, 'differences')
  const changes = Array.isArray(differences) ? differences : []
  expect(changes.length).toBeGreaterThan(0)
  expect(at(now, 'changes')).toBe(changes.length)
  const because = changes.flatMap((change) => {
    const facts = at(change, 'because')
    return Array.isArray(facts) ? facts.map((fact) => at(fact, 'fact')) : []
  })
  expect(because).toContain('org.name')
  expect(changes.some((change) => String(at(change, 'after')).includes('Verein mit neuem Namen'))).toBe(true)
  expect((await approve(document)).status).toBe(201)
  expect(at(await standing(document), 'state')).toBe('current')
  expect(at(await standing(document), 'history', '0', 'number')).toBe(2)
})

test('what is blocked, or is not what was read, is not approved', async () => {
  const document = 'record'
  const { body } = await erika.call('GET', `/api/approvals/${document}`)
  const edition = at(body, 'edition')
  await erika.call('PUT', '/api/dossier/facts/org.name', { value: 'Anders e. V.' })
  const old = await erika.call('POST', `/api/approvals/${document}`, { language: 'de', edition })
  expect(codeOf(old)).toBe('edition_changed')
  await erika.call('DELETE', '/api/dossier/facts/org.name')
  expect(at(await standing(document), 'blockers')).toBeGreaterThan(0)
  expect(codeOf(await approve(document))).toBe('document_blocked')
  expect(codeOf(await approve('nothing'))).toBe('bad_request')
  expect(at((await erika.call('GET', '/api/approvals')).body, 'chain')).toEqual({
    length: 0,
    brokenAt: null,
    last: null,
  })
})

test('the day of the next review is told when it has come', async () => {
  const document = await free()
  expect(codeOf(await approve(document, '2027-13-01'))).toBe('bad_request')
  await approve(document, '2026-11-26')
  expect(at(await standing(document), 'approved', 'reviewDue')).toBe(false)
  server.clock.now = asEpochMillis(server.clock.now + 2 * DAY)
  expect(at(await standing(document), 'approved', 'reviewDue')).toBe(true)
})

test.each([
  ["update snapshots set content = replace(content, 'e. V.', 'GmbH') where number = 1", 1],
  ["update snapshots set approver_name = 'Jemand' where number = 2", 2],
  ["update snapshots set review_on = '2030-01-01' where number = 1", 1],
  ['delete from snapshots where number = 1', 1],
  ['update snapshots set number = 9 where number = 3', 3],
])('a change in the database breaks the chain: %s', async (statement, brokenAt) => {
  const [first = '', second = ''] = (await list())
    .filter((one) => at(one, 'blockers') === 0)
    .map((one) => String(at(one, 'document')))
  for (const document of [first, second, first]) expect((await approve(document)).status).toBe(201)
  const before = await erika.call('GET', '/api/approvals')
  expect(at(before.body, 'chain')).toMatchObject({ length: 3, brokenAt: null })
  expect(at(before.body, 'chain', 'last')).toMatch(/^[0-9a-f]{64}$/)
  const database = new DatabaseSync(join(server.folder, 'runde.sqlite'))
  database.exec(statement)
  database.close()
  const after = await erika.call('GET', '/api/approvals')
  expect(at(after.body, 'chain', 'brokenAt')).toBe(brokenAt)
})

test('comments are a thread; everybody reads them, only who wrote one deletes it', async () => {
  const document = await free()
  const made = await erika.call('POST', '/api/invitations', { roles: ['dpo'] })
  const dora = new TestBrowser(server)
  await dora.call('POST', '/api/invitations/accept', {
    token: String(at(made.body, 'link')).split('#')[1],
    name: 'Dora',
  })
  const path = `/api/approvals/${document}/comments`
  expect((await dora.call('POST', path, { text: ' Bitte Frist prüfen.\r\nDanke. ' })).status).toBe(201)
  expect(codeOf(await dora.call('POST', path, { text: ' \n ' }))).toBe('comment_unfit')
  expect(codeOf(await dora.call('POST', path, { text: 'x'.repeat(2001) }))).toBe('comment_unfit')
  expect(codeOf(await dora.call('POST', path, { text: 'a\u0007b' }))).toBe('comment_unfit')
  const thread = at(await standing(document), 'thread')
  expect(thread).toEqual([
    {
      id: 1,
      at: '2026-11-24T00:00:00.000Z',
      by: 'Dora',
      text: 'Bitte Frist prüfen.\nDanke.',
      mine: false,
      answers: null,
      settled: null,
    },
  ])
  expect(codeOf(await erika.call('DELETE', `${path}/1`))).toBe('not_found')
  expect((await dora.call('DELETE', `${path}/1`)).status).toBe(204)
  expect(at(await standing(document), 'thread')).toEqual([])
  expect(codeOf(await dora.call('POST', '/api/approvals/nothing/comments', { text: 'x' }))).toBe('not_found')
})

test('a comment is answered and settled, and opened again; an answer is not answered', async () => {
  const document = await free()
  const path = `/api/approvals/${document}/comments`
  await erika.call('POST', path, { text: 'Stimmt die Frist?' })
  expect((await erika.call('POST', path, { text: 'Ja.', answers: 1 })).status).toBe(201)
  for (const answers of [2, 3, -1])
    expect(codeOf(await erika.call('POST', path, { text: 'x', answers }))).toBe('not_found')
  expect(codeOf(await erika.call('POST', path, { text: 'x', answers: '1' }))).toBe('bad_request')
  expect(codeOf(await erika.call('POST', '/api/approvals/dpia/comments', { text: 'x', answers: 1 }))).toBe(
    'not_found',
  )
  expect(at(await standing(document), 'open')).toBe(1)
  expect((await erika.call('PUT', `${path}/1`, { settled: true })).status).toBe(204)
  expect(at(await standing(document), 'thread', '0', 'settled')).toEqual({
    at: '2026-11-24T00:00:00.000Z',
    by: 'Erika Mustermann',
  })
  expect(at(await standing(document), 'open')).toBe(0)
  expect(codeOf(await erika.call('PUT', `${path}/2`, { settled: true }))).toBe('not_found')
  expect((await erika.call('PUT', `${path}/1`, { settled: false })).status).toBe(204)
  expect(at(await standing(document), 'open')).toBe(1)
  // Without the comment it answered, the answer begins a thread of its own.
  expect((await erika.call('DELETE', `${path}/1`)).status).toBe(204)
  expect(at(await standing(document), 'thread', '0')).toMatchObject({ id: 2, answers: null })
})

test('reminders name what is to be reviewed within thirty days, the next first', async () => {
  const [first = '', second = '', third = ''] = (await list())
    .filter((one) => at(one, 'blockers') === 0)
    .map((one) => String(at(one, 'document')))
  await approve(first, '2026-12-20')
  await approve(second, '2026-11-30')
  await approve(third, '2027-11-24')
  const told = async (): Promise<unknown> => at((await erika.call('GET', '/api/approvals')).body, 'reminders')
  const reviews = (all: unknown): unknown[] =>
    Array.isArray(all) ? all.filter((one) => at(one, 'kind') === 'review') : []
  expect(reviews(await told())).toMatchObject([
    { id: second, on: '2026-11-30', due: false },
    { id: first, on: '2026-12-20', due: false },
  ])
  server.clock.now = asEpochMillis(server.clock.now + 6 * DAY)
  expect(reviews(await told())).toMatchObject([
    { id: second, due: true },
    { id: first, due: false },
  ])
  // A new approval takes the place of the old day.
  await approve(second, '2027-11-24')
  expect(reviews(await told())).toMatchObject([{ id: first }])
  // The rhythm the organisation stated.
  expect(at(await standing(first), 'proposedReview')).toMatch(/^202[678]-11-30$/)
})

test('a preview names the sentences an answer would change, and changes nothing', async () => {
  const ask = (fact: string, answer: unknown): Promise<Answer> =>
    erika.call('POST', '/api/dossier/preview', { fact, language: 'de', answer })
  const before = at(await standing('record'), 'edition')
  const changed = await ask('org.name', { value: 'Ganz anders e. V.' })
  const changes = at(changed.body, 'changes')
  const record = (Array.isArray(changes) ? changes : []).find((one) => at(one, 'document') === 'record')
  expect(JSON.stringify(at(record, 'sentences'))).toContain('Ganz anders e. V.')
  expect(at(await standing('record'), 'edition')).toBe(before)
  const same = at((await erika.call('GET', '/api/dossier/facts/org.name')).body, 'value')
  expect(at((await ask('org.name', { value: same })).body, 'changes')).toEqual([])
  expect(at((await ask('org.name', { withdrawn: true })).body, 'changes', '0')).toBeDefined()
  expect(at((await ask('feature.secondFactor', { value: 'required' })).body, 'changes', '0')).toBeDefined()
  expect(codeOf(await ask('org.name', { value: 42 }))).toBe('answer_unfit')
  expect(codeOf(await ask('org.nothing', { value: 42 }))).toBe('not_found')
})

test('a reading link opens the documents as of its making, until it is withdrawn or expires', async () => {
  const made = await erika.call('POST', '/api/authority-links', { note: 'Aufsichtsbehörde', days: 7 })
  expect(made.status).toBe(201)
  expect(at(made.body, 'link')).toMatch(/^https:\/\/runde\.example\/authority#[\w-]{43}$/)
  const token = String(at(made.body, 'link')).split('#')[1]
  await erika.call('PUT', '/api/dossier/facts/org.name', { value: 'Erst danach so genannt e. V.' })
  const authority = new TestBrowser(server)
  const open = (language = 'de'): Promise<Answer> =>
    authority.call('POST', '/api/authority', { token, language })
  const opened = await open()
  expect(opened.status).toBe(200)
  const documents = at(opened.body, 'documents')
  expect(Array.isArray(documents) ? documents.length : 0).toBeGreaterThan(5)
  expect(JSON.stringify(documents)).not.toContain('Erst danach')
  expect(at((await open('en')).body, 'documents', '0', 'language')).toBe('en')
  for (const path of ['/api/dossier', '/api/approvals', '/api/export', '/api/authority-links'])
    expect(codeOf(await authority.call('GET', path))).toBe('not_signed_in')
  const id = String(at((await erika.call('GET', '/api/authority-links')).body, 'links', '0', 'id'))
  expect((await erika.call('DELETE', `/api/authority-links/${id}`)).status).toBe(204)
  expect(codeOf(await open())).toBe('authority_link_invalid')

  const second = await erika.call('POST', '/api/authority-links', { note: 'Noch eine', days: 1 })
  const late = String(at(second.body, 'link')).split('#')[1]
  server.clock.now = asEpochMillis(server.clock.now + DAY)
  const expired = await authority.call('POST', '/api/authority', { token: late, language: 'de' })
  expect(codeOf(expired)).toBe('authority_link_invalid')
  expect(await server.store.purge(server.clock.now)).toBeGreaterThan(0)
  expect((await server.store.deletions.list()).map((one) => one.class)).toContain('authority_links')
  for (const days of [0, 91, 1.5, '7'])
    expect(codeOf(await erika.call('POST', '/api/authority-links', { note: 'x', days }))).toBe('bad_request')
})
