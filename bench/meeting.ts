// `node bench/meeting.ts`: whole meetings measured from outside: pictures a second in three browsers, time from pressing
// Join to the first remote picture, and ten bots in one room. Figures of one run on one machine; nothing is asserted.
import { Bot, disposeBots, mintAccessToken } from '@runde/testkit/bot'
import {
  audioReception,
  cameraFrames,
  foreignRequests,
  launchBrowsers,
  tileStates,
  type BrowserName,
  type BrowserPage,
} from '@runde/testkit/browser'
import { startServer, type RunningServer } from '@runde/testkit/server'
import { readFileSync } from 'node:fs'
import { createMeeting, join, setUp, switchOn } from '../tests/support/people.ts'

const SECONDS = Number(process.env['RUNDE_BENCH_SECONDS'] ?? 60)
const JOINS = Number(process.env['RUNDE_BENCH_JOINS'] ?? 20)
const BOTS = 10

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000))
}

function memoryMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN)
}

async function pictures(pages: readonly BrowserPage[]): Promise<void> {
  const before = await Promise.all(pages.map((page) => tileStates(page)))
  const soundBefore = await Promise.all(pages.map((page) => audioReception(page)))
  const cameraBefore = await Promise.all(pages.map((page) => cameraFrames(page)))
  await pause(SECONDS)
  for (const [index, page] of pages.entries()) {
    const tiles = await tileStates(page)
    const sounds = await audioReception(page)
    const rates = tiles.flatMap((tile) => {
      const start = before[index]?.find(({ identity }) => identity === tile.identity)
      const frames = tile.decodedFrames - (start?.decodedFrames ?? 0)
      return tile.decodedFrames > 0
        ? [`${(frames / SECONDS).toFixed(1)} fps at ${tile.width}x${tile.height}`]
        : []
    })
    const heard = sounds.filter(({ track, energy }) => {
      const start = soundBefore[index]?.find((sound) => sound.track === track)
      return energy > (start?.energy ?? 0)
    })
    const { log } = page
    const camera = ((await cameraFrames(page)) - (cameraBefore[index] ?? 0)) / SECONDS
    say(
      `  ${page.browser} ${index + 1}: own camera ${camera.toFixed(1)} fps; decoded ${rates.join(', ')}; sound from ${heard.length}; ${log.errors.length} page errors`,
    )
  }
}

/** Presses Join in the page and waits for the first remote picture. @returns milliseconds */
function firstPicture(page: BrowserPage): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const began = performance.now()
        document.querySelector<HTMLElement>('[data-testid="join-submit"]')?.click()
        const look = (): void => {
          const videos = [...document.querySelectorAll<HTMLVideoElement>('[data-testid="tile"] video')]
          // The own camera is off, so every picture is somebody else's. Firefox counts no frames for streams, but has no size
          // and no current data before the first decoded one.
          const shown = videos.some(
            (video) => video.videoWidth > 0 && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA,
          )
          if (shown) resolve(performance.now() - began)
          else setTimeout(look, 5)
        }
        look()
      }),
  )
}

async function joins(browser: BrowserName, server: RunningServer, link: string): Promise<void> {
  await using browsers = launchBrowsers()
  const times: number[] = []
  for (let index = 0; index < JOINS; index++) {
    const page = await browsers.open(browser)
    await page.goto(link)
    await page.see('join-submit')
    // Without own devices the first picture that appears is somebody else's.
    await switchOn(page, { mic: false, cam: false })
    times.push(await firstPicture(page))
    await page.close()
  }
  say(
    `  ${browser}: p50 ${percentile(times, 0.5)} ms, p95 ${percentile(times, 0.95)} ms over ${times.length} joins`,
  )
  say(`  server ${memoryMb(server.pid).toFixed(0)} MB`)
}

async function bots(server: RunningServer): Promise<void> {
  const before = memoryMb(server.pid)
  const crowd: Bot[] = []
  const picture = { width: 640, height: 360, framesPerSecond: 15 }
  for (let index = 0; index < BOTS; index++) {
    const identity = `bot${index}`
    const token = await mintAccessToken(server.key, server.secret, {
      identity,
      room: 'bench',
      roomCreate: true,
    })
    const bot = await Bot.join({ url: server.url, token })
    crowd.push(bot)
    await bot.publishPicture({ ...picture, luma: 100 })
    await bot.publishTone(400 + 20 * index)
  }
  await pause(5)
  const start = crowd.map(
    (bot) => new Map([...bot.tracks.values()].map((track) => [track.sid, track.frames])),
  )
  const countsBefore = await Promise.all(crowd.map((bot) => bot.reception()))
  await pause(SECONDS)
  const countsAfter = await Promise.all(crowd.map((bot) => bot.reception()))
  const rates: Record<'audio' | 'video', number[]> = { audio: [], video: [] }
  for (const [index, bot] of crowd.entries())
    for (const track of bot.tracks.values())
      rates[track.kind].push((track.frames - (start[index]?.get(track.sid) ?? 0)) / SECONDS)
  for (const kind of ['video', 'audio'] as const)
    say(
      `  ${kind}: ${rates[kind].length} received tracks, frames a second: least ${Math.min(...rates[kind]).toFixed(2)}, ` +
        `most ${Math.max(...rates[kind]).toFixed(2)}`,
    )
  const total = (counts: typeof countsAfter, field: 'packetsReceived' | 'packetsLost' | 'nacks'): number =>
    counts.reduce((sum, count) => sum + count[field], 0)
  const grown = (field: 'packetsReceived' | 'packetsLost' | 'nacks'): number =>
    total(countsAfter, field) - total(countsBefore, field)
  say(
    `  packets received ${grown('packetsReceived')}, lost ${grown('packetsLost')} (in the seconds before: ` +
      `${total(countsBefore, 'packetsLost')}), asked for again ${grown('nacks')}`,
  )
  say(`  server ${before.toFixed(0)} -> ${memoryMb(server.pid).toFixed(0)} MB with ${BOTS} participants`)
  await Promise.all(crowd.map((bot) => bot.leave()))
}

await using server = await startServer()
say(`ten bots in one room, ${SECONDS} s`)
await bots(server)
await disposeBots()

await using browsers = launchBrowsers()
// What real cameras deliver; the fake one's own rate is 20.
const camera = { cameraRate: 30 }
const host = await browsers.open('chromium', camera)
await setUp(host, server)
const link = await createMeeting(host, 'Bench')
const pages = [host]
await join(host, link, { name: 'Anna' })
for (const [index, browser] of (['firefox', 'chromium'] as const).entries()) {
  const page = await browsers.open(browser, camera)
  await join(page, link, { name: `Guest ${index}` })
  pages.push(page)
}
await pause(8)
say(`three people in two browsers, ${SECONDS} s`)
await pictures(pages)
for (const page of pages) say(`  requests to other hosts: ${foreignRequests(page.log, server.url).length}`)
for (const page of pages.slice(1)) await page.close()
say('from pressing Join to the first remote picture, one publisher')
await joins('chromium', server, link)
await joins('firefox', server, link)
