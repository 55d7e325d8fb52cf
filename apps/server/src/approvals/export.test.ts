// The bundle of everything: what is in it, that its hashes hold without this product, and the form of the archive.
import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { TestBrowser, at, codeOf, openTestServer, type TestServer } from '../testing/test-server.ts'
import { stateAssociation } from './testing/association.ts'
import { zip } from './zip.ts'

// Making all documents takes some tenths of a second on a core that others use, too.
vi.setConfig({ testTimeout: 60_000 })

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

/** Approves a document that nothing blocks. @returns its id */
async function approveOne(): Promise<string> {
  const document = String(
    at(
      (await list()).find((one) => at(one, 'blockers') === 0),
      'document',
    ),
  )
  const { body } = await erika.call('GET', `/api/approvals/${document}`)
  const edition = at(body, 'edition')
  expect((await erika.call('POST', `/api/approvals/${document}`, { language: 'de', edition })).status).toBe(
    201,
  )
  return document
}

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
  const document = await approveOne()
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
  // Everything but the list itself is in the list, and every hash holds.
  const sums = String(files.get('SHA256SUMS')).trimEnd().split('\n')
  expect(sums).toHaveLength(files.size - 1)
  for (const line of sums) {
    const [hash = '', path = ''] = line.split('  ')
    expect(
      createHash('sha256')
        .update(files.get(path) ?? '')
        .digest('hex'),
    ).toBe(hash)
  }
  // The hash of an approval is computed from the bundle alone, as its README says.
  const approval = at(chain, 'approvals', '0')
  const content = createHash('sha256')
    .update(files.get('snapshots/0001.json') ?? '')
    .digest('hex')
  const said = [
    at(approval, 'previous'),
    at(approval, 'number'),
    at(approval, 'document'),
    content,
    at(approval, 'approverName'),
    at(approval, 'approverRoles'),
    Date.parse(String(at(approval, 'approvedAt'))),
    at(approval, 'reviewOn'),
  ]
  expect(createHash('sha256').update(JSON.stringify(said)).digest('hex')).toBe(at(approval, 'hash'))
  for (const name of ['LIESMICH.txt', 'README.txt', 'comments.json', 'deletions.json', 'proofs.json'])
    expect(files.has(name)).toBe(true)
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
