// Steps that several tests of accounts share: invite somebody, make a passkey, sign in with it.
import { expect } from 'vitest'
import { TestBrowser, at, type Answer, type TestServer } from '../../testing/test-server.ts'
import type { SoftwareAuthenticator } from './software-authenticator.ts'

/** Where the test servers say they are; passkeys are bound to it. */
export const ORIGIN = 'http://localhost:8080'

/** Somebody who came by an invitation of `organiser`. */
export async function invited(
  server: TestServer,
  organiser: TestBrowser,
  name: string,
  roles: readonly string[],
): Promise<TestBrowser> {
  const { body } = await organiser.call('POST', '/api/invitations', { roles })
  const token = String(at(body, 'link')).split('#')[1]
  const browser = new TestBrowser(server)
  expect((await browser.call('POST', '/api/invitations/accept', { token, name })).status).toBe(200)
  return browser
}

/** Registers the authenticator for whoever is signed in. */
export async function addPasskey(
  browser: TestBrowser,
  authenticator: SoftwareAuthenticator,
): Promise<Answer> {
  const { body } = await browser.call('POST', '/api/account/passkeys/options', {})
  const challenge = String(at(body, 'options', 'challenge'))
  const credential = authenticator.register({ challenge, origin: ORIGIN, rpId: 'localhost' })
  return await browser.call('POST', '/api/account/passkeys', { label: 'Schlüsselbund', credential })
}

/** Signs in with the authenticator, alone or after a password whose answer is `options`. */
export async function signInWithPasskey(
  server: TestServer,
  authenticator: SoftwareAuthenticator,
  options?: Answer,
): Promise<Answer> {
  const browser = new TestBrowser(server)
  const { body } = options ?? (await browser.call('POST', '/api/session/passkey/options', {}))
  const challenge = String(
    at(body, 'secondFactor', 'options', 'challenge') ?? at(body, 'options', 'challenge'),
  )
  const credential = authenticator.assert({ challenge, origin: ORIGIN, rpId: 'localhost' })
  return await browser.call('POST', '/api/session/passkey', { credential })
}
