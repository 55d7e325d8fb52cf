// The trial meeting: two people in real browsers, somebody who wants to stay unseen, an attempt to unmute, and what is left behind.
import type { MeasuredId } from '@runde/dossier'
import type { Private } from '@runde/contract'
import type { KeyPair } from '@runde/store'
import { Bot, disposeBots, mintAccessToken, roomService } from '@runde/testkit/bot'
import {
  type BrowserDriver,
  type BrowserName,
  type BrowserPage,
  findBrowser,
  foreignRequests,
  iceServerUrls,
  launchBrowsers,
  tileStates,
  waitForMedia,
} from '@runde/testkit/browser'
import type { ServerConfig } from '@runde/server/proving'
import { undeclaredEntries } from './entries.ts'
import { serverFiles, tracesSince } from './traces.ts'

/** What the meeting showed about one promise. */
export interface Shown {
  readonly id: MeasuredId
  readonly value: unknown
  readonly passed: boolean
  /** What was found, for the operator: hosts, keys, file names. */
  readonly found: readonly string[]
}

interface MeetingPlace {
  readonly config: ServerConfig
  readonly room: string
  readonly pair: KeyPair
  readonly signIn: Private<string> | undefined
}

/** Somebody who comes or goes is seen within this time, ms. */
const NEWS_MS = 3_000

/** Pages that anybody can open. */
const PUBLIC_PAGES = ['/', '/impressum', '/datenschutz', '/barrierefreiheit', '/jitsi']

/** Pages of the desk, for those who are signed in. */
const DESK_PAGES = ['/desk', '/desk/account', '/desk/people', '/desk/dsc', '/desk/dsc/proofs']

const FIRST = 'Probe 1'

/** Holds the meeting and says what it showed. @throws when no browser is installed or the meeting does not come about */
export async function holdMeeting(place: MeetingPlace): Promise<readonly Shown[]> {
  const installed = (['chromium', 'firefox'] as const).filter((name) => findBrowser(name) !== undefined)
  const [first, second = first] = installed
  if (first === undefined || second === undefined)
    throw new Error('no browser found; install Chromium or Firefox, or run: node scripts/ensure-browsers.ts')
  const home = place.config.publicUrl
  const browsers = launchBrowsers([new URL(home).hostname])
  try {
    const pages = [await browsers.open(first), await browsers.open(second)] as const
    const before = serverFiles(place.config)
    const shown = await meet(place, pages)
    const after = serverFiles(place.config)
    for (const path of PUBLIC_PAGES) for (const page of pages) await page.goto(home + path)
    const desk = await lookAtDesk(place, browsers, first)
    const seen = desk === undefined ? pages : [...pages, desk]
    return [
      { id: 'probe.browsers', value: [...new Set([first, second])], passed: true, found: [] },
      ...shown,
      // Whoever may not look at the server's processes has seen nothing, and proves nothing.
      ...(before === undefined || after === undefined
        ? []
        : [counted('probe.recordingTraces', tracesSince(before, after))]),
      counted('probe.clientHosts', await foreignHosts(seen, home)),
      counted('probe.browserEntries', await undeclaredEntries(seen, place.config.https)),
    ]
  } finally {
    await browsers.close()
    await disposeBots()
  }
}

async function meet(place: MeetingPlace, pages: readonly [BrowserPage, BrowserPage]): Promise<Shown[]> {
  const [one, two] = pages
  const link = `${place.config.publicUrl}/${place.room}`
  await join(one, link, FIRST)
  await join(two, link, 'Probe 2')
  for (const page of pages) await waitForMedia(page, { videos: 1, audios: 1 })
  const hidden = await canHide(place, one)
  const opened = await canOpen(place, one, two)
  for (const page of pages) {
    await page.click('btn-leave')
    await page.see('left-page')
  }
  return [
    { id: 'probe.hiddenJoin', value: hidden, passed: !hidden, found: [] },
    { id: 'probe.remoteControl', value: opened, passed: !opened, found: [] },
  ]
}

async function join(page: BrowserPage, link: string, name: string): Promise<void> {
  await page.goto(link)
  await page.see('join-submit')
  for (const kind of ['mic', 'cam']) {
    await page.click(`join-${kind}`)
    await page.seeState(`join-${kind}`, 'data-on', 'true')
  }
  await page.fill('join-name', name)
  await page.click('join-submit')
  await page.seeState('connection-state', 'data-state', 'connected', { timeout: 30_000 })
}

/** Whether somebody with the key pair, who asks to be hidden, is in the meeting without being shown. */
async function canHide({ config, room, pair }: MeetingPlace, viewer: BrowserPage): Promise<boolean> {
  const identity = 'probe-hidden'
  const token = await mintAccessToken(pair.key, pair.secret.reveal(), { room, identity, hidden: true })
  // Whoever asks to be hidden may also be turned away.
  const ghost = await Bot.join({ url: config.publicUrl, token }).catch(() => undefined)
  if (ghost === undefined) return false
  try {
    const seen = async (): Promise<boolean> =>
      (await tileStates(viewer)).some((tile) => tile.identity === identity)
    return !(await inTime(viewer.until(seen, { timeout: NEWS_MS, what: 'the hidden guest' })))
  } finally {
    await ghost.leave()
  }
}

/** Whether somebody with the key pair can switch on a microphone that its owner has switched off. */
async function canOpen(
  { config, room, pair }: MeetingPlace,
  owner: BrowserPage,
  viewer: BrowserPage,
): Promise<boolean> {
  await owner.click('btn-mic')
  await micIs(viewer, 'off', 15_000)
  const service = roomService({ url: config.publicUrl, key: pair.key, secret: pair.secret.reveal() })
  let tried = 0
  for (const { identity, name, tracks } of await service.listParticipants(room)) {
    if (name !== FIRST) continue
    for (const { sid } of tracks.filter(({ muted }) => muted)) {
      tried++
      await service.mutePublishedTrack(room, identity, sid, false).catch(() => undefined)
    }
  }
  if (tried === 0) throw new Error('no microphone was found to switch on')
  return await inTime(micIs(viewer, 'on', NEWS_MS))
}

async function micIs(viewer: BrowserPage, state: string, timeout: number): Promise<unknown> {
  const isSo = async (): Promise<boolean> =>
    (await tileStates(viewer)).some(({ label, mic }) => label.startsWith(FIRST) && mic === state)
  return await viewer.until(isSo, { timeout, what: `the microphone to be ${state}` })
}

/** Whether a wait came to its end before its time was up. */
async function inTime(wait: Promise<unknown>): Promise<boolean> {
  return await wait.then(
    () => true,
    () => false,
  )
}

/** Signs in and opens the pages of the desk; nothing where nobody has set the server up. */
async function lookAtDesk(
  { config, signIn }: MeetingPlace,
  browsers: BrowserDriver,
  browser: BrowserName,
): Promise<BrowserPage | undefined> {
  if (signIn === undefined) return undefined
  const page = await browsers.open(browser)
  await page.goto(signIn.reveal())
  await page.see('menu-desk')
  for (const path of DESK_PAGES) await page.goto(config.publicUrl + path)
  return page
}

async function foreignHosts(pages: readonly BrowserPage[], home: string): Promise<readonly string[]> {
  const hosts = new Set<string>()
  for (const page of pages) {
    for (const request of foreignRequests(page.log, home)) hosts.add(new URL(request).host)
    for (const url of await iceServerUrls(page)) hosts.add(url.replace(/^\w+:/, '').replace(/\?.*$/, ''))
  }
  return [...hosts]
}

function counted(id: MeasuredId, found: readonly string[]): Shown {
  return { id, value: found.length, passed: found.length === 0, found }
}
