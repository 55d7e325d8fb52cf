// `node bench/soak.ts`: two meetings of two Chromium and a Firefox at the same time on the same machine, one server with the native
// and one with the TypeScript sender; looks every second for pictures that stand still. Nothing is asserted.
//
// RUNDE_SOAK_MINUTES (10) changes how long.
import {
  audioReception,
  foreignRequests,
  launchBrowsers,
  tileStates,
  type BrowserDriver,
  type BrowserPage,
} from '@runde/testkit/browser'
import { startServer } from '@runde/testkit/server'
import { createMeeting, join, setUp } from '../tests/support/people.ts'

const MINUTES = Number(process.env['RUNDE_SOAK_MINUTES'] ?? 10)
/** A picture that brings no new frame for as long is one that people notice. */
const FREEZE_MS = 1000
const LOOK_MS = 500
const SENDERS = ['native', 'typescript'] as const

/** What one page has seen of one remote picture. */
interface Picture {
  frames: number
  first: number
  since: number
  freezes: number
  longest: number
  counted: boolean
}

interface Watch {
  page: BrowserPage
  pictures: Map<string, Picture>
  began: number
  /** Sound energy at the last look, and looks at which no track had brought any. */
  energy: number
  silent: number
}

async function look(watch: Watch): Promise<void> {
  const tiles = await tileStates(watch.page)
  const sounds = await audioReception(watch.page)
  const now = performance.now()
  for (const { identity, decodedFrames } of tiles) {
    const picture = watch.pictures.get(identity)
    if (picture === undefined) {
      const fresh = { frames: decodedFrames, first: decodedFrames, since: now }
      if (decodedFrames > 0)
        watch.pictures.set(identity, { ...fresh, freezes: 0, longest: 0, counted: false })
    } else judge(picture, decodedFrames, now)
  }
  const energy = sounds.reduce((sum, sound) => sum + sound.energy, 0)
  if (energy <= watch.energy) watch.silent++
  watch.energy = energy
}

function judge(picture: Picture, frames: number, now: number): void {
  const stood = now - picture.since
  if (frames === picture.frames) {
    if (stood > FREEZE_MS && !picture.counted) {
      picture.freezes++
      picture.counted = true
    }
    picture.longest = Math.max(picture.longest, stood)
    return
  }
  Object.assign(picture, { frames, since: now, counted: false })
}

async function meeting(browsers: BrowserDriver, sender: (typeof SENDERS)[number]): Promise<string[]> {
  await using server = await startServer({ environment: { RUNDE_MEDIA_SENDER: sender } })
  const host = await browsers.open('chromium')
  await setUp(host, server)
  const link = await createMeeting(host, 'Soak')
  const pages = [host, await browsers.open('firefox'), await browsers.open('chromium')]
  for (const [index, page] of pages.entries()) await join(page, link, { name: `Person ${index + 1}` })
  await pause(10_000)
  const watches = pages.map((page): Watch => {
    return { page, pictures: new Map(), began: performance.now(), energy: 0, silent: 0 }
  })
  const end = performance.now() + MINUTES * 60_000
  while (performance.now() < end) {
    const next = performance.now() + LOOK_MS
    await Promise.all(watches.map((watch) => look(watch)))
    await pause(Math.max(0, next - performance.now()))
  }
  const lines = watches.map((watch, index) => `  ${sender}, ${describe(watch, index, server.url)}`)
  for (const page of pages) await page.close()
  return lines
}

function describe({ page, pictures, began, silent }: Watch, index: number, url: string): string {
  const seconds = (performance.now() - began) / 1000
  const seen = [...pictures.values()].map(({ frames, first, freezes, longest }) => {
    const rate = ((frames - first) / seconds).toFixed(1)
    return `${rate} fps, ${freezes} freezes, longest ${longest.toFixed(0)} ms`
  })
  const { log } = page
  const foreign = foreignRequests(log, url).length
  return `${page.browser} ${index + 1}: ${seen.join(' | ')}; ${silent} silent looks; ${log.errors.length} page errors; ${foreign} foreign requests`
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

const drivers = SENDERS.map(() => launchBrowsers())
try {
  const results = await Promise.all(
    SENDERS.map(async (sender, index) => {
      const browsers = drivers[index]
      return browsers ? await meeting(browsers, sender) : []
    }),
  )
  process.stdout.write(`${MINUTES} minutes\n${results.flat().join('\n')}\n`)
} finally {
  for (const driver of drivers) await driver.close()
}
