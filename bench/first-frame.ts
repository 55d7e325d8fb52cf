// `node bench/first-frame.ts`: a bare livekit-client page joins ours and LiveKit in turn, in both browsers: how long until it is
// connected, and until the first picture of the one publisher. Figures of one run on one machine; nothing is asserted.
//
// RUNDE_BENCH_JOINS (20) joins of each server and browser.
import { Bot, disposeBots, mintAccessToken } from '@runde/testkit/bot'
import { launchBrowsers, type BrowserName, type BrowserPage } from '@runde/testkit/browser'
import { startServer } from '@runde/testkit/server'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { networkInterfaces } from 'node:os'
import { startLivekitServer } from '../scripts/support/livekit-server.ts'

const JOINS = Number(process.env['RUNDE_BENCH_JOINS'] ?? 20)
/** The web client's own copy. */
const fromWeb = createRequire(new URL('../apps/web/package.json', import.meta.url))
const CLIENT = readFileSync(fromWeb.resolve('livekit-client'))
const ROOM = 'first-frame'

/** Milliseconds after `connect()` was called; NaN when it took too long. */
interface Times {
  readonly connected: number
  readonly frame: number
}

interface Target {
  readonly name: string
  readonly url: string
  readonly key: string
  readonly secret: string
}

const PAGE = `<!doctype html><title>bench</title><script src="/client.js"></script><script>
window.measureJoin = async (url, token) => {
  const room = new LivekitClient.Room()
  const began = performance.now()
  const frame = new Promise((resolve) => {
    setTimeout(() => resolve(NaN), 10000)
    room.on('trackSubscribed', (track) => {
      if (track.kind !== 'video') return
      const video = track.attach()
      video.muted = true
      video.onloadeddata = () => resolve(performance.now() - began)
      document.body.append(video)
    })
  })
  const connected = await room.connect(url, token).then(() => performance.now() - began, () => NaN)
  const times = { connected, frame: Number.isNaN(connected) ? NaN : await frame }
  await room.disconnect()
  document.querySelectorAll('video').forEach((video) => video.remove())
  return [times.connected, times.frame]
}
</script><body></body>`

async function measure(page: BrowserPage, target: Target, identity: string): Promise<Times> {
  const token = await mintAccessToken(target.key, target.secret, { identity, room: ROOM, roomCreate: true })
  const [connected = Number.NaN, frame = Number.NaN] = await page.evaluate(
    async ({ url, text }: { url: string; text: string }) => {
      const join: unknown = Reflect.get(globalThis, 'measureJoin')
      const times: number[] = typeof join === 'function' ? await join(url, text) : []
      return times
    },
    { url: target.url, text: token },
  )
  return { connected, frame }
}

function percentiles(values: readonly number[]): string {
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted((one, other) => one - other)
  const at = (share: number): string =>
    (sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN).toFixed(0)
  return `p50 ${at(0.5)}, p95 ${at(0.95)} ms (${sorted.length} of ${values.length})`
}

async function compare(browser: BrowserName, targets: readonly Target[], home: string): Promise<void> {
  await using browsers = launchBrowsers()
  const page = await browsers.open(browser)
  await page.goto(home)
  const all = new Map<string, Times[]>(targets.map(({ name }) => [name, []]))
  // The first join of each warms the browser up and is left out.
  for (let round = 0; round <= JOINS; round++)
    for (const target of targets) {
      const times = await measure(page, target, `viewer${round}`)
      if (round > 0) all.get(target.name)?.push(times)
    }
  for (const [name, times] of all) {
    const connected = percentiles(times.map((one) => one.connected))
    const frame = percentiles(times.map((one) => one.frame))
    process.stdout.write(`${browser}, ${name}: connected ${connected}; first picture ${frame}\n`)
  }
}

/** The machine's own address where it has one: Firefox pairs none of its interfaces with loopback. */
function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1'
}

const web = createServer((request, response) => {
  const isClient = request.url === '/client.js'
  response.setHeader('content-type', isClient ? 'text/javascript' : 'text/html')
  response.end(isClient ? CLIENT : PAGE)
})
await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', () => resolve()))
const bound = web.address()
const port = typeof bound === 'object' && bound !== null ? bound.port : 0
await using ours = await startServer()
const livekit = await startLivekitServer('127.0.0.1', ownAddress())
try {
  const targets: Target[] = [
    { name: 'ours', url: ours.url.replace(/^http/, 'ws'), key: ours.key, secret: ours.secret },
    { name: 'LiveKit', url: livekit.url, key: livekit.key, secret: livekit.secret },
  ]
  const bots: Bot[] = []
  for (const { url, key, secret } of targets) {
    const token = await mintAccessToken(key, secret, { identity: 'publisher', room: ROOM, roomCreate: true })
    const bot = await Bot.join({ url, token })
    bots.push(bot)
    await bot.publishPicture({ width: 640, height: 360, framesPerSecond: 20, luma: 100 })
    await bot.publishTone(400)
  }
  for (const browser of ['chromium', 'firefox'] as const)
    await compare(browser, targets, `http://127.0.0.1:${port}/`)
  for (const bot of bots) await bot.leave()
  await disposeBots()
} finally {
  await livekit.stop()
  web.close()
}
