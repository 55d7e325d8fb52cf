// Signing in like people do: passkeys with Chromium's virtual authenticator, passwords, a second factor, invitations, revoked sessions.
import { type BrowserPage, findViolations, launchBrowsers } from '@runde/testkit/browser'
import { type RunningServer, startServer } from '@runde/testkit/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setUp } from './support/people.ts'

const PASSWORD = 'vier zufällige Wörter reichen'
const browsers = launchBrowsers()
let server: RunningServer
let anna: BrowserPage
let dora: BrowserPage

beforeAll(async () => {
  server = await startServer()
  anna = await browsers.open('chromium', { passkeys: true })
  dora = await browsers.open('chromium', { passkeys: true, language: 'en-GB' })
})
afterAll(async () => {
  await browsers.close()
  await server[Symbol.asyncDispose]()
})

async function expectNoViolations(page: BrowserPage): Promise<void> {
  expect((await findViolations(page)).map(({ rule, places }) => `${rule}: ${places.join(', ')}`)).toEqual([])
}

async function signOut(page: BrowserPage): Promise<void> {
  await page.evaluate(async () => {
    await fetch('/api/session', { method: 'DELETE' })
  })
  await page.goto(`${server.url}/signin`)
  await page.see('sign-in-ways')
}

test('a passkey is created, and signs in alone', async () => {
  await setUp(anna, server)
  await anna.goto(`${server.url}/desk/account`)
  await anna.see('account-page')
  await anna.fill('passkey-label', 'Schlüsselbund')
  await anna.click('passkey-add')
  expect(await anna.text('passkey-row')).toContain('Schlüsselbund')
  await expectNoViolations(anna)
  await signOut(anna)
  await expectNoViolations(anna)
  await anna.click('sign-in-passkey')
  await anna.see('desk-new')
})

test('a password is set, a wrong one is refused, the right one signs in', async () => {
  await anna.goto(`${server.url}/desk/account`)
  await anna.fill('password-next', 'kurz')
  await anna.click('password-save')
  await anna.seeState('account-error', 'data-error', 'password_short')
  await anna.fill('password-next', PASSWORD)
  await anna.click('password-save')
  await anna.see('password-remove')
  await signOut(anna)
  await anna.fill('sign-in-name', 'anna')
  await anna.fill('sign-in-password', `${PASSWORD}!`)
  await anna.click('sign-in-submit')
  expect(await anna.text('sign-in-error')).toContain('passen nicht zusammen')
  await anna.fill('sign-in-password', PASSWORD)
  await anna.click('sign-in-submit')
  await anna.see('desk-new')
})

test('with the second factor on, the passkey follows the password', async () => {
  await anna.goto(`${server.url}/desk/account`)
  await anna.click('factor-switch')
  expect(await anna.until(async () => (await anna.text('account-factor')).includes('zusätzlich'))).toBe(true)
  await signOut(anna)
  await anna.fill('sign-in-name', 'Anna')
  await anna.fill('sign-in-password', PASSWORD)
  await anna.click('sign-in-submit')
  await anna.see('desk-new')
})

test('an invited data protection officer gets an account with that role only', async () => {
  await anna.goto(`${server.url}/desk/people`)
  await anna.see('people-page')
  await anna.click('invite-make')
  const link = await anna.text('invite-link')
  await expectNoViolations(anna)
  await dora.goto(link)
  await dora.fill('invitation-name', 'Dora')
  await expectNoViolations(dora)
  await dora.click('invitation-submit')
  await dora.see('account-page')
  const answers = await dora.evaluate(async () => [
    (await fetch('/api/dossier')).status,
    (await fetch('/api/meetings')).status,
    (await fetch('/api/people')).status,
  ])
  expect(answers).toEqual([200, 403, 403])
  await dora.goto(link)
  await dora.fill('invitation-name', 'Dora zwei')
  await dora.click('invitation-submit')
  await dora.seeState('error-page', 'data-error', 'invitation_invalid')
})

test('a session that is ended from another browser is gone there', async () => {
  const elsewhere = await browsers.open('chromium', { passkeys: true })
  await dora.goto(`${server.url}/desk/account`)
  await dora.fill('password-next', PASSWORD)
  await dora.click('password-save')
  await dora.see('password-remove')
  await elsewhere.goto(`${server.url}/signin`)
  await elsewhere.fill('sign-in-name', 'Dora')
  await elsewhere.fill('sign-in-password', PASSWORD)
  await elsewhere.click('sign-in-submit')
  await elsewhere.see('dsc-tab-overview')
  await dora.reload()
  await dora.click('session-end')
  await dora.gone('session-end')
  expect(await elsewhere.evaluate(async () => (await fetch('/api/session')).status)).toBe(401)
  await elsewhere.goto(`${server.url}/desk/account`)
  await elsewhere.see('sign-in-ways')
  await elsewhere.close()
})

test('an authority reads the documents with a link, without an account', async () => {
  const link = await anna.evaluate(async () => {
    const response = await fetch('/api/authority-links', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ note: 'Aufsichtsbehörde', days: 7 }),
    })
    return /"link":"([^"]+)"/.exec(await response.text())?.[1] ?? ''
  })
  const authority = await browsers.open('chromium')
  await authority.goto(link)
  await authority.see('document', { timeout: 30_000 })
  expect(await authority.text('authority-page')).toContain('Stand:')
  await expectNoViolations(authority)
  expect(await authority.evaluate(async () => (await fetch('/api/dossier')).status)).toBe(401)
  await authority.goto(`${server.url}/`)
  await authority.goto(`${link.slice(0, -2)}xx`)
  await authority.seeState('error-page', 'data-error', 'authority_link_invalid')
  expect(authority.log.errors).toEqual([])
  await authority.close()
})

test('made mandatory for everybody, the second factor is set up at the next sign-in and nothing else opens before', async () => {
  // Signing in anew: what changes how one signs in wants a fresh session.
  await signOut(anna)
  await anna.click('sign-in-passkey')
  await anna.see('desk-new')
  await anna.goto(`${server.url}/desk/people`)
  await anna.seeState('policy-state', 'data-on', 'false')
  await anna.click('policy-switch')
  expect(await anna.text('policy-changes')).toContain('Technische und organisatorische Maßnahmen')
  await expectNoViolations(anna)
  await anna.click('policy-yes')
  await anna.seeState('policy-state', 'data-on', 'true')
  // Dora was signed in; now she signs in again, with the password alone, because she has no passkey yet.
  await dora.goto(`${server.url}/signin`)
  await dora.fill('sign-in-name', 'Dora')
  await dora.fill('sign-in-password', PASSWORD)
  await dora.click('sign-in-submit')
  await dora.seeState('not-for-you', 'data-why', 'factor')
  await expectNoViolations(dora)
  expect(await dora.evaluate(async () => (await fetch('/api/dossier')).status)).toBe(403)
  await dora.goto(`${server.url}/desk/account`)
  await dora.seeState('factor-all', 'data-owed', 'true')
  await dora.fill('passkey-label', 'Token')
  await dora.click('passkey-add')
  await dora.seeState('factor-all', 'data-owed', 'false')
  await dora.click('menu-dsc')
  await dora.see('dsc-overview')
})

test('nothing went wrong in the pages', () => {
  for (const page of [anna, dora]) {
    expect(page.log.errors).toEqual([])
    // Refusals are answered with an error on purpose, and browsers log that.
    expect(page.log.consoleErrors.filter((line) => !/status of 4\d\d/.test(line))).toEqual([])
  }
})
