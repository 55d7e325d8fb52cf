// The approval workflow as people live it: a data protection officer comments and approves, an answer changes, the document says so;
// the bundle and its hashes, reading links, the banner of a diagnosis. The officer works in Firefox, the organiser in Chromium.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { type BrowserPage, catchDownload, focusIsOn, launchBrowsers } from '@runde/testkit/browser'
import { type RunningServer, startServer } from '@runde/testkit/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { approveAll, checkBundle, unblocked } from './support/approvals.ts'
import { stateFacts, tabTo } from './support/interview.ts'
import { createMeeting, setUp } from './support/people.ts'

const MAIN = join(import.meta.dirname, '../apps/server/src/cli/main.ts')

const browsers = launchBrowsers()
let server: RunningServer
let anna: BrowserPage
let dora: BrowserPage
/** A document that nothing blocks, also without TLS. */
let document = ''

beforeAll(async () => {
  server = await startServer()
  anna = await browsers.open('chromium')
  dora = await browsers.open('firefox')
  await setUp(anna, server)
  await stateFacts(anna, 'association')
  document = await unblocked(anna)
})
afterAll(async () => {
  await browsers.close()
  await server[Symbol.asyncDispose]()
})

const open = async (page: BrowserPage, path: string, testId: string): Promise<void> => {
  // A fragment alone does not load the page again.
  await page.goto(`${server.url}/there/is/nothing`)
  await page.goto(`${server.url}${path}`)
  await page.see(testId)
}
const approval = (): string => `/desk/dsc/approvals/${document}`

describe('the data protection officer', () => {
  test('is invited, and sees a menu in which everything opens', async () => {
    await open(anna, '/desk/people', 'people-page')
    for (const entry of ['menu-desk', 'menu-dsc', 'menu-people']) await anna.see(entry)
    await anna.click('invite-make')
    await dora.goto(await anna.text('invite-link'))
    await dora.fill('invitation-name', 'Dora')
    await dora.click('invitation-submit')
    await dora.see('account-page')
    await dora.see('menu-dsc')
    for (const entry of ['menu-desk', 'menu-people']) expect(await dora.count(entry)).toBe(0)
    // The address everybody knows leads to what is theirs; one that is not says so.
    await open(dora, '/desk', 'dsc-overview')
    for (const tab of ['overview', 'interview', 'providers', 'proofs', 'approvals', 'incidents'])
      await dora.see(`dsc-tab-${tab}`)
    await open(dora, '/desk/people', 'not-for-you')
    expect(dora.log.consoleErrors.filter((line) => line.includes('403'))).toEqual([])
  })

  test('an operator sees documents and proofs, and no tab that would refuse', async () => {
    await open(anna, '/desk/people', 'people-page')
    await anna.click('invite-role-dpo')
    await anna.click('invite-role-operator')
    await anna.click('invite-make')
    const otto = await browsers.open('chromium')
    await otto.goto(await anna.text('invite-link'))
    await otto.fill('invitation-name', 'Otto')
    await otto.click('invitation-submit')
    await otto.see('account-page')
    await open(otto, '/desk/dsc', 'dsc-overview')
    for (const tab of ['overview', 'proofs']) await otto.see(`dsc-tab-${tab}`)
    for (const tab of ['interview', 'providers', 'approvals', 'incidents'])
      expect(await otto.count(`dsc-tab-${tab}`)).toBe(0)
    await open(otto, `/desk/dsc/documents/${document}`, 'document')
    await open(otto, approval(), 'not-for-you')
    expect(otto.log.consoleErrors).toEqual([])
    await otto.close()
  })

  test('comments, is answered, settles, and approves', async () => {
    await open(dora, approval(), 'approval-page')
    await dora.seeState('approval-page', 'data-state', 'none')
    await dora.fill('comment-text', 'Stimmt die Frist?\nBitte prüfen.')
    await dora.click('comment-send')
    await dora.see('thread')
    await dora.see('approve-open')
    await open(anna, approval(), 'thread')
    await anna.click('thread-answer')
    await anna.fill('answer-text', 'Ja, drei Jahre.')
    await anna.click('answer-send')
    await anna.until(async () => (await anna.count('comment-said')) === 2)
    // Only one's own can be deleted.
    expect(await anna.count('comment-remove')).toBe(1)
    await open(dora, approval(), 'thread')
    expect(await dora.text('thread')).toContain('Ja, drei Jahre.')
    await dora.click('thread-settle')
    await dora.see('comments-settled')
    await dora.gone('approve-open')
    await dora.click('approve-submit')
    await dora.seeState('approval-page', 'data-state', 'current')
    const editions = await dora.text('editions')
    expect(editions).toContain('von Dora (Datenschutz)')
    expect(editions).toMatch(/[0-9a-f]{64}/)
    await dora.seeState('chain', 'data-broken', 'none')
    await dora.click('edition-see')
    await dora.see('snapshot')
    expect(await dora.text('snapshot')).toContain('Eingefrorene Fassung')
  })
})

describe('an answer that changes approved documents', () => {
  test('is held back until somebody has seen which, with the keyboard alone', async () => {
    expect((await approveAll(anna)).length).toBeGreaterThan(3)
    await open(anna, '/desk/dsc/interview#org.name', 'answer')
    const before = await anna.text('answer')
    await anna.fill('answer', 'Ganz anders e. V.')
    await anna.press('Enter')
    await anna.see('look-ahead')
    expect(await anna.text('look-ahead')).toMatch(/ändert \d+ freigegebene Unterlagen/)
    expect(await anna.until(async () => await focusIsOn(anna, '#look-ahead'))).toBe(true)
    await tabTo(anna, 'look-ahead-keep')
    await anna.press('Enter')
    await anna.gone('look-ahead')
    await anna.seeState('question', 'data-fact', 'org.name')
    expect(await anna.text('answer')).toBe(before)
    await anna.fill('answer', 'Ganz anders e. V.')
    await anna.press('Enter')
    await anna.see('look-ahead')
    await tabTo(anna, 'look-ahead-save')
    await anna.press('Enter')
    await anna.until(async () => !(await anna.attributes('question', 'data-fact')).includes('org.name'))
  })

  test('makes them stale, with the difference sentence by sentence and its reason', async () => {
    await open(anna, '/desk/dsc', 'dsc-see-change')
    await open(anna, `/desk/dsc/documents/${document}`, 'doc-stale')
    await open(dora, approval(), 'differences')
    await dora.seeState('approval-page', 'data-state', 'stale')
    const changed = await dora.text('differences')
    expect(changed).toContain('Ganz anders e. V.')
    expect(changed).toContain('Grund')
    // The new edition is approved with the keyboard alone.
    await open(anna, approval(), 'approve-submit')
    await tabTo(anna, 'approve-submit')
    await anna.press('Enter')
    await anna.seeState('approval-page', 'data-state', 'current')
    await anna.until(async () => (await anna.count('edition-row')) === 3)
  })

  test('an answer that changes no approved document is saved at once', async () => {
    await open(anna, '/desk/dsc/interview#org.contact', 'answer')
    const value = await anna.text('answer')
    await anna.fill('answer', `${value} `)
    await anna.press('Enter')
    await anna.until(async () => !(await anna.attributes('question', 'data-fact')).includes('org.contact'))
  })
})

test('the bundle is downloaded, and every hash in it holds', async () => {
  await open(anna, '/desk/dsc/approvals', 'bundle')
  await catchDownload(anna)
  await anna.click('bundle-download')
  await anna.seeState('bundle-download', 'data-busy', 'true')
  await anna.seeState('bundle-download', 'data-busy', 'false', { timeout: 60_000 })
  const bundle = await checkBundle(anna)
  expect(bundle.name).toMatch(/^runde-\d{4}-\d\d-\d\d\.zip$/)
  expect(bundle.wrong).toEqual([])
  expect(bundle.approvals).toBeGreaterThan(3)
  expect(bundle.files).toEqual(
    expect.arrayContaining(['LIESMICH.txt', 'facts.json', `de/${document}.pdf`, `en/${document}.docx`]),
  )
})

test('a reading link is shown once, opens without an account, and ends by hand or by itself', async () => {
  const make = async (note: string): Promise<string> => {
    await open(anna, '/desk/dsc/approvals', 'reading-links')
    await anna.fill('reading-link-note', note)
    await anna.click('reading-link-make')
    return await anna.text('reading-link')
  }
  const link = await make('Aufsichtsbehörde')
  await open(anna, '/desk/dsc/approvals', 'reading-link-row')
  expect(await anna.count('reading-link')).toBe(0)
  const authority = await browsers.open('firefox')
  await authority.goto(link)
  await authority.see('document')
  await anna.click('reading-link-withdraw')
  await anna.gone('reading-link-row')
  await authority.reload()
  await authority.seeState('error-page', 'data-error', 'authority_link_invalid')
  const late = await make('Noch eine')
  const database = new DatabaseSync(join(server.dataFolder, 'runde.sqlite'))
  database.exec('update authority_links set expires_at = 1')
  database.close()
  await authority.goto(server.url)
  await authority.goto(late)
  await authority.seeState('error-page', 'data-error', 'authority_link_invalid')
  await authority.close()
})

test('while a diagnosis runs, the desk says so on every page, and so does the page of joining', async () => {
  await open(anna, '/desk', 'desk-new')
  const link = await createMeeting(anna, 'Vorstandssitzung')
  expect(await anna.count('diagnosis-banner')).toBe(0)
  const env = { ...process.env, ...server.environment }
  const words = ['debug', '--hours', '2', '--purpose', 'Ton bricht ab']
  await promisify(execFile)(process.execPath, [MAIN, ...words], { env })
  for (const [path, testId] of [
    ['/desk', 'desk-row'],
    ['/desk/dsc', 'dsc-overview'],
    ['/desk/account', 'account-page'],
  ] as const) {
    await open(anna, path, testId)
    expect(await anna.text('diagnosis-banner')).toContain('Zweck: Ton bricht ab')
  }
  await open(dora, '/desk/dsc', 'diagnosis-banner')
  const guest = await browsers.open('chromium')
  await guest.goto(link)
  await guest.until(async () =>
    (await guest.text('join-facts')).includes('wegen einer laufenden Fehlersuche'),
  )
  await guest.close()
})

test('a change in the database breaks the chain, and the overview says from where', async () => {
  const database = new DatabaseSync(join(server.dataFolder, 'runde.sqlite'))
  database.exec("update snapshots set approver_name = 'Jemand' where number = 2")
  database.close()
  await open(dora, '/desk/dsc', 'chain')
  await dora.seeState('chain', 'data-broken', '2')
})

test('nothing went wrong in the pages', () => {
  for (const page of [anna, dora]) expect(page.log.errors).toEqual([])
  for (const page of [anna, dora])
    expect(page.log.consoleErrors.filter((line) => !/status of 404/.test(line))).toEqual([])
})
