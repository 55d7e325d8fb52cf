import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { asEpochMillis } from '@runde/contract'
import { isFactId } from '@runde/dossier'
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
import { zip } from './zip.ts'

// Making all documents takes some tenths of a second on a core that others use, too.
vi.setConfig({ testTimeout: 60_000 })

const SHEET = new URL('../../../../packages/dossier/fixtures/association.json', import.meta.url)
const DAY = 86_400_000

let server: TestServer
let erika: TestBrowser
beforeEach(async () => {
  server = await openTestServer('https://runde.example')
  server.clock.now = asEpochMillis(Date.UTC(2026, 10, 24))
  erika = new TestBrowser(server)
  await erika.setUp('Erika Mustermann')
  const sheet: unknown = JSON.parse(readFileSync(SHEET, 'utf8'))
  const facts = at(sheet, 'facts')
  for (const [fact, entry] of Object.entries(typeof facts === 'object' && facts !== null ? facts : {}))
    if (isFactId(fact)) await server.store.facts.set(fact, JSON.stringify(entry), server.clock.now)
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
  expect(at((await erika.call('GET', '/api/approvals')).body, 'chain')).toEqual({ length: 0, brokenAt: null })
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
  expect(at(before.body, 'chain')).toEqual({ length: 3, brokenAt: null })
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
    },
  ])
  expect(codeOf(await erika.call('DELETE', `${path}/1`))).toBe('not_found')
  expect((await dora.call('DELETE', `${path}/1`)).status).toBe(204)
  expect(at(await standing(document), 'thread')).toEqual([])
  expect(codeOf(await dora.call('POST', '/api/approvals/nothing/comments', { text: 'x' }))).toBe('not_found')
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

/** Names and contents of a stored-only archive, read by its directory. */
function unzip(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.length - 22
  expect(bytes.readUInt32LE(end)).toBe(0x06054b50)
  const files = new Map<string, Buffer>()
  let entry = bytes.readUInt32LE(end + 16)
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    expect(bytes.readUInt32LE(entry)).toBe(0x02014b50)
    const size = bytes.readUInt32LE(entry + 20)
    const length = bytes.readUInt16LE(entry + 28)
    const local = bytes.readUInt32LE(entry + 42)
    const name = bytes.toString('utf8', entry + 46, entry + 46 + length)
    const start = local + 30 + length
    const content = bytes.subarray(start, start + size)
    expect(bytes.readUInt32LE(local)).toBe(0x04034b50)
    expect(crc32(content)).toBe(bytes.readUInt32LE(entry + 16))
    files.set(name, content)
    entry += 46 + length
  }
  expect(entry).toBe(end)
  return files
}

test('the bundle holds all documents in all formats, the chain, and what stands behind them', async () => {
  const document = await free()
  await approve(document)
  const making = server.app.request('/api/export', { headers: { cookie: erika.cookie } })
  // One bundle at a time.
  expect(codeOf(await erika.call('GET', '/api/export'))).toBe('too_many_requests')
  const response = await making
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="runde-2026-11-24.zip"')
  const files = unzip(Buffer.from(await response.arrayBuffer()))
  const ids = (await list()).map((one) => String(at(one, 'document')))
  for (const language of ['de', 'en'])
    for (const id of ids)
      for (const format of ['docx', 'html', 'md', 'json', 'pdf'])
        expect(files.get(`${language}/${id}.${format}`)?.length ?? 0).toBeGreaterThan(500)
  expect(files.get(`de/${document}.pdf`)?.toString('latin1', 0, 5)).toBe('%PDF-')
  const chain: unknown = JSON.parse(String(files.get('approvals.json')))
  expect(at(chain, 'approvals', '0', 'document')).toBe(document)
  expect(at(JSON.parse(String(files.get('snapshots/0001.json'))), 'de', 'id')).toBe(document)
  expect(at(JSON.parse(String(files.get('facts.json'))), 'facts', 'org.name', 'value')).toBeTypeOf('string')
  for (const name of ['comments.json', 'deletions.json', 'proofs.json']) expect(files.has(name)).toBe(true)
})

test('an empty archive and names outside ASCII have the form of a ZIP file', () => {
  expect(unzip(zip([], 0)).size).toBe(0)
  const files = unzip(zip([{ path: 'de/Übersicht.txt', content: Buffer.from('ä') }], Date.UTC(2026, 0, 1)))
  expect(String(files.get('de/Übersicht.txt'))).toBe('ä')
})

test('the first header is what APPNOTE 4.3.7 asks for', () => {
  const archive = zip([{ path: 'a.txt', content: Buffer.from('x') }], Date.UTC(2026, 5, 7, 8, 9, 10))
  // Signature, version 2.0, UTF-8 names, stored, 08:09:10, 7 June 2026.
  expect(archive.toString('hex', 0, 14)).toBe('504b03041400000800002541c75c')
})
