// The printed table is the test's only source: what it says is tried out, route by route and role by role.
import { readFileSync } from 'node:fs'
import { ROLES, asEpochMillis, hide, type Role } from '@runde/contract'
import { newOrganiserId } from '@runde/meeting'
import { hashToken } from '@runde/store'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { renderRightsDoc } from './rights-doc.ts'
import { TestBrowser, codeOf, openTestServer, type TestServer } from './testing/test-server.ts'

// One of the routes makes every document in every format.
vi.setConfig({ testTimeout: 60_000 })

// When the table has changed: npx vitest run apps/server/src/rights-doc.test.ts -u
test('docs/rights.md says exactly what the table says', async () => {
  await expect(renderRightsDoc()).toMatchFileSnapshot('../../../docs/rights.md')
})

interface PrintedRow {
  method: string
  path: string
  allowed: readonly boolean[]
}

function printedRows(): PrintedRow[] {
  const page = readFileSync(new URL('../../../docs/rights.md', import.meta.url), 'utf8')
  return page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const [route = '', ...cells] = line.split('|').slice(1)
      const [method = '', path = ''] = /`(.+)`/.exec(route)?.[1]?.split(' ') ?? []
      return { method, path, allowed: cells.slice(0, 4).map((cell) => cell.trim() === 'ja / yes') }
    })
}

let server: TestServer
const browsers: TestBrowser[] = []
beforeAll(async () => {
  server = await openTestServer()
  await new TestBrowser(server).setUp('Chefin')
  browsers.push(new TestBrowser(server))
  for (const role of ROLES) browsers.push(await signedIn(role))
})
afterAll(() => server.close())

/** An account that holds this role only. */
async function signedIn(role: Role): Promise<TestBrowser> {
  const tokenHash = hashToken(hide(role))
  const now = server.clock.now
  const expiresAt = asEpochMillis(now + 1_000_000)
  await server.store.invitations.add({ tokenHash, roles: [role], createdAt: now, expiresAt })
  const account = { id: newOrganiserId(randomBytes), name: role, createdAt: now }
  await server.store.invitations.accept(tokenHash, account)
  const session = hide(`session of ${role}`)
  await server.store.sessions.add({
    tokenHash: hashToken(session),
    organiserId: account.id,
    createdAt: now,
    expiresAt,
  })
  const browser = new TestBrowser(server)
  browser.cookie = `runde=${encodeURIComponent(session.reveal())}`
  return browser
}

test('the printed table is complete', () => {
  const rows = printedRows()
  expect(rows.length).toBeGreaterThanOrEqual(40)
  for (const { allowed } of rows) expect(allowed).toHaveLength(4)
  const routes = new Set(rows.map(({ method, path }) => `${method} ${path}`))
  const built = server.app.routes
    .filter(({ path, method }) => path.startsWith('/api/') && method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`)
  expect([...new Set(built)].sort()).toEqual([...routes].sort())
})

/** What a refusal by the table looks like; an allowed call may fail for any other reason: its body is empty. */
const REFUSED = ['not_signed_in', 'not_allowed']

test.each(printedRows())('$method $path: $allowed', async ({ method, path, allowed }) => {
  for (const [index, browser] of browsers.entries()) {
    // Time for the limits of guessing to recover; all sessions and the clock's day stay.
    server.clock.now = asEpochMillis(server.clock.now + 1000)
    const kept = browser.cookie
    const body = method === 'GET' ? undefined : {}
    const answer = await browser.call(method, path.replace(/:\w+/g, 'x'), body)
    browser.cookie = kept
    const refused = REFUSED.includes(String(codeOf(answer)))
    const expected = index === 0 ? [401, 'not_signed_in'] : [403, 'not_allowed']
    expect(refused ? [answer.status, codeOf(answer)] : 'allowed').toEqual(
      allowed[index] === true ? 'allowed' : expected,
    )
    expect([405, 500]).not.toContain(answer.status)
    await restore()
  }
})

/** Signing out and ending sessions are among the calls: who was signed in is signed in again. */
async function restore(): Promise<void> {
  for (const [index, role] of ROLES.entries()) {
    const account = await server.store.organisers.findByName(role)
    const tokenHash = hashToken(hide(`session of ${role}`))
    if (account === undefined || browsers[index + 1] === undefined) throw new Error('an account is gone')
    if ((await server.store.sessions.find(tokenHash, server.clock.now)) !== undefined) continue
    const expiresAt = asEpochMillis(server.clock.now + 1_000_000)
    await server.store.sessions.add({
      tokenHash,
      organiserId: account.id,
      createdAt: server.clock.now,
      expiresAt,
    })
  }
}

test('a route that is not in the table answers nobody', async () => {
  for (const browser of browsers) {
    expect(codeOf(await browser.call('GET', '/api/everything'))).toBe('not_found')
    expect(codeOf(await browser.call('PUT', '/api/instance', {}))).toBe('method_not_allowed')
  }
})
