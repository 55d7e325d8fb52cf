// One person's page as tests use it: finds elements by test id, acts only on what a person could reach, waits by condition.
import type { BrowserName } from './driver.ts'
import type { PageLog } from './page-log.ts'
import type { RawPage } from './raw-page.ts'
import { type Reach, countVisible, focusField, reachTestId, readStates, readText } from './reach.ts'

/** Values that survive the way into the page and back. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** How a wait is limited and what it is called in the failure. */
export interface WaitOptions {
  /** Milliseconds; 15 s unless told: media takes a few seconds on a busy machine. */
  timeout?: number
  /** What is waited for, in words. */
  what?: string
}

const DEFAULT_TIMEOUT_MS = 15_000
/** Pause between two looks; short against what people notice, long against the cost of a look. */
const POLL_MS = 100

/** A page with the browser's differences taken out. */
export class BrowserPage {
  readonly browser: BrowserName
  readonly log: PageLog
  readonly #raw: RawPage

  constructor(browser: BrowserName, raw: RawPage, log: PageLog) {
    this.browser = browser
    this.log = log
    this.#raw = raw
  }

  /** Opens an address and waits for its document. */
  async goto(url: string): Promise<void> {
    await this.#raw.goto(url)
  }

  async reload(): Promise<void> {
    await this.#raw.reload()
  }

  /**
   * Runs a function in the page. It must not use anything from outside itself; its argument and result travel as JSON.
   * The result is what the caller says it is: the page is under test, so a wrong shape shows up as a failed expectation.
   */
  async evaluate<Result, Argument extends Json>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>
  async evaluate<Result>(run: () => Result | Promise<Result>): Promise<Result>
  async evaluate(run: (argument: never) => unknown, argument: Json = null): Promise<unknown> {
    return await this.#raw.evaluate(`(${run.toString()})(${JSON.stringify(argument)})`)
  }

  /** Like `evaluate`, in the page's first worker, to see what its policy allows (Chromium only). */
  async evaluateInWorker<Result>(run: () => Result | Promise<Result>): Promise<Result>
  async evaluateInWorker(run: () => unknown): Promise<unknown> {
    return await this.#raw.evaluateInWorker(`(${run.toString()})()`)
  }

  /** Runs a script as it is, for instance a library. */
  async runScript(source: string): Promise<void> {
    await this.#raw.evaluate(`(() => { ${source}\n; return null })()`)
  }

  /** Looks again and again until the function returns something truthy, and returns that. */
  async waitFor<Result, Argument extends Json>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
    options: WaitOptions = {},
  ): Promise<NonNullable<Result>> {
    return await this.until(async () => await this.evaluate(run, argument), options)
  }

  /** Like {@link waitFor}, with a condition that runs in the test. A look that fails because the page is navigating is repeated. */
  async until<Result>(look: () => Promise<Result>, options: WaitOptions = {}): Promise<NonNullable<Result>> {
    const { timeout = DEFAULT_TIMEOUT_MS, what = 'the condition' } = options
    const end = performance.now() + timeout
    let last: unknown
    for (;;) {
      try {
        const result = await look()
        if (result) return result
        last = result
      } catch (error) {
        last = error
      }
      if (performance.now() > end) throw new Error(await this.#explain(what, timeout, last))
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }

  /** Waits until an element with this test id can be seen. */
  async see(testId: string, options: WaitOptions = {}): Promise<void> {
    await this.waitFor(countVisible, testId, { what: `${testId} to be visible`, ...options })
  }

  /** Waits until a visible element with this test id has the attribute with exactly this value. */
  async seeState(testId: string, attribute: string, value: string, options: WaitOptions = {}): Promise<void> {
    await this.until(async () => (await this.evaluate(readStates, [testId, attribute])).includes(value), {
      what: `${testId} with ${attribute} ${value}`,
      ...options,
    })
  }

  /** Waits until no element with this test id can be seen. */
  async gone(testId: string, options: WaitOptions = {}): Promise<void> {
    await this.until(async () => (await this.evaluate(countVisible, testId)) === 0, {
      what: `${testId} to be gone`,
      ...options,
    })
  }

  /** Number of visible elements with this test id. */
  async count(testId: string): Promise<number> {
    return await this.evaluate(countVisible, testId)
  }

  /** Visible text of the first element with this test id; a field gives its value. */
  async text(testId: string, options: WaitOptions = {}): Promise<string> {
    await this.see(testId, options)
    return (await this.evaluate(readText, testId)) ?? ''
  }

  /** Values of an attribute of all visible elements with this test id. */
  async attributes(testId: string, attribute: string): Promise<string[]> {
    return await this.evaluate(readStates, [testId, attribute])
  }

  /** Clicks like a person: the element must be visible, enabled, at rest, and not covered by anything. */
  async click(testId: string, options: WaitOptions = {}): Promise<void> {
    let before: Reach | undefined
    const at = await this.until(
      async () => {
        const now = await this.evaluate(reachTestId, testId)
        const resting = before?.kind === 'at' && now.kind === 'at' && before.x === now.x && before.y === now.y
        before = now
        if (now.kind !== 'at') throw new Error(now.why)
        return resting ? now : undefined
      },
      { what: `${testId} to be clickable`, ...options },
    )
    await this.#raw.click(at.x, at.y)
  }

  /** Replaces the content of a field by typing. */
  async fill(testId: string, text: string, options: WaitOptions = {}): Promise<void> {
    await this.click(testId, options)
    await this.evaluate(focusField, testId)
    if (text === '') await this.#raw.press('Backspace')
    else await this.#raw.type(text)
  }

  /** Presses a key, named as in `KeyboardEvent.key`. */
  async press(key: string): Promise<void> {
    await this.#raw.press(key)
  }

  /** Chooses files, or a folder where the input takes one, in the file input with this test id; the input may be hidden. */
  async chooseFiles(testId: string, paths: readonly string[]): Promise<void> {
    await this.#raw.chooseFiles(`[data-testid="${testId}"]`, paths)
  }

  /** Drops files and folders on the element with this test id. */
  async dropFiles(testId: string, paths: readonly string[]): Promise<void> {
    const at = await this.until(
      async () => {
        const reach = await this.evaluate(reachTestId, testId)
        return reach.kind === 'at' ? reach : undefined
      },
      { what: `${testId} to be in reach` },
    )
    await this.#raw.dropFiles(at.x, at.y, paths)
  }

  /** Names of all cookies, also of those that no script may read. */
  async cookieNames(): Promise<string[]> {
    return await this.#raw.cookieNames()
  }

  /** PNG of the viewport. */
  async screenshot(): Promise<Uint8Array> {
    return await this.#raw.screenshot()
  }

  async setViewport(width: number, height: number): Promise<void> {
    await this.#raw.setViewport(width, height)
  }

  async bringToFront(): Promise<void> {
    await this.#raw.bringToFront()
  }

  async close(): Promise<void> {
    await this.#raw.close()
  }

  /** A failure that says what the page looked like, so that nobody has to run it again to understand. */
  async #explain(what: string, timeout: number, last: unknown): Promise<string> {
    const lastLook = last instanceof Error ? last.message : JSON.stringify(last)
    const screen = await this.evaluate(() => `${location.pathname}: ${document.body.innerText}`).catch(String)
    return [
      `${this.browser}: waited ${timeout} ms for ${what}; last look: ${lastLook}`,
      `page: ${screen.replace(/\s+/g, ' ').slice(0, 400)}`,
      ...this.log.errors.slice(-3).map((error) => `page error: ${error}`),
      ...this.log.consoleErrors.slice(-3).map((error) => `console: ${error}`),
    ].join('\n')
  }
}
