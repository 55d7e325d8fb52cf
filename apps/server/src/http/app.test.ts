import { BODY_MAX_BYTES } from '@runde/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { TestBrowser, codeOf, openTestServer, type TestServer } from '../testing/test-server.ts'
import { VERSION } from '../version.ts'

let server: TestServer
let browser: TestBrowser
beforeEach(async () => {
  server = await openTestServer()
  browser = new TestBrowser(server)
})
afterEach(() => server.close())

test('says that it is well, and that it is not when the database is gone', async () => {
  const well = await browser.call('GET', '/healthz')
  expect([well.status, well.body]).toEqual([200, { status: 'ok', version: VERSION }])
  server.store.ping = () => Promise.reject(new Error('gone'))
  const ill = await browser.call('GET', '/healthz')
  expect([ill.status, ill.body]).toEqual([503, { status: 'failing', version: VERSION }])
})

test.each(['/', '/healthz', '/api/instance', '/api/nothing', '/api/session'])(
  'every answer carries the security headers: %s',
  async (path) => {
    const { headers } = await browser.call('GET', path)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:")
    expect(policy).not.toMatch(/unsafe|http|\*/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('permissions-policy')).toContain(
      'camera=(self), microphone=(self), display-capture=(self)',
    )
    expect(headers.get('permissions-policy')).toContain('geolocation=()')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.has('strict-transport-security')).toBe(false)
    expect(headers.has('access-control-allow-origin')).toBe(false)
  },
)

test('with https, browsers are told to stay with it', async () => {
  const secure = await openTestServer('https://runde.example')
  const { headers } = await new TestBrowser(secure).call('GET', '/')
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
  await secure.close()
})

test('unknown paths and methods of the interface are told apart', async () => {
  expect(codeOf(await browser.call('GET', '/api/nothing'))).toBe('not_found')
  expect(codeOf(await browser.call('GET', '/api'))).toBe('not_found')
  expect(codeOf(await browser.call('PUT', '/api/meetings/abc-defg-hjk', {}))).toBe('method_not_allowed')
  expect(codeOf(await browser.call('GET', '/api/setup'))).toBe('method_not_allowed')
  expect(codeOf(await browser.call('POST', '/nothing', {}))).toBe('not_found')
})

test.each([
  ['text/plain', 'not_json'],
  ['application/x-www-form-urlencoded', 'not_json'],
  ['multipart/form-data; boundary=x', 'not_json'],
  ['application/jsonp', 'not_json'],
  ['Application/JSON; charset=utf-8', 'sign_in_link_invalid'],
])('a body of type %s is answered with %s', async (type, code) => {
  const answer = await browser.call('POST', '/api/session', '{"token":"x"}', { 'content-type': type })
  expect(codeOf(answer)).toBe(code)
})

test('a body that is too large is refused, said or unsaid', async () => {
  const body = JSON.stringify({ token: 'x'.repeat(BODY_MAX_BYTES) })
  const said = await browser.call('POST', '/api/session', body, { 'content-length': String(body.length) })
  expect([said.status, codeOf(said)]).toEqual([413, 'body_too_large'])
  const lied = await browser.call('POST', '/api/session', body, { 'content-length': '5' })
  expect(codeOf(lied)).toBe('body_too_large')
})

test('bytes that are no UTF-8 are no JSON', async () => {
  const response = await server.app.request('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]),
  })
  expect(response.status).toBe(400)
})

test.each([
  [{ 'sec-fetch-site': 'cross-site' }, 'cross_site'],
  [{ 'sec-fetch-site': 'same-site' }, 'cross_site'],
  [{ origin: 'https://evil.example' }, 'cross_site'],
  [{ origin: 'null' }, 'cross_site'],
  [{ origin: 'http://localhost:8080' }, 'sign_in_link_invalid'],
  [{ origin: 'http://runde.lan:8080', host: 'runde.lan:8080' }, 'sign_in_link_invalid'],
  [{ 'sec-fetch-site': 'same-origin', origin: 'http://localhost:8080' }, 'sign_in_link_invalid'],
  [{}, 'sign_in_link_invalid'],
])('a request with %j is answered with %s', async (headers: Record<string, string>, code) => {
  expect(codeOf(await browser.call('POST', '/api/session', { token: 'x' }, headers))).toBe(code)
})

test('reading is allowed from anywhere, because nobody else can see the answer', async () => {
  expect(
    (await browser.call('GET', '/api/instance', undefined, { 'sec-fetch-site': 'cross-site' })).status,
  ).toBe(200)
})

test('a bug is answered with a sentence and logged without what was sent', async () => {
  server.store.settings.get = () => Promise.reject(new Error('Kanarienvogel at /secret/path'))
  const answer = await browser.call('GET', '/api/instance')
  expect([answer.status, codeOf(answer)]).toEqual([500, 'internal'])
  const line = server.lines.find((text) => text.includes('request_failed')) ?? ''
  expect(line).toContain('app.test.ts')
  expect(line).not.toContain('Kanarienvogel')
  expect(JSON.stringify(answer.body)).not.toContain('Kanarienvogel')
})
