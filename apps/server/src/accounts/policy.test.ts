// The second factor as a rule for everybody: enforced at signing in, nobody locked out, told in the documents.
import { asEpochMillis } from '@runde/contract'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { TestBrowser, codeOf, openTestServer, type Answer, type TestServer } from '../testing/test-server.ts'
import { ORIGIN, addPasskey, invited, signInWithPasskey } from './testing/account-steps.ts'
import { SoftwareAuthenticator } from './testing/software-authenticator.ts'

const PASSWORD = 'vier zufällige Wörter'
const MINUTE = 60_000

// Each password takes some tenths of a second of a core that nobody else uses, and these are often used by others.
vi.setConfig({ testTimeout: 60_000 })

let server: TestServer
let erika: TestBrowser
beforeEach(async () => {
  server = await openTestServer(ORIGIN)
  erika = new TestBrowser(server)
  await erika.setUp('Erika Mustermann')
})
afterEach(() => server.close())

function pass(milliseconds: number): void {
  server.clock.now = asEpochMillis(server.clock.now + milliseconds)
}

const signIn = (name: string, password: string): Promise<Answer> =>
  new TestBrowser(server).call('POST', '/api/session/password', { name, password })

test('where everybody needs a second factor, an account without one may set it up and nothing else', async () => {
  const own = new SoftwareAuthenticator()
  const policy = (secondFactorForAll: boolean): Promise<Answer> =>
    erika.call('PUT', '/api/account-policy', { secondFactorForAll })
  // Whoever switches it on cannot lock themselves out.
  expect(codeOf(await policy(true))).toBe('second_factor_first')
  await addPasskey(erika, own)
  const max = await invited(server, erika, 'Max', ['organiser', 'dpo'])
  await max.call('PUT', '/api/account/password', { password: PASSWORD })
  expect((await erika.call('GET', '/api/account-policy')).body).toEqual({
    secondFactorForAll: false,
    accounts: 2,
    withPasskey: 1,
  })
  expect((await policy(true)).status).toBe(204)
  expect((await erika.call('GET', '/api/meetings')).status).toBe(200)
  // Everybody else signs in anew.
  expect((await max.call('GET', '/api/session')).status).toBe(401)

  const again = await max.call('POST', '/api/session/password', { name: 'Max', password: PASSWORD })
  expect(again.status).toBe(200)
  expect((await max.call('GET', '/api/session')).body).toMatchObject({ factorOwed: true })
  for (const path of [
    '/api/meetings',
    '/api/people',
    '/api/dossier',
    '/api/approvals',
    '/api/account-policy',
  ])
    expect(codeOf(await max.call('GET', path))).toBe('second_factor_owed')
  const passkey = new SoftwareAuthenticator('EdDSA')
  expect((await addPasskey(max, passkey)).status).toBe(201)
  expect((await max.call('GET', '/api/meetings')).status).toBe(200)
  // From now on the password alone opens nothing, though the account never asked for that itself.
  const first = await signIn('Max', PASSWORD)
  expect(first.headers.get('set-cookie')).toBeNull()
  expect((await signInWithPasskey(server, passkey, first)).status).toBe(200)
  expect((await signInWithPasskey(server, own)).status).toBe(200)
})

test('where everybody needs a second factor, the last passkey stays, and a link from the console is the way back', async () => {
  const own = new SoftwareAuthenticator()
  await addPasskey(erika, own)
  await erika.call('PUT', '/api/account-policy', { secondFactorForAll: true })
  const id = own.id.toString('base64url')
  expect(codeOf(await erika.call('DELETE', `/api/account/passkeys/${id}`))).toBe('last_passkey')
  const lost = new TestBrowser(server)
  expect((await lost.call('POST', '/api/session', { token: await server.signInToken() })).status).toBe(200)
  expect((await addPasskey(lost, new SoftwareAuthenticator())).status).toBe(201)
  expect((await lost.call('DELETE', `/api/account/passkeys/${id}`)).status).toBe(204)
  expect((await lost.call('PUT', '/api/account-policy', { secondFactorForAll: false })).status).toBe(204)
})

test('whether everybody needs a second factor is a sentence of the measures', async () => {
  const said = async (): Promise<string> =>
    JSON.stringify((await erika.call('GET', '/api/dossier/documents/measures')).body)
  expect(await said()).toContain('kann ein zweiter Faktor benutzt werden')
  await addPasskey(erika, new SoftwareAuthenticator())
  await erika.call('PUT', '/api/account-policy', { secondFactorForAll: true })
  pass(10_000)
  expect(await said()).toContain('von jedem Konto einen zweiten Faktor')
})

test('only an organiser with a fresh session decides what holds for all', async () => {
  const dora = await invited(server, erika, 'Dora', ['dpo', 'operator'])
  expect(codeOf(await dora.call('PUT', '/api/account-policy', { secondFactorForAll: true }))).toBe(
    'not_allowed',
  )
  pass(15 * MINUTE + 1)
  expect(codeOf(await erika.call('PUT', '/api/account-policy', { secondFactorForAll: true }))).toBe(
    'sign_in_again',
  )
})
