// Walks one person through every page of the product and shows each to a visitor: an accessibility run, a ruler, a camera.
import { join as joinPath } from 'node:path'
import { Bot } from '@runde/testkit/bot'
import type { BrowserDriver, BrowserName, BrowserPage, PersonOptions } from '@runde/testkit/browser'
import { type RunningServer, mintToken, startServer } from '@runde/testkit/server'
import { approveAll, comment, state } from './approvals.ts'
import { JITSI_FILES, jitsiFolder } from './jitsi-set.ts'
import { stateFacts, tabTo } from './interview.ts'
import { createMeeting, join, roomOf, setUp, switchOn } from './people.ts'

/** Looks at a page that is ready; `stage` pages have the call bar. */
export type Visitor = (stop: { name: string; stage: boolean; page: BrowserPage }) => Promise<void>

/** Who walks. */
export interface TourOptions {
  browsers: BrowserDriver
  browser: BrowserName
  person?: Omit<PersonOptions, 'media'>
}

const MISSING_MEETING = '/zzz-zzzz-zzz'
const PICTURE = { width: 640, height: 360, framesPerSecond: 10 }

/** The whole tour on a server of its own. @returns the names of all stops */
export async function tour(options: TourOptions, visit: Visitor): Promise<string[]> {
  await using server = await startServer()
  const names: string[] = []
  const show = async (name: string, page: BrowserPage, stage = false): Promise<void> => {
    names.push(name)
    await visit({ name, stage, page })
  }
  const page = await options.browsers.open(options.browser, options.person)
  await showBeforeSetUp(page, server, show)
  const link = await showDesk(page, server, show)
  await showMessages(page, server, show)
  await showAudit(page, server, show)
  await showDataProtection(page, server, show)
  await showDevices(options, link, show)
  await showMeeting(page, server, link, show)
  await page.close()
  return names
}

type Show = (name: string, page: BrowserPage, stage?: boolean) => Promise<void>

async function showBeforeSetUp(page: BrowserPage, server: RunningServer, show: Show): Promise<void> {
  await page.goto(server.url)
  await page.see('start-go')
  await show('start', page)
  await page.goto(server.setUpLink ?? server.url)
  await page.see('setup-submit')
  await show('setup', page)
  await page.click('setup-submit')
  await show('setup-name-missing', page)
}

async function showDesk(page: BrowserPage, server: RunningServer, show: Show): Promise<string> {
  // A fragment alone does not load the page again.
  await page.goto(server.url)
  await setUp(page, server)
  await show('desk-empty', page)
  const link = await createMeeting(page, 'Mitgliederversammlung des Ortsverbands')
  await show('desk-created', page)
  await page.goto(`${server.url}/desk/new`)
  await page.see('meeting-create')
  await show('desk-new', page)
  await page.goto(`${server.url}/desk`)
  await page.see('desk-row')
  await show('desk', page)
  return link
}

async function showMessages(page: BrowserPage, server: RunningServer, show: Show): Promise<void> {
  for (const [name, path, error] of [
    ['setup-used', '/setup', 'setup_link_missing'],
    ['not-found', '/there/is/nothing', 'not_found'],
    ['meeting-not-found', MISSING_MEETING, 'meeting_not_found'],
  ] as const) {
    await page.goto(`${server.url}${path}`)
    await page.seeState('error-page', 'data-error', error)
    await show(name, page)
  }
  await page.goto(server.url)
  await page.fill('start-code', 'zzz-zzzz-zzz')
  await page.click('start-go')
  await show('start-unknown-code', page)
}

async function showAudit(page: BrowserPage, server: RunningServer, show: Show): Promise<void> {
  using folder = jitsiFolder()
  await page.goto(`${server.url}/jitsi`)
  await page.see('audit-drop')
  await show('audit', page)
  const files = Object.keys(JITSI_FILES).map((path) => joinPath(folder.path, path))
  await page.chooseFiles('audit-files-input', files)
  await page.see('audit-result')
  await show('audit-result', page)
  for (const part of ['paperwork', 'moving', 'files']) {
    await page.click(`audit-tab-${part}`)
    await show(`audit-${part}`, page)
  }
}

async function showDataProtection(page: BrowserPage, server: RunningServer, show: Show): Promise<void> {
  const visit = async (name: string, path: string, testId: string): Promise<void> => {
    // A fragment alone does not load the page again.
    await page.goto(`${server.url}/there/is/nothing`)
    await page.goto(`${server.url}${path}`)
    await page.see(testId)
    await show(name, page)
  }
  await visit('dsc-empty', '/desk/dsc', 'dsc-overview')
  await visit('dsc-first-question', '/desk/dsc/interview', 'question')
  await visit('imprint-missing', '/impressum', 'imprint')
  await stateFacts(page, 'law-practice')
  for (const [name, path, testId] of DATA_PROTECTION) await visit(name, path, testId)
  const [document = ''] = await approveAll(page)
  await comment(page, document, 'Stimmt die Frist?\nBitte prüfen.')
  await visit('dsc-approved', `/desk/dsc/approvals/${document}`, 'thread')
  await visit('dsc-snapshot', `/desk/dsc/approvals/${document}/1`, 'snapshot')
  await page.goto(`${server.url}/desk/dsc/interview#org.name`)
  await page.fill('answer', 'Kanzlei Beispiel und Muster')
  await page.press('Tab')
  await page.see('look-ahead')
  await show('dsc-look-ahead', page)
  await state(page, 'org.name', 'Kanzlei Beispiel und Muster')
  await visit('dsc-stale', `/desk/dsc/approvals/${document}`, 'differences')
  await visit('dsc-stale-document', `/desk/dsc/documents/${document}`, 'doc-stale')
  await visit('dsc-approvals', '/desk/dsc/approvals', 'approvals')
  await visit('dsc-stale-overview', '/desk/dsc', 'dsc-see-change')
  await visit('people', '/desk/people', 'account-policy')
  await visit('account', '/desk/account', 'account-page')
  await page.goto(`${server.url}/there/is/nothing`)
  await page.goto(`${server.url}/desk/dsc/interview#hosting.providers`)
  await page.click('add-provider')
  await page.see('form-provider')
  await page.click('take-provider')
  await show('dsc-record-missing', page)
  await page.goto(`${server.url}/datenschutz`)
  await tabTo(page, '', '.mark')
  await page.see('sources')
  await show('privacy-sources', page)
}

const DATA_PROTECTION = [
  ['dsc', '/desk/dsc', 'dsc-overview'],
  ['dsc-choice', '/desk/dsc/interview#hosting.model', 'question'],
  ['dsc-choices', '/desk/dsc/interview#use.groups', 'question'],
  ['dsc-long-text', '/desk/dsc/interview#hosting.place', 'question'],
  ['dsc-period', '/desk/dsc/interview#keep.documents', 'question'],
  ['dsc-done', '/desk/dsc/interview#done', 'interview-done'],
  ['dsc-document', '/desk/dsc/documents/measures', 'document'],
  ['dsc-providers', '/desk/dsc/providers', 'provider-row'],
  ['dsc-check', '/desk/dsc/providers/musterhosting', 'check-form'],
  ['dsc-proofs', '/desk/dsc/proofs', 'proof'],
  ['dsc-incidents', '/desk/dsc/incidents', 'add-incident'],
  ['privacy', '/datenschutz', 'document'],
  ['imprint', '/impressum', 'imprint'],
  ['accessibility', '/barrierefreiheit', 'foot-privacy'],
] as const

async function showDevices(
  { browsers, browser, person }: TourOptions,
  link: string,
  show: Show,
): Promise<void> {
  const off = await browsers.open(browser, person)
  await off.goto(link)
  await off.see('join-submit')
  await show('join-off', off)
  await switchOn(off, {})
  await show('join-on', off)
  await off.close()
  for (const [media, kind] of [
    ['denied', 'mic'],
    ['none', 'cam'],
  ] as const) {
    const page = await browsers.open(browser, { ...person, media })
    await page.goto(link)
    await page.click(`join-${kind}`)
    await page.see('error-page')
    await show(`devices-${media}`, page)
    await page.close()
  }
}

async function showMeeting(
  page: BrowserPage,
  server: RunningServer,
  link: string,
  show: Show,
): Promise<void> {
  await join(page, link, { name: 'Anna' })
  await show('meeting-alone', page, true)
  const bots: Bot[] = []
  try {
    for (const [index, name] of ['Ben', 'Carla', 'Dora-Theresia von und zu Hohenstein'].entries()) {
      const token = await mintToken(server, roomOf(link), `bot-${index}`, ['--name', name])
      const bot = await Bot.join({ url: server.url, token })
      bots.push(bot)
      if (index < 2) await bot.publishPicture({ ...PICTURE, luma: 80 + 60 * index })
    }
    await page.until(async () => (await page.count('tile')) === 4, { what: 'four tiles' })
    await show('meeting-four', page, true)
    await page.click('btn-people')
    await page.see('people-list')
    await show('meeting-people', page)
    await page.press('Escape')
    await page.gone('people-list')
    await page.click('btn-more')
    await show('meeting-more', page)
    await page.press('Escape')
  } finally {
    await Promise.all(bots.map(async (bot) => await bot.leave()))
  }
  await page.click('btn-leave')
  await page.see('left-page')
  await show('left', page)
}
