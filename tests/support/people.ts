// What people do in the product, as one step each: set up, create a meeting, join it.
import type { BrowserPage } from '@runde/testkit/browser'
import type { RunningServer } from '@runde/testkit/server'

/** How somebody joins. */
export interface Joining {
  name: string
  mic?: boolean
  cam?: boolean
}

/** Opens the one-time link and becomes the organiser; ends on the desk. */
export async function setUp(page: BrowserPage, server: RunningServer, name = 'Anna'): Promise<void> {
  if (server.setUpLink === undefined) throw new Error('this server has been set up already')
  await page.goto(server.setUpLink)
  await page.fill('setup-name', name)
  await page.click('setup-submit')
  await page.see('desk-new')
}

/** From the desk to the link of a new meeting. */
export async function createMeeting(page: BrowserPage, title: string): Promise<string> {
  await page.click('desk-new')
  await page.fill('meeting-title', title)
  await page.click('meeting-create')
  return await page.text('meeting-link')
}

/** Switches on what is wanted on the join page, which must be open. */
export async function switchOn(
  page: BrowserPage,
  { mic = true, cam = true }: Partial<Joining>,
): Promise<void> {
  for (const [kind, wanted] of [
    ['mic', mic],
    ['cam', cam],
  ] as const) {
    if (!wanted) continue
    await page.click(`join-${kind}`)
    await page.seeState(`join-${kind}`, 'data-on', 'true')
  }
}

/** Opens the link, enters the name and joins; ends on the stage, connected. */
export async function join(page: BrowserPage, link: string, joining: Joining): Promise<void> {
  await page.goto(link)
  await page.see('join-submit')
  await switchOn(page, joining)
  await page.fill('join-name', joining.name)
  await page.click('join-submit')
  await page.seeState('connection-state', 'data-state', 'connected', { timeout: 30_000 })
}

/** The meeting's room on the media server: the path of its link. */
export function roomOf(link: string): string {
  return new URL(link).pathname.slice(1)
}
