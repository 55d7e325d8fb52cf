// `node bench/recovery.ts`: kills the media worker (SIGKILL) while three browsers see and hear each other, and measures until
// everyone has every picture again. Figures of one machine; nothing is asserted.
import { readFileSync, readdirSync } from 'node:fs'
import {
  launchBrowsers,
  tileStates,
  waitForMedia,
  type BrowserName,
  type BrowserPage,
  type TileState,
} from '@runde/testkit/browser'
import { startServer } from '@runde/testkit/server'
import { createMeeting, join, setUp } from '../tests/support/people.ts'

const KILLS = Number(process.env['RUNDE_BENCH_KILLS'] ?? 3)
const PEOPLE = (process.env['RUNDE_BENCH_BROWSERS'] ?? 'chromium,chromium,firefox').split(
  ',',
) as BrowserName[]
/** Milliseconds between two looks at a page. */
const LOOK_MS = 50
const GIVE_UP_MS = 40_000
/** Milliseconds without a new frame that no camera in a running call shows. */
const STANDSTILL_MS = 400

/** The media workers of a server: its children that run worker-main.ts. */
function workersOf(server: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
    .filter((pid) => {
      try {
        const parent = Number(/PPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
        return parent === server && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('worker-main')
      } catch {
        // It has ended since the folder was read.
        return false
      }
    })
}

/** How one picture does: frames decoded at the last look, when they last grew, and when they grew again after a standstill. */
interface Picture {
  frames: number
  grewAt: number
  backAt: number
}

/** Milliseconds from `began` until a page decodes the pictures of all others again, after each stood still. */
async function untilPictures(
  page: BrowserPage,
  before: readonly TileState[],
  others: number,
  began: number,
): Promise<number> {
  const pictures = new Map<string, Picture>()
  for (const { identity, decodedFrames } of before)
    pictures.set(identity, { frames: decodedFrames, grewAt: began, backAt: Number.NaN })
  while (performance.now() - began < GIVE_UP_MS) {
    const tiles = await tileStates(page)
    // Looked at afterwards: a page that is busy with joining anew answers late.
    const now = performance.now()
    for (const { identity, decodedFrames } of tiles) {
      const known = pictures.get(identity)
      if (!known) {
        // Who comes back as somebody new is there with the first frame.
        if (decodedFrames > 0) pictures.set(identity, { frames: decodedFrames, grewAt: now, backAt: now })
        continue
      }
      if (decodedFrames === known.frames) continue
      // Counters begin anew with a new connection, so every change is a new frame.
      if (now - known.grewAt > STANDSTILL_MS && decodedFrames > 0) known.backAt = now
      known.frames = decodedFrames
      known.grewAt = now
    }
    const back = [...pictures.values()].map(({ backAt }) => backAt).filter((at) => !Number.isNaN(at))
    if (back.length >= others) return Math.max(...back) - began
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  process.stdout.write(`  not back: ${JSON.stringify(await tileStates(page))}\n`)
  return Number.NaN
}

await using server = await startServer()
await using browsers = launchBrowsers()
const host = await browsers.open(PEOPLE[0] ?? 'chromium')
await setUp(host, server)
const link = await createMeeting(host, 'Recovery')
const pages: BrowserPage[] = []
for (const [index, browser] of PEOPLE.entries()) {
  const page = index === 0 ? host : await browsers.open(browser)
  await join(page, link, { name: `Person ${index}` })
  pages.push(page)
}
const others = pages.length - 1
for (let kill = 0; kill < KILLS; kill++) {
  for (const page of pages) await waitForMedia(page, { videos: others, audios: others })
  // A worker that was lost soon after its start is started anew with a delay, which is not what is measured here.
  await new Promise((resolve) => setTimeout(resolve, 15_000))
  const [worker] = workersOf(server.pid)
  if (worker === undefined) throw new Error('the server has no media worker')
  const before = await Promise.all(pages.map((page) => tileStates(page)))
  const began = performance.now()
  process.kill(worker, 'SIGKILL')
  const waiting = pages.map((page, index) => untilPictures(page, before[index] ?? [], others, began))
  const times = (await Promise.all(waiting)).map((time) => Math.round(time))
  process.stdout.write(
    `kill ${kill + 1}: every picture again after ${times.join(', ')} ms (${PEOPLE.join(', ')})\n`,
  )
}
for (const page of pages) process.stdout.write(`page errors: ${page.log.errors.length}\n`)
