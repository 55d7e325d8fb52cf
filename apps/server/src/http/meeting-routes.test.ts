import { MeetingList } from '@runde/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { TestBrowser, at, codeOf, openTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let browser: TestBrowser
beforeEach(async () => {
  server = await openTestServer('https://runde.example')
  browser = new TestBrowser(server)
  await browser.setUp()
})
afterEach(() => server.close())

async function create(title = 'Haushalt 2027'): Promise<string> {
  return String(at((await browser.call('POST', '/api/meetings', { title })).body, 'id'))
}

test('creates a meeting and lists it with its link and how many are in it', async () => {
  const made = await browser.call('POST', '/api/meetings', { title: '  Haushalt 2027 ' })
  expect(made.status).toBe(201)
  const id = String(at(made.body, 'id'))
  expect(made.body).toEqual({
    id,
    title: 'Haushalt 2027',
    createdAt: '2023-11-14T22:13:20.000Z',
    endedAt: null,
    link: `https://runde.example/${id}`,
    participants: 0,
  })
  server.media.rooms.set(id, 3)
  const list = MeetingList.parse((await browser.call('GET', '/api/meetings')).body)
  expect(list.meetings.map((meeting) => [meeting.id, meeting.participants])).toEqual([[id, 3]])
})

test('renames, ends and opens a meeting again; ending sends everybody out', async () => {
  const id = await create()
  server.media.rooms.set(id, 2)
  const renamed = await browser.call('PATCH', `/api/meetings/${id}`, { title: 'Neu' })
  expect([renamed.status, at(renamed.body, 'title')]).toEqual([200, 'Neu'])
  expect(server.media.rooms.has(id)).toBe(true)
  const ended = await browser.call('PATCH', `/api/meetings/${id}`, { ended: true })
  expect(at(ended.body, 'endedAt')).toBe('2023-11-14T22:13:20.000Z')
  expect(server.media.rooms.has(id)).toBe(false)
  expect(codeOf(await browser.call('POST', `/api/meetings/${id}/join`, {}))).toBe('meeting_ended')
  const opened = await browser.call('PATCH', `/api/meetings/${id}`, { ended: false })
  expect(at(opened.body, 'endedAt')).toBeNull()
  expect((await browser.call('POST', `/api/meetings/${id}/join`, {})).status).toBe(200)
})

test('deletes a meeting and its room', async () => {
  const id = await create()
  server.media.rooms.set(id, 2)
  expect((await browser.call('DELETE', `/api/meetings/${id}`)).status).toBe(204)
  expect(server.media.rooms.has(id)).toBe(false)
  expect((await browser.call('GET', '/api/meetings')).body).toEqual({ meetings: [] })
  expect(codeOf(await browser.call('DELETE', `/api/meetings/${id}`))).toBe('meeting_not_found')
})

test.each([
  [{ title: '' }, 422, 'title_missing'],
  [{ title: 'x'.repeat(121) }, 422, 'title_too_long'],
  [{ title: 'a\nb' }, 422, 'title_not_allowed'],
  [{}, 400, 'bad_request'],
  [{ title: 'x', colour: 'red' }, 400, 'bad_request'],
  [{ title: 7 }, 400, 'bad_request'],
  ['{"title":', 400, 'bad_request'],
  ['[]', 400, 'bad_request'],
])('refuses to create a meeting from %j', async (body, status, code) => {
  const answer = await browser.call('POST', '/api/meetings', body)
  expect([answer.status, codeOf(answer)]).toEqual([status, code])
  expect((await browser.call('GET', '/api/meetings')).body).toEqual({ meetings: [] })
})

test.each([
  ['GET', '/api/meetings', undefined],
  ['POST', '/api/meetings', { title: 'x' }],
  ['PATCH', '/api/meetings/abc-defg-hjk', { title: 'x' }],
  ['DELETE', '/api/meetings/abc-defg-hjk', undefined],
])('%s %s is for those who are signed in', async (method, path, body) => {
  for (const cookie of ['', '__Host-runde=x', `runde=${browser.cookie.split('=')[1]}`]) {
    const stranger = new TestBrowser(server)
    stranger.cookie = cookie
    const answer = await stranger.call(method, path, body)
    expect([answer.status, codeOf(answer)]).toEqual([401, 'not_signed_in'])
  }
})

test.each(['abc', '..%2f..%2fetc', 'abc-defg-hjk', '%00'])('there is no meeting %j', async (id) => {
  for (const [method, path, body] of [
    ['PATCH', `/api/meetings/${id}`, { title: 'x' }],
    ['DELETE', `/api/meetings/${id}`, undefined],
    ['GET', `/api/meetings/${id}/public`, undefined],
    ['POST', `/api/meetings/${id}/join`, {}],
  ] as const) {
    const answer = await browser.call(method, path, body)
    expect([answer.status, codeOf(answer)]).toEqual([404, 'meeting_not_found'])
  }
})
