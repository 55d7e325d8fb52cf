import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { KEY_PAIR, TestBrowser, at, codeOf, openTestServer, type TestServer } from '../testing/test-server.ts'
import { JOIN_TOKEN_SECONDS } from './join-routes.ts'

let server: TestServer
let guest: TestBrowser
let id: string
beforeEach(async () => {
  server = await openTestServer()
  const browser = new TestBrowser(server)
  await browser.setUp()
  id = String(at((await browser.call('POST', '/api/meetings', { title: 'Haushalt' })).body, 'id'))
  guest = new TestBrowser(server)
})
afterEach(() => server.close())

function claimsOf(token: string): unknown {
  const [header = '', payload = '', signature] = token.split('.')
  const secret = KEY_PAIR.secret.reveal()
  expect(createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url')).toBe(signature)
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
}

test('shows title and number of participants to everybody who has the link', async () => {
  server.media.rooms.set(id, 4)
  const answer = await guest.call('GET', `/api/meetings/${id}/public`)
  expect(answer.body).toEqual({ id, title: 'Haushalt', participants: 4 })
})

test('admits a guest with a token for this room, ten minutes long', async () => {
  const answer = await guest.call('POST', `/api/meetings/${id}/join`, { name: ' Erika ' })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(at(answer.body, 'livekitPath')).toBe('/')
  const seconds = server.clock.now / 1000
  expect(claimsOf(String(at(answer.body, 'token')))).toEqual({
    iss: KEY_PAIR.key,
    sub: at(answer.body, 'identity'),
    name: 'Erika',
    iat: seconds,
    nbf: seconds,
    exp: seconds + JOIN_TOKEN_SECONDS,
    video: {
      room: id,
      roomJoin: true,
      canPublish: true,
      canSubscribe: true,
      canPublishData: true,
      canUpdateOwnMetadata: false,
    },
  })
  expect(server.media.rooms.has(id)).toBe(true)
})

test('the name is optional, and every join has an identity of its own', async () => {
  const identities = new Set<unknown>()
  for (const body of [{}, { name: '' }, { name: 'Erika' }, { name: 'Erika' }]) {
    const answer = await guest.call('POST', `/api/meetings/${id}/join`, body)
    identities.add(at(answer.body, 'identity'))
    expect(at(claimsOf(String(at(answer.body, 'token'))), 'name')).toBe(
      body.name === 'Erika' ? 'Erika' : undefined,
    )
  }
  expect(identities.size).toBe(4)
})

test('the id may be typed in capitals', async () => {
  expect((await guest.call('POST', `/api/meetings/${id.toUpperCase()}/join`, {})).status).toBe(200)
})

test('a bad name is refused with its field', async () => {
  const answer = await guest.call('POST', `/api/meetings/${id}/join`, { name: 'x'.repeat(65) })
  expect([answer.status, codeOf(answer), at(answer.body, 'error', 'field')]).toEqual([
    422,
    'name_too_long',
    'name',
  ])
})

test('when the media server has no room to give, people get a sentence and the log no room name', async () => {
  server.media.failing = true
  const answer = await guest.call('POST', `/api/meetings/${id}/join`, {})
  expect(codeOf(answer)).toBe('media_unavailable')
  expect(server.lines.join('\n')).toContain('room_not_created')
  expect(server.lines.join('\n')).not.toContain(id)
})

test('a flood of joins is slowed down', async () => {
  const codes = []
  for (let count = 0; count < 401; count += 1)
    codes.push((await guest.call('POST', `/api/meetings/${id}/join`, {})).status)
  expect(codes.slice(0, 400).every((status) => status === 200)).toBe(true)
  expect(codes[400]).toBe(429)
})
