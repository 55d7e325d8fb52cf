// The Jitsi audit in stock Chromium and Firefox: a real folder is dropped, findings appear, and no request leaves meanwhile, nor could one.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type BrowserPage,
  alertText,
  connectionsThatWork,
  findViolations,
  foreignRequests,
  launchBrowsers,
  markupOf,
  unfoldAll,
} from '@runde/testkit/browser'
import { type RunningServer, runCommand, startServer } from '@runde/testkit/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { JITSI_FILES, type JitsiFolder, SECRET, jitsiFolder } from './support/jitsi-set.ts'

const browsers = launchBrowsers()
let server: RunningServer
let folder: JitsiFolder

beforeAll(async () => {
  server = await startServer()
  folder = jitsiFolder()
})
afterAll(async () => {
  await browsers.close()
  await server[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

/** Opens the page and waits until all of it has been loaded. */
async function open(browser: 'chromium' | 'firefox'): Promise<BrowserPage> {
  const page = await browsers.open(browser)
  await page.goto(server.url)
  await page.click('start-jitsi')
  await page.see('audit-drop')
  await page.until(
    () => Promise.resolve(page.log.requests.some((url) => url.includes('/assets/audit-worker-'))),
    {
      what: 'the worker to be loaded',
    },
  )
  // The request is seen when it begins; half a second is far behind its end on the same machine.
  await new Promise((resolve) => setTimeout(resolve, 500))
  return page
}

/** Ids of the rules on show. */
async function rulesShown(page: BrowserPage): Promise<string[]> {
  return await page.attributes('finding', 'data-rule')
}

/** What must be true after every examination of the set. */
async function expectResult(
  page: BrowserPage,
  requestsBefore: number,
  expected: readonly string[] = ['A14', 'B01', 'C19', 'D01'],
): Promise<void> {
  await page.see('audit-result', { timeout: 30_000 })
  expect(page.log.requests.slice(requestsBefore)).toEqual([])
  expect(await page.text('audit-measured')).toMatch(/keine|none/)
  const rules = await rulesShown(page)
  for (const rule of expected) expect(rules).toContain(rule)
  expect(await markupOf(page)).not.toContain(SECRET)
  expect(page.log.errors).toEqual([])
  expect(page.log.consoleErrors).toEqual([])
  expect(foreignRequests(page.log, server.url)).toEqual([])
}

describe.each(['chromium', 'firefox'] as const)('%s', (browser) => {
  test('a folder that is dropped is examined with its paths, and no request leaves', async () => {
    const page = await open(browser)
    const before = page.log.requests.length
    await page.dropFiles('audit-drop', [join(folder.path, 'etc'), join(folder.path, 'notes.txt')])
    await expectResult(page, before)
    await page.click('audit-tab-files')
    await unfoldAll(page)
    const listed = await page.text('audit-panel-files')
    for (const path of Object.keys(JITSI_FILES)) expect(listed).toContain(path)
    await page.close()
  })
})

describe('Chromium', () => {
  test('the worker that reads the files is refused every connection, even to its own server', async () => {
    const page = await open('chromium')
    // The page itself may ask its server; the thread that has the files may not.
    expect(await page.evaluate(connectionsThatWork)).toEqual(['fetch', 'XMLHttpRequest'])
    expect(await page.evaluateInWorker(connectionsThatWork)).toEqual([])
    await page.close()
  })

  test('a folder that is chosen gives the same, with its name in front', async () => {
    const page = await open('chromium')
    const before = page.log.requests.length
    await page.chooseFiles('audit-folder-input', [join(folder.path, 'etc')])
    await expectResult(page, before)
    await page.close()
  })

  test('filters, words and language change what is shown, without another request', async () => {
    const page = await open('chromium')
    await page.dropFiles('audit-drop', [join(folder.path, 'etc')])
    await page.see('audit-result')
    const before = page.log.requests.length
    const violated = await rulesShown(page)
    await page.fill('audit-search', 'turnserver')
    const found = await rulesShown(page)
    expect(found).toContain('A14')
    expect(found.length).toBeLessThan(violated.length)
    await page.fill('audit-search', 'nothingmatchesthis')
    expect(await rulesShown(page)).toEqual([])
    await page.fill('audit-search', '')
    await page.click('audit-state-undecidable')
    expect(await rulesShown(page)).not.toContain('A14')
    const german = await page.text('audit-verdict')
    await page.click('lang-en')
    await page.until(async () => (await page.text('audit-verdict')) !== german)
    expect(page.log.requests.slice(before)).toEqual([])
    await page.close()
  })

  test('the JSON of the command line can be compared with', async () => {
    const parameters = ['audit-jitsi', join(folder.path, 'etc'), '--json', '--fail-on', 'none']
    using earlier = jitsiFolder({ 'earlier.json': await runCommand(server, parameters), 'other.json': '{}' })
    const page = await open('chromium')
    await page.dropFiles('audit-drop', [join(folder.path, 'etc')])
    await page.see('audit-result')
    await page.chooseFiles('audit-compare-input', [join(earlier.path, 'other.json')])
    await page.until(async () => (await alertText(page)) !== '')
    expect(await page.count('audit-comparison')).toBe(0)
    await page.chooseFiles('audit-compare-input', [join(earlier.path, 'earlier.json')])
    expect(await page.text('audit-comparison')).toMatch(/2\d/)
    expect(page.log.errors).toEqual([])
    await page.close()
  })

  test('what is no text says so, and the page can be used again', async () => {
    using binary = jitsiFolder({ 'picture.png': '\u0000\u0001' })
    const page = await open('chromium')
    await page.dropFiles('audit-drop', [binary.path])
    await page.see('audit-trouble')
    await page.dropFiles('audit-drop', [join(folder.path, 'etc')])
    await page.see('audit-result')
    await page.click('audit-again')
    await page.see('audit-drop')
    await page.close()
  })

  test('an examination can be cancelled, and what cannot be examined takes no result away', async () => {
    using many = jitsiFolder(
      Object.fromEntries(
        Array.from({ length: 1500 }, (_, index) => [`roles/r${index}/defaults/main.yml`, 'a: 1\n']),
      ),
    )
    using binary = jitsiFolder({ 'picture.png': '\u0000\u0001' })
    const page = await open('chromium')
    await page.dropFiles('audit-drop', [many.path])
    await page.click('audit-cancel')
    await page.see('audit-drop')
    await page.dropFiles('audit-drop', [join(folder.path, 'etc')])
    await page.see('audit-result')
    const verdict = await page.text('audit-verdict')
    await page.dropFiles('audit-verdict', [many.path])
    await page.click('audit-cancel')
    expect(await page.text('audit-verdict')).toBe(verdict)
    await page.dropFiles('audit-verdict', [binary.path])
    await page.see('audit-trouble')
    expect(await page.text('audit-verdict')).toBe(verdict)
    // The reports of the result on show are still there to be saved.
    await page.chooseFiles('audit-compare-input', [join(many.path, 'roles/r0/defaults/main.yml')])
    await page.until(async () => (await alertText(page)) !== '')
    expect(page.log.errors).toEqual([])
    await page.close()
  })

  test('the same folder, mended and dropped again, shows what has changed', async () => {
    using own = jitsiFolder()
    const page = await open('chromium')
    await page.dropFiles('audit-drop', [join(own.path, 'etc')])
    await page.see('audit-result')
    expect(await page.count('audit-comparison')).toBe(0)
    const relay = join(own.path, 'etc/turnserver.conf')
    writeFileSync(relay, readFileSync(relay, 'utf8').replace('no-auth', 'use-auth-secret'))
    await page.dropFiles('audit-verdict', [join(own.path, 'etc')])
    expect(await page.text('audit-comparison')).toContain('A14 etc/turnserver.conf')
    expect(page.log.errors).toEqual([])
    await page.close()
  })
})

test.each(['chromium', 'firefox'] as const)('%s: nothing that axe-core objects to', async (browser) => {
  const page = await open(browser)
  expect(await findViolations(page)).toEqual([])
  const files = Object.keys(JITSI_FILES).map((path) => join(folder.path, path))
  await page.chooseFiles('audit-files-input', files)
  await page.see('audit-result')
  // Also with everything unfolded.
  await unfoldAll(page)
  expect(await findViolations(page)).toEqual([])
  for (const part of ['paperwork', 'moving', 'files']) {
    await page.click(`audit-tab-${part}`)
    expect(await findViolations(page)).toEqual([])
  }
  await page.close()
})

test('the worker is served with a policy that forbids it every connection', async () => {
  const name = readdirSync('apps/web/dist/assets').find((one) => one.startsWith('audit-worker-'))
  const answer = await fetch(`${server.url}/assets/${name ?? ''}`)
  expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'")
})
