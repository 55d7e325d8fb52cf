import { inspect } from 'node:util'
import { hide } from '@runde/contract'
import { expect, test } from 'vitest'
import { TestBrowser, at, openTestServer } from '../testing/test-server.ts'

test('no name, title, address, identity, token or meeting id of a whole session reaches the log', async () => {
  const server = await openTestServer()
  const secrets = [
    'Erika Mustermann',
    'Rathaus Kanaria',
    'Haushalt Kanaria',
    'Gast Kanaria',
    '203.0.113.77',
    '2001:db8::77',
  ]
  const headers = { 'x-forwarded-for': '203.0.113.77, 2001:db8::77', forwarded: 'for=203.0.113.77' }
  const browser = new TestBrowser(server)
  const keep = (value: unknown): void => {
    if (typeof value === 'string' && value !== '') secrets.push(value)
  }
  const setUp = await server.setUpToken()
  keep(setUp)
  await browser.call(
    'POST',
    '/api/setup',
    { token: setUp, name: secrets[0], instanceName: secrets[1] },
    headers,
  )
  keep(browser.cookie.split('=')[1])
  const made = await browser.call('POST', '/api/meetings', { title: secrets[2] }, headers)
  const id = String(at(made.body, 'id'))
  keep(id)
  await browser.call('GET', `/api/meetings/${id}/public`, undefined, headers)
  const joined = await browser.call('POST', `/api/meetings/${id}/join`, { name: secrets[3] }, headers)
  keep(at(joined.body, 'token'))
  keep(at(joined.body, 'identity'))
  server.media.failing = true
  await browser.call('POST', `/api/meetings/${id}/join`, { name: secrets[3] }, headers)
  const signIn = await server.signInToken()
  keep(signIn)
  await browser.call('POST', '/api/session', { token: signIn }, headers)
  await browser.call('POST', '/api/session', { token: 'wrong-Kanaria' }, headers)
  server.store.meetings.find = () => Promise.reject(new Error(secrets.join()))
  await browser.call('GET', `/api/meetings/${id}/public`, undefined, headers)
  await browser.call('PATCH', `/api/meetings/${id}`, { title: secrets[2], ended: true }, headers)
  await browser.call('DELETE', `/api/meetings/${id}`, undefined, headers)
  await browser.call('DELETE', '/api/session', undefined, headers)
  await server.close()

  const log = server.lines.join('\n')
  // The session did leave traces: the test would notice if nothing was logged at all.
  for (const event of [
    'set_up',
    'meeting_created',
    'room_not_created',
    'signed_in',
    'request_failed',
    'meeting_deleted',
  ]) {
    expect(log).toContain(`"event":"${event}"`)
  }
  expect(secrets.length).toBe(12)
  for (const secret of secrets) expect(log).not.toContain(secret)
  expect(log).not.toContain('Kanaria')
})

test("a private value is redacted for Node's inspector, at any depth", () => {
  expect(
    inspect({ list: [hide('Erika')], name: hide('Erika') }, { depth: 9, showHidden: true }),
  ).not.toContain('Erika')
})
