// Opens pages for persons in one of the two browsers; starts a browser process only when a person needs one of its kind.
import { BrowserPage } from './browser-page.ts'
import { startChromium } from './chromium.ts'
import { findBrowser } from './find-browser.ts'
import { startFirefox } from './firefox.ts'
import { type Person, type PersonOptions, completePerson } from './options.ts'
import { type PageLog, newPageLog } from './page-log.ts'
import type { RawPage } from './raw-page.ts'

export type BrowserName = 'chromium' | 'firefox'

/** A running browser process. */
export interface BrowserProcess {
  open(person: Person, log: PageLog): Promise<RawPage>
  close(): Promise<void>
}

/** Both browsers as a test wants them. */
export interface BrowserDriver extends AsyncDisposable {
  /** Opens an empty page for a person with own cookies and storage. */
  open(browser: BrowserName, person?: PersonOptions): Promise<BrowserPage>
  /** Ends every browser this driver has started, and nothing else. */
  close(): Promise<void>
}

/** Where test servers answer. */
const THIS_MACHINE: readonly string[] = ['localhost', '127.0.0.1']

type Starter = (program: string, person: Person, hosts: readonly string[]) => Promise<BrowserProcess>

const STARTERS: Record<BrowserName, Starter> = {
  chromium: startChromium,
  firefox: startFirefox,
}

/** A driver that starts browsers as they are needed; they reach this machine and `hosts` only. Close it at the end. */
export function launchBrowsers(hosts: readonly string[] = []): BrowserDriver {
  const processes = new Map<string, Promise<BrowserProcess>>()
  const close = async (): Promise<void> => {
    const started = [...processes.values()]
    processes.clear()
    const ends = await Promise.allSettled(started.map(async (process) => await (await process).close()))
    const failed = ends.find((end) => end.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }
  return {
    async open(browser, options = {}) {
      const person = completePerson(options)
      const kind = processKind(browser, person)
      let process = processes.get(kind)
      if (process === undefined) {
        const program = findBrowser(browser)
        if (program === undefined)
          throw new Error(`${browser} was not found; run: node scripts/ensure-browsers.ts`)
        process = STARTERS[browser](program, person, [...THIS_MACHINE, ...hosts])
        processes.set(kind, process)
      }
      const log = newPageLog()
      return new BrowserPage(browser, await (await process).open(person, log), log)
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Persons of one kind share a process. Firefox takes the appearance from its profile, Chromium from each page. */
function processKind(
  browser: BrowserName,
  { media, cameraRate, colorScheme, reducedMotion }: Person,
): string {
  return browser === 'chromium'
    ? `chromium ${media} ${cameraRate}`
    : `firefox ${media} ${colorScheme} ${reducedMotion}`
}
