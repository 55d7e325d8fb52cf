import { randomBytes } from 'node:crypto'
import { asEpochMillis, hide } from '@runde/contract'
import { hashToken } from '@runde/store'
import { makeSignInLink } from '../one-time-links.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  TestBrowser,
  at,
  codeOf,
  openTestServer,
  type Answer,
  type TestServer,
} from '../testing/test-server.ts'
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

test('an invitation makes one account with its roles, once, within seven days', async () => {
  const made = await erika.call('POST', '/api/invitations', { roles: ['operator', 'dpo', 'dpo'] })
  expect(made.status).toBe(201)
  expect(at(made.body, 'link')).toMatch(/^http:\/\/localhost:8080\/invitation#[\w-]{43}$/)
  const token = String(at(made.body, 'link')).split('#')[1]
  const guest = new TestBrowser(server)
  const accept = (name: string): Promise<Answer> =>
    guest.call('POST', '/api/invitations/accept', { token, name })
  expect(codeOf(await accept('ERIKA  mustermann'))).toBe('name_taken')
  expect((await accept('Max Muster')).body).toEqual({
    organiser: { name: 'Max Muster', roles: ['dpo', 'operator'] },
  })
  expect(codeOf(await accept('Noch einer'))).toBe('invitation_invalid')
  const late = await erika.call('POST', '/api/invitations', { roles: ['dpo'] })
  pass(7 * 86_400_000)
  const answer = await guest.call('POST', '/api/invitations/accept', {
    token: String(at(late.body, 'link')).split('#')[1],
    name: 'Zu spät',
  })
  expect(codeOf(answer)).toBe('invitation_invalid')
})

test('an organiser sees everybody, changes roles and deletes accounts; the last organiser stays', async () => {
  // The list is in the order of making.
  pass(1000)
  const max = await invited(server, erika, 'Max', ['organiser'])
  await max.call('POST', '/api/meetings', { title: 'Von Max' })
  const { body } = await erika.call('GET', '/api/people')
  const people = at(body, 'people')
  const ids = Array.isArray(people) ? people.map((one) => String(at(one, 'id'))) : []
  expect(ids).toHaveLength(2)
  const [erikaId, maxId] = ids
  expect(codeOf(await erika.call('PATCH', `/api/people/${maxId}`, { roles: [] }))).toBe('roles_missing')
  expect((await erika.call('PATCH', `/api/people/${maxId}`, { roles: ['dpo'] })).status).toBe(204)
  expect(codeOf(await max.call('GET', '/api/meetings'))).toBe('not_allowed')
  expect(codeOf(await erika.call('PATCH', `/api/people/${erikaId}`, { roles: ['dpo'] }))).toBe(
    'last_organiser',
  )
  expect(codeOf(await erika.call('DELETE', `/api/people/${erikaId}`))).toBe('not_allowed')
  expect((await erika.call('DELETE', `/api/people/${maxId}`)).status).toBe(204)
  expect((await max.call('GET', '/api/session')).status).toBe(401)
  expect(at((await erika.call('GET', '/api/meetings')).body, 'meetings', '0', 'title')).toBe('Von Max')
  expect(codeOf(await erika.call('DELETE', `/api/people/${maxId}`))).toBe('not_found')
  expect(await server.store.deletions.list()).toMatchObject([{ class: 'accounts', entries: 1 }])
  expect(await server.store.deletions.intact()).toBe(true)
})

test('a withdrawn invitation opens nothing', async () => {
  const made = await erika.call('POST', '/api/invitations', { roles: ['dpo'] })
  const id = at((await erika.call('GET', '/api/people')).body, 'invitations', '0', 'id')
  expect((await erika.call('DELETE', `/api/invitations/${String(id)}`)).status).toBe(204)
  const token = String(at(made.body, 'link')).split('#')[1]
  const answer = await new TestBrowser(server).call('POST', '/api/invitations/accept', { token, name: 'X' })
  expect(codeOf(answer)).toBe('invitation_invalid')
})

test('a password signs in, however the name is spelt, and ends all other sessions when it is set', async () => {
  const other = new TestBrowser(server)
  await other.call('POST', '/api/session', { token: await server.signInToken() })
  expect(codeOf(await erika.call('PUT', '/api/account/password', { password: 'kurz' }))).toBe(
    'password_short',
  )
  expect(codeOf(await erika.call('PUT', '/api/account/password', { password: 'erika mustermann' }))).toBe(
    'password_is_name',
  )
  expect((await erika.call('PUT', '/api/account/password', { password: PASSWORD })).status).toBe(204)
  expect((await other.call('GET', '/api/session')).status).toBe(401)
  expect((await erika.call('GET', '/api/session')).status).toBe(200)
  const decomposed = PASSWORD.normalize('NFD')
  expect((await signIn(' erika  MUSTERMANN ', decomposed)).status).toBe(200)
  const wrong = await signIn('Erika Mustermann', `${PASSWORD}!`)
  const unknown = await signIn('Niemand', PASSWORD)
  expect([wrong.status, codeOf(wrong)]).toEqual([401, 'sign_in_failed'])
  expect(unknown.body).toEqual(wrong.body)
})

test('a password is changed only with the present one, and removed', async () => {
  const set = (password: string, current?: string): Promise<Answer> =>
    erika.call('PUT', '/api/account/password', { password, ...(current === undefined ? {} : { current }) })
  await set(PASSWORD)
  const next = 'ganz andere Wörter hier'
  expect(codeOf(await set(next))).toBe('password_wrong')
  expect(codeOf(await set(next, 'falsch falsch'))).toBe('password_wrong')
  expect((await set(next, PASSWORD)).status).toBe(204)
  expect((await erika.call('DELETE', '/api/account/password')).status).toBe(204)
  expect(codeOf(await signIn('Erika Mustermann', next))).toBe('sign_in_failed')
})

test('a session older than a quarter of an hour changes nothing about signing in', async () => {
  pass(15 * MINUTE + 1)
  for (const [method, path, body] of [
    ['PUT', '/api/account/password', { password: PASSWORD }],
    ['DELETE', '/api/account/password', undefined],
    ['PUT', '/api/account/second-factor', { on: false }],
    ['POST', '/api/account/passkeys/options', {}],
    ['POST', '/api/account/passkeys', {}],
    ['DELETE', '/api/account/passkeys/x', undefined],
  ] as const)
    expect(codeOf(await erika.call(method, path, body))).toBe('sign_in_again')
})

test('a passkey alone signs in, without a name', async () => {
  const authenticator = new SoftwareAuthenticator()
  expect((await addPasskey(erika, authenticator)).status).toBe(201)
  expect(codeOf(await addPasskey(erika, authenticator))).toBe('passkey_known')
  expect((await signInWithPasskey(server, authenticator)).body).toMatchObject({
    organiser: { name: 'Erika Mustermann' },
  })
  const account = await erika.call('GET', '/api/account')
  expect(at(account.body, 'passkeys', '0')).toMatchObject({ label: 'Schlüsselbund', usedOn: '2023-11-14' })
})

test('a challenge works once, for five minutes, and only for what it was made for', async () => {
  const authenticator = new SoftwareAuthenticator()
  await addPasskey(erika, authenticator)
  const options = await erika.call('POST', '/api/session/passkey/options', {})
  expect((await signInWithPasskey(server, authenticator, options)).status).toBe(200)
  expect(codeOf(await signInWithPasskey(server, authenticator, options))).toBe('passkey_refused')
  const old = await erika.call('POST', '/api/session/passkey/options', {})
  pass(5 * MINUTE)
  expect(codeOf(await signInWithPasskey(server, authenticator, old))).toBe('passkey_refused')
  const register = await erika.call('POST', '/api/account/passkeys/options', {})
  expect(codeOf(await signInWithPasskey(server, authenticator, register))).toBe('passkey_refused')
  expect(codeOf(await signInWithPasskey(server, new SoftwareAuthenticator()))).toBe('passkey_refused')
})

test('with the second factor on, the password alone opens nothing, and a passkey of another account neither', async () => {
  const own = new SoftwareAuthenticator()
  const foreign = new SoftwareAuthenticator('EdDSA')
  expect(codeOf(await erika.call('PUT', '/api/account/second-factor', { on: true }))).toBe(
    'second_factor_unready',
  )
  await erika.call('PUT', '/api/account/password', { password: PASSWORD })
  await addPasskey(erika, own)
  const max = await invited(server, erika, 'Max', ['dpo'])
  expect((await addPasskey(max, foreign)).status).toBe(201)
  expect((await erika.call('PUT', '/api/account/second-factor', { on: true })).status).toBe(204)

  const first = await signIn('Erika Mustermann', PASSWORD)
  expect(first.headers.get('set-cookie')).toBeNull()
  expect(at(first.body, 'secondFactor', 'options', 'allowCredentials')).toHaveLength(1)
  expect(codeOf(await signInWithPasskey(server, foreign, first))).toBe('passkey_refused')
  const second = await signIn('Erika Mustermann', PASSWORD)
  expect((await signInWithPasskey(server, own, second)).body).toMatchObject({
    organiser: { name: 'Erika Mustermann' },
  })
  // The foreign passkey still opens the account it belongs to, and that one only.
  expect((await signInWithPasskey(server, foreign)).body).toMatchObject({ organiser: { name: 'Max' } })
})

test('somebody else cannot remove a passkey, and without one there is no second factor', async () => {
  const own = new SoftwareAuthenticator()
  await erika.call('PUT', '/api/account/password', { password: PASSWORD })
  await addPasskey(erika, own)
  await erika.call('PUT', '/api/account/second-factor', { on: true })
  const id = own.id.toString('base64url')
  const max = await invited(server, erika, 'Max', ['organiser'])
  expect(codeOf(await max.call('DELETE', `/api/account/passkeys/${id}`))).toBe('not_found')
  expect((await erika.call('DELETE', `/api/account/passkeys/${id}`)).status).toBe(204)
  expect((await signIn('Erika Mustermann', PASSWORD)).status).toBe(200)
  expect(codeOf(await signInWithPasskey(server, own))).toBe('passkey_refused')
})

test('a copied passkey is noticed by its counter', async () => {
  const authenticator = new SoftwareAuthenticator()
  await addPasskey(erika, authenticator)
  const attempt = async (signCount: number): Promise<unknown> => {
    const { body } = await erika.call('POST', '/api/session/passkey/options', {})
    const challenge = String(at(body, 'options', 'challenge'))
    const credential = authenticator.assert({ challenge, origin: ORIGIN, rpId: 'localhost', signCount })
    return (await new TestBrowser(server).call('POST', '/api/session/passkey', { credential })).status
  }
  expect(await attempt(7)).toBe(200)
  expect(await attempt(7)).toBe(403)
  expect(await attempt(8)).toBe(200)
})

test('a stolen cookie opens nothing once its session is revoked', async () => {
  const thief = new TestBrowser(server)
  await thief.call('POST', '/api/session', { token: await server.signInToken() })
  const stolen = thief.cookie
  const sessions = at((await erika.call('GET', '/api/account')).body, 'sessions')
  const listed = Array.isArray(sessions) ? sessions : []
  expect(listed).toHaveLength(2)
  const foreign = listed.find((one) => at(one, 'current') === false)
  expect(Object.keys(foreign).sort()).toEqual(['createdAt', 'current', 'id', 'usedOn'])
  expect((await erika.call('DELETE', `/api/account/sessions/${String(at(foreign, 'id'))}`)).status).toBe(204)
  for (const path of ['/api/session', '/api/account', '/api/meetings', '/api/people', '/api/dossier']) {
    thief.cookie = stolen
    expect(codeOf(await thief.call('GET', path))).toBe('not_signed_in')
  }
  expect(
    await server.store.sessions.find(hashToken(hide(stolen.split('=')[1] ?? '')), server.clock.now),
  ).toBe(undefined)
})

test('nobody ends a session of somebody else', async () => {
  const max = await invited(server, erika, 'Max', ['organiser'])
  const id = String(at((await erika.call('GET', '/api/account')).body, 'sessions', '0', 'id'))
  expect(codeOf(await max.call('DELETE', `/api/account/sessions/${id}`))).toBe('not_found')
  expect((await max.call('DELETE', '/api/account/sessions')).status).toBe(204)
  expect((await erika.call('GET', '/api/session')).status).toBe(200)
})

test('the day of the last use moves with the day, and holds no time', async () => {
  for (const day of ['2023-11-14', '2023-11-15', '2023-11-16']) {
    const { body } = await erika.call('GET', '/api/account')
    expect(at(body, 'sessions', '0', 'usedOn')).toBe(day)
    pass(86_400_000)
  }
})

test('ten thousand wrong passwords: about thirty are looked at, and passkey and link stay open', async () => {
  const authenticator = new SoftwareAuthenticator()
  await addPasskey(erika, authenticator)
  // A hash that costs next to nothing: this test counts how many are looked at.
  const { id } = (await server.store.organisers.findByName('Erika Mustermann')) ?? {}
  if (id === undefined) throw new Error('no account')
  const hash = hide('$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA')
  await server.store.passwords.set(id, { hash, changedAt: server.clock.now })
  const codes = new Map<unknown, number>()
  for (let count = 0; count < 10_000; count += 1) {
    const code = codeOf(await signIn('Erika Mustermann', `falsch ${count}`))
    codes.set(code, (codes.get(code) ?? 0) + 1)
    pass(1000)
  }
  expect(new Set(codes.keys())).toEqual(new Set(['sign_in_failed', 'too_many_requests']))
  expect(codes.get('sign_in_failed')).toBeLessThanOrEqual(30)
  expect((await signInWithPasskey(server, authenticator)).status).toBe(200)
  const link = await new TestBrowser(server).call('POST', '/api/session', {
    token: await server.signInToken(),
  })
  expect(link.status).toBe(200)
  const refused = await signIn('Erika Mustermann', 'falsch')
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true])
  // Another account is not slowed down by it.
  expect(codeOf(await signIn('Max', 'falsch falsch'))).toBe('sign_in_failed')
})

test('nothing about passwords, passkeys or invitations reaches the log', async () => {
  const authenticator = new SoftwareAuthenticator()
  await erika.call('PUT', '/api/account/password', { password: PASSWORD })
  await addPasskey(erika, authenticator)
  await invited(server, erika, 'Max Kanaria', ['dpo'])
  await signIn('Erika Mustermann', PASSWORD)
  await signInWithPasskey(server, authenticator)
  const log = server.lines.join('\n')
  expect(log).toContain('"event":"account_made"')
  const id = authenticator.id.toString('base64url')
  for (const secret of ['Kanaria', 'Erika', PASSWORD, 'argon2', id, 'Schlüsselbund'])
    expect(log).not.toContain(secret)
})

test('a link from the console is for the account that is named, and for nobody when there is none', async () => {
  const max = await invited(server, erika, 'Max Muster', ['dpo'])
  expect((await max.call('DELETE', '/api/session')).status).toBe(204)
  const maker = {
    store: server.store,
    publicUrl: ORIGIN,
    now: server.clock.now,
    random: (count: number) => randomBytes(count),
  }
  expect(await makeSignInLink(maker, 'Niemand')).toBeUndefined()
  const token = (await makeSignInLink(maker, 'max MUSTER'))?.reveal().split('#')[1]
  expect((await max.call('POST', '/api/session', { token })).body).toEqual({
    organiser: { name: 'Max Muster', roles: ['dpo'] },
  })
})
