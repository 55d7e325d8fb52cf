// Drives the system's Chromium through playwright-core.
import { type Page, chromium } from 'playwright-core'
import type { BrowserProcess } from './driver.ts'
import { observePage } from './observe.ts'
import type { MediaMode, Person } from './options.ts'
import type { PageLog } from './page-log.ts'
import type { RawPage } from './raw-page.ts'

const BASE_SWITCHES = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--no-pings',
  // Machines without any network still have the loopback interface to send media over.
  '--allow-loopback-in-peer-connection',
  // Containers give /dev/shm 64 MB, too little for several decoded videos.
  '--disable-dev-shm-usage',
]

function mediaSwitches(media: MediaMode, cameraRate: number): readonly string[] {
  const devices = `--use-fake-device-for-media-stream=fps=${cameraRate}`
  switch (media) {
    case 'fake':
      return ['--use-fake-ui-for-media-stream', devices]
    case 'denied':
      return ['--use-fake-ui-for-media-stream=deny', devices]
    case 'none':
      return []
  }
}

/** Nothing but these hosts can be looked up, so nothing foreign can be reached by name, not even by the browser itself. */
function resolverRules(hosts: readonly string[]): string {
  return `--host-resolver-rules=${['MAP * ~NOTFOUND', ...hosts.map((host) => `EXCLUDE ${host}`)].join(', ')}`
}

/** Starts Chromium for persons with the given devices; only `hosts` can be reached by name. */
export async function startChromium(
  program: string,
  { media, cameraRate }: Person,
  hosts: readonly string[],
): Promise<BrowserProcess> {
  const browser = await chromium.launch({
    executablePath: program,
    headless: true,
    // Chromium refuses to run its sandbox as root; everyone else keeps it.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [resolverRules(hosts), ...BASE_SWITCHES, ...mediaSwitches(media, cameraRate)],
  })
  return {
    async open(person, log) {
      const context = await browser.newContext({
        locale: person.language,
        colorScheme: person.colorScheme,
        reducedMotion: person.reducedMotion ? 'reduce' : 'no-preference',
        viewport: person.viewport,
      })
      await context.addInitScript(observePage)
      if (media === 'none') await context.addInitScript(removeDevices)
      const page = await context.newPage()
      if (person.passkeys) await addAuthenticator(page)
      watch(page, log)
      return rawPage(page, async () => await context.close())
    },
    close: async () => await browser.close(),
  }
}

/**
 * Chromium has no switch that hides the devices of the machine, so the page is told there are none, in the words of the
 * Media Capture specification (section 10.2: an empty set of candidates is a NotFoundError). Sent as source text.
 */
function removeDevices(): void {
  const devices: MediaDevices | undefined = navigator.mediaDevices
  if (devices === undefined) return
  devices.enumerateDevices = () => Promise.resolve([])
  devices.getUserMedia = () => Promise.reject(new DOMException('Requested device not found', 'NotFoundError'))
}

/** A built-in authenticator of the Chrome DevTools Protocol (WebAuthn domain) that verifies its user without asking. */
async function addAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

function watch(page: Page, log: PageLog): void {
  page.context().on('request', (request) => log.requests.push(request.url()))
  page.on('websocket', (socket) => log.requests.push(socket.url()))
  page.on('pageerror', (error) => log.errors.push(error.stack ?? error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') log.consoleErrors.push(message.text())
  })
  page.on('requestfailed', (request) =>
    log.failures.push(`${request.url()} ${request.failure()?.errorText ?? ''}`),
  )
}

/** Bit of the drag operations that the source allows (Chrome DevTools Protocol, Input.DragData). */
const COPY = 1

function rawPage(page: Page, close: () => Promise<void>): RawPage {
  return {
    async goto(url) {
      await page.goto(url, { waitUntil: 'load' })
    },
    async reload() {
      await page.reload({ waitUntil: 'load' })
    },
    evaluate: async (expression) => await page.evaluate<unknown>(expression),
    async evaluateInWorker(expression) {
      const [worker] = page.workers()
      if (worker === undefined) throw new Error('the page has no worker')
      return await worker.evaluate<unknown>(expression)
    },
    click: async (x, y) => await page.mouse.click(x, y),
    type: async (text) => await page.keyboard.type(text),
    press: async (key) => await page.keyboard.press(key),
    chooseFiles: async (selector, paths) => await page.setInputFiles(selector, [...paths]),
    async dropFiles(x, y, paths) {
      const protocol = await page.context().newCDPSession(page)
      const data = { items: [], files: [...paths], dragOperationsMask: COPY }
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
        await protocol.send('Input.dispatchDragEvent', { type, x, y, data })
      await protocol.detach()
    },
    cookieNames: async () => (await page.context().cookies()).map(({ name }) => name),
    screenshot: async () => await page.screenshot(),
    setViewport: async (width, height) => await page.setViewportSize({ width, height }),
    bringToFront: async () => await page.bringToFront(),
    close,
  }
}
