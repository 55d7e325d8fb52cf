import { afterEach, beforeEach, expect, test } from 'vitest'
import { TestBrowser, at, codeOf, openTestServer, type TestServer } from '../testing/test-server.ts'
import { VERSION } from '../version.ts'

let server: TestServer
let browser: TestBrowser
beforeEach(async () => {
  server = await openTestServer()
  browser = new TestBrowser(server)
})
afterEach(() => server.close())

const DAY = 86_400_000
function pass(milliseconds: number): void {
  server.clock.now = (server.clock.now + milliseconds) as typeof server.clock.now
}

test('says who it is, before and after the set-up', async () => {
  expect((await browser.call('GET', '/api/instance')).body).toEqual({
    name: 'Runde',
    version: VERSION,
    setUp: false,
  })
  await browser.setUp()
  expect((await browser.call('GET', '/api/instance')).body).toEqual({
    name: 'Rathaus',
    version: VERSION,
    setUp: true,
  })
})

test('the set-up link makes an organiser who is signed in then', async () => {
  const answer = await browser.setUp(' Erika Mustermann ')
  expect(answer.status).toBe(200)
  expect(answer.body).toEqual({ organiser: { name: 'Erika Mustermann', roles: ['organiser', 'operator'] } })
  const who = await browser.call('GET', '/api/session')
  expect(who.body).toMatchObject({
    organiser: { name: 'Erika Mustermann', roles: ['organiser', 'operator'] },
    factorOwed: false,
  })
  expect(at(who.body, 'may')).toEqual(expect.arrayContaining(['meetings', 'approve', 'people', 'proofs']))
})

test('the set-up link works once', async () => {
  const token = await server.setUpToken()
  expect((await browser.call('POST', '/api/setup', { token, name: 'Erika' })).status).toBe(200)
  const again = await new TestBrowser(server).call('POST', '/api/setup', { token, name: 'Max' })
  expect([again.status, codeOf(again)]).toEqual([409, 'already_set_up'])
})

test('a wrong or old set-up link is refused, and a bad name does not use the link up', async () => {
  const token = await server.setUpToken()
  const wrong = await browser.call('POST', '/api/setup', { token: 'x'.repeat(43), name: 'Erika' })
  expect([wrong.status, codeOf(wrong)]).toEqual([403, 'setup_link_invalid'])
  const bad = await browser.call('POST', '/api/setup', { token, name: 'a\u0000b' })
  expect([bad.status, codeOf(bad), at(bad.body, 'error', 'field')]).toEqual([422, 'name_not_allowed', 'name'])
  const long = await browser.call('POST', '/api/setup', {
    token,
    name: 'Erika',
    instanceName: 'x'.repeat(65),
  })
  expect(at(long.body, 'error', 'field')).toBe('instanceName')
  pass(DAY)
  expect(codeOf(await browser.call('POST', '/api/setup', { token, name: 'Erika' }))).toBe(
    'setup_link_invalid',
  )
  expect(await server.store.organisers.any()).toBe(false)
})

test('signs in with a one-time link, and out again', async () => {
  await browser.setUp()
  const other = new TestBrowser(server)
  const before = await other.call('GET', '/api/session')
  expect([before.status, codeOf(before)]).toEqual([401, 'not_signed_in'])
  const token = await server.signInToken()
  expect((await other.call('POST', '/api/session', { token })).status).toBe(200)
  expect((await other.call('GET', '/api/session')).status).toBe(200)
  const again = await new TestBrowser(server).call('POST', '/api/session', { token })
  expect([again.status, codeOf(again)]).toEqual([403, 'sign_in_link_invalid'])
  const kept = other.cookie
  expect((await other.call('DELETE', '/api/session')).status).toBe(204)
  expect(other.cookie).toBe('')
  other.cookie = kept
  expect((await other.call('GET', '/api/session')).status).toBe(401)
  expect((await browser.call('GET', '/api/session')).status).toBe(200)
})

test('a session rolls: it lives 30 days after the last use, and its cookie is renewed once a day', async () => {
  await browser.setUp()
  pass(DAY / 2)
  expect((await browser.call('GET', '/api/session')).headers.get('set-cookie')).toBeNull()
  for (let visit = 0; visit < 4; visit += 1) {
    pass(29 * DAY)
    const answer = await browser.call('GET', '/api/session')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).toContain('Max-Age=2592000')
  }
  pass(30 * DAY)
  expect((await browser.call('GET', '/api/session')).status).toBe(401)
})

test('the cookie is out of reach for scripts and other sites, and bound to host and https where there is https', async () => {
  const plain = (await browser.setUp()).headers.get('set-cookie') ?? ''
  expect(plain).toMatch(/^runde=[\w-]{43}; /)
  expect(plain).toContain('HttpOnly')
  expect(plain).toContain('SameSite=Strict')
  expect(plain).not.toContain('Secure')
  const secure = await openTestServer('https://runde.example')
  const header = (await new TestBrowser(secure).setUp()).headers.get('set-cookie') ?? ''
  expect(header).toMatch(/^__Host-runde=[\w-]{43}; /)
  expect(header).toContain('Secure')
  expect(header).toContain('Path=/')
  expect(header).not.toContain('Domain')
  await secure.close()
})

test('the database holds hashes only: neither cookie nor link token is in it', async () => {
  const token = await server.setUpToken()
  await browser.call('POST', '/api/setup', { token, name: 'Erika' })
  const signIn = await server.signInToken()
  const found = await server.store.links.valid('sign_in', server.clock.now)
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(/^[0-9a-f]{64}$/)
  expect(found[0]).not.toContain(signIn)
})

test('tries with links are limited for all together, and go on after a while', async () => {
  const attempt = () => browser.call('POST', '/api/session', { token: 'x' })
  const first = []
  for (let count = 0; count < 10; count += 1) first.push(codeOf(await attempt()))
  expect(new Set(first)).toEqual(new Set(['sign_in_link_invalid']))
  const refused = await attempt()
  expect([refused.status, codeOf(refused), refused.headers.get('retry-after')]).toEqual([
    429,
    'too_many_requests',
    '1',
  ])
  pass(1000)
  expect(codeOf(await attempt())).toBe('sign_in_link_invalid')
})
