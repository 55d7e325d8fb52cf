// Drives the system's Firefox through puppeteer-core and WebDriver BiDi; playwright-core can drive only its own Firefox builds.
import { type Browser, type KeyInput, type Page, launch } from 'puppeteer-core'
import type { BrowserProcess } from './driver.ts'
import { DROP_PREFERENCES, SYSTEM_ACCESS, dropInFirefox } from './firefox-drop.ts'
import { observePage } from './observe.ts'
import type { MediaMode, Person } from './options.ts'
import type { PageLog } from './page-log.ts'
import type { RawPage } from './raw-page.ts'

type Preferences = Record<string, boolean | number | string>

/** Switches off what Firefox asks its maker for by itself; the dead proxy catches whatever else would leave the machine. */
const SILENCE: Preferences = {
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disablePrefetch': true,
  'network.prefetch-next': false,
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.safebrowsing.downloads.remote.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.push.connection.enabled': false,
  'extensions.update.enabled': false,
  'media.gmp-manager.updateEnabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.telemetry.server': 'data:,',
}

const DEVICES: Record<MediaMode, Preferences> = {
  fake: { 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true },
  denied: {
    'media.navigator.streams.fake': true,
    'permissions.default.camera': 2,
    'permissions.default.microphone': 2,
  },
  // Only devices of these names are offered, and there are none.
  none: {
    'media.navigator.permission.disabled': true,
    'media.video_loopback_dev': 'none',
    'media.audio_loopback_dev': 'none',
  },
}

/** Starts Firefox for persons with the given devices and appearance; everything but `hosts` ends at the dead proxy. */
export async function startFirefox(
  program: string,
  person: Person,
  hosts: readonly string[],
): Promise<BrowserProcess> {
  const browser = await launch({
    browser: 'firefox',
    executablePath: program,
    headless: true,
    defaultViewport: null,
    args: [SYSTEM_ACCESS],
    extraPrefsFirefox: {
      ...SILENCE,
      'network.proxy.no_proxies_on': hosts.join(', '),
      ...DROP_PREFERENCES,
      ...DEVICES[person.media],
      // Machines without any network still have the loopback interface to send media over.
      'media.peerconnection.ice.loopback': true,
      'layout.css.prefers-color-scheme.content-override': person.colorScheme === 'dark' ? 0 : 1,
      'ui.prefersReducedMotion': person.reducedMotion ? 1 : 0,
    },
  })
  return {
    async open({ language, viewport }, log) {
      const context = await browser.createBrowserContext()
      const page = await context.newPage()
      await page.emulateLocale(language)
      await page.setViewport(viewport)
      await page.evaluateOnNewDocument(observePage)
      watch(page, log)
      return rawPage(browser, page, async () => await context.close())
    },
    close: async () => await browser.close(),
  }
}

/** Firefox reports a WebSocket that fails like an exception; nothing was thrown, and the page hears of it by an event. */
const CONNECTION_LOST = /^Firefox can’t establish a connection to|^The connection to \S+ was interrupted/

function watch(page: Page, log: PageLog): void {
  page.on('request', (request) => log.requests.push(request.url()))
  page.on('pageerror', (error) => {
    const text = error instanceof Error ? error.message : String(error)
    if (CONNECTION_LOST.test(text)) log.consoleErrors.push(text)
    else log.errors.push(text)
  })
  page.on('console', (message) => {
    if (message.type() === 'error') log.consoleErrors.push(message.text())
  })
  page.on('requestfailed', (request) =>
    log.failures.push(`${request.url()} ${request.failure()?.errorText ?? ''}`),
  )
}

function rawPage(browser: Browser, page: Page, close: () => Promise<void>): RawPage {
  return {
    async goto(url) {
      await page.goto(url, { waitUntil: 'load' })
    },
    async reload() {
      await page.reload({ waitUntil: 'load' })
    },
    evaluate: async (expression) => await page.evaluate(expression),
    evaluateInWorker: () =>
      Promise.reject(new Error('Firefox does not find the realms of workers by WebDriver BiDi')),
    click: async (x, y) => await page.mouse.click(x, y),
    type: async (text) => await page.keyboard.type(text),
    press: async (key) => await page.keyboard.press(keyInput(key)),
    async chooseFiles(selector, paths) {
      const input = await page.$(selector)
      if (input === null) throw new Error(`there is no ${selector}`)
      await (await input.toElement('input')).uploadFile(...paths)
    },
    dropFiles: async (x, y, paths) => await dropInFirefox(browser, page, [x, y], paths),
    cookieNames: async () => (await page.browserContext().cookies()).map(({ name }) => name),
    screenshot: async () => await page.screenshot({ type: 'png' }),
    setViewport: async (width, height) => await page.setViewport({ width, height }),
    bringToFront: async () => await page.bringToFront(),
    close,
  }
}

/** Keys the tests press; puppeteer's own type of all keys is closed, so unknown ones are a mistake in the test. */
const KEYS: readonly KeyInput[] = [
  'Enter',
  'Escape',
  'Tab',
  'Backspace',
  'Space',
  'F2',
  'm',
  'v',
  'd',
  'p',
  'c',
]

function keyInput(key: string): KeyInput {
  const known = KEYS.find((candidate) => candidate === key)
  if (known === undefined) throw new Error(`the Firefox driver does not know the key ${key} yet`)
  return known
}
