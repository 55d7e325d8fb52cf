import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadPages, type Pages } from './pages.ts'

let folder: string
let pages: Pages
const SCRIPT = `console.log(${JSON.stringify('a'.repeat(2000))})`

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pages-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Runde</title>')
  writeFileSync(join(folder, 'assets/main-abc123.js'), SCRIPT)
  writeFileSync(join(folder, 'assets/small-abc123.css'), 'a{}')
  writeFileSync(join(folder, 'assets/audit-worker-Ab_1-2.js'), 'onmessage=()=>{}')
  writeFileSync(join(folder, 'manifest.webmanifest'), '{}')
  writeFileSync(join(folder, '.built-from'), 'hash')
  const loaded = loadPages(folder)
  if (loaded === undefined) throw new Error('the pages were not found')
  pages = loaded
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return pages.answer(new Request(`http://localhost${path}`, { headers }))
}

test.each(['/', '/abc-defg-hij', '/setup', '/desk/new', '/index.html'])(
  '%s is the page, kept by nobody',
  async (path) => {
    const answer = await get(path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.text()).toContain('<title>Runde</title>')
  },
)

test('the worker that reads configuration files may connect to nobody; other files have no policy of their own', async () => {
  const worker = await get('/assets/audit-worker-Ab_1-2.js')
  expect(worker.headers.get('content-security-policy')).toBe("default-src 'none'")
  const script = await get('/assets/main-abc123.js')
  expect(script.headers.get('content-security-policy')).toBeNull()
})

test('files with a hash in their name are kept for a year, others are asked for again', async () => {
  const script = await get('/assets/main-abc123.js')
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  const manifest = await get('/manifest.webmanifest')
  expect(manifest.headers.get('cache-control')).toBe('no-cache')
  expect(manifest.headers.get('content-type')).toBe('application/manifest+json')
})

test.each([
  ['br, gzip', 'br'],
  ['gzip, deflate', 'gzip'],
  ['gzip;q=0.5, br;q=0', 'gzip'],
  ['identity', null],
  ['', null],
])('a browser that accepts %j gets %s', async (accept, encoding) => {
  const answer = await get('/assets/main-abc123.js', { 'accept-encoding': accept })
  expect(answer.headers.get('content-encoding')).toBe(encoding)
  expect(answer.headers.get('vary')).toBe('accept-encoding')
  const body = Buffer.from(await answer.arrayBuffer())
  expect(answer.headers.get('content-length')).toBe(String(body.length))
  const plain = encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body
  expect(plain.toString()).toBe(SCRIPT)
})

test('what is small stays as it is', async () => {
  const answer = await get('/assets/small-abc123.css', { 'accept-encoding': 'br' })
  expect(answer.headers.get('content-encoding')).toBeNull()
})

test('a file the browser has is not sent again', async () => {
  const etag = (await get('/manifest.webmanifest')).headers.get('etag') ?? ''
  expect(etag).toMatch(/^"[\w-]{22}"$/)
  expect((await get('/manifest.webmanifest', { 'if-none-match': etag })).status).toBe(304)
  expect((await get('/manifest.webmanifest', { 'if-none-match': '"other"' })).status).toBe(200)
})

test.each([
  '/assets/gone-abc123.js',
  '/.built-from',
  '/../package.json',
  '/..%2fpackage.json',
  '/%',
  '/favicon.ico',
])('%s is not there', async (path) => {
  const answer = await get(path)
  expect([answer.status, await answer.text()]).toEqual([404, ''])
})

test('a folder without a page is no web client', () => {
  expect(loadPages(join(folder, 'assets'))).toBeUndefined()
  expect(loadPages(join(folder, 'nothing'))).toBeUndefined()
})
