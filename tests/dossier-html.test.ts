// The documents as HTML, opened like a download: machine-decidable accessibility, structure for reading aloud, and paper.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { dossier, type DossierDocument, type Language, readFacts } from '@runde/dossier'
import { toHtml } from '@runde/dossier/writers'
import {
  findBrowser,
  findViolations,
  foreignRequests,
  launchBrowsers,
  pageLanguage,
  printRules,
  sidewaysScroll,
  structureFaults,
  textsOf,
} from '@runde/testkit/browser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** A fortnight after the settings and some hours after the proofs of the example sheets. */
const NOW = Date.UTC(2026, 10, 23, 12)

const run = promisify(execFile)
const browsers = launchBrowsers()
const folder = mkdtempSync(join(tmpdir(), 'dossier-html-'))
let origin = ''
const pages = new Map<string, string>()
const server = createServer((request, response) => {
  const html = pages.get(request.url ?? '')
  // Like the server's answer to a download, but shown instead of saved.
  const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-eval'"
  response.writeHead(html === undefined ? 404 : 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
  })
  response.end(html ?? '')
})

function documentsOf(organisation: string, language: Language): readonly DossierDocument[] {
  const sheet = readFacts(
    readFileSync(new URL(`../packages/dossier/fixtures/${organisation}.json`, import.meta.url), 'utf8'),
  )
  if (!sheet.ok) throw new Error(`${organisation}.json cannot be read`)
  return dossier(sheet.sheet, { language, now: NOW }).documents
}

const LANGUAGES = ['de', 'en'] as const
// Every kind of document there is: processing by others with professional secrecy, and a provider's own.
const SETS = ['law-practice', 'hoster', 'private-person'].flatMap((organisation) =>
  LANGUAGES.map((language) => ({ organisation, language, documents: documentsOf(organisation, language) })),
)

function pathOf(organisation: string, { id, language }: DossierDocument): string {
  return `/${organisation}/${id}.${language}.html`
}

beforeAll(async () => {
  for (const { organisation, documents } of SETS)
    for (const document of documents) pages.set(pathOf(organisation, document), toHtml(document))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await browsers.close()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

test.each(SETS)(
  '$organisation in $language: accessible and well built',
  async ({ organisation, language, documents }) => {
    const colorScheme = language === 'de' ? 'light' : 'dark'
    const page = await browsers.open('chromium', {
      colorScheme,
      language: language === 'de' ? 'de-DE' : 'en-GB',
    })
    const found: string[] = []
    // The narrowest screen: whatever fits there fits everywhere.
    await page.setViewport(320, 800)
    for (const document of documents) {
      const path = pathOf(organisation, document)
      await page.goto(origin + path)
      const faults = await structureFaults(page)
      const violations = await findViolations(page)
      found.push(
        ...faults.map((fault) => `${path}: ${fault}`),
        ...violations.map(({ rule, places }) => `${path}: ${rule}\n  ${places.join('\n  ')}`),
      )
      if ((await pageLanguage(page)) !== language) found.push(`${path}: language`)
      found.push(...(await sidewaysScroll(page)).map((what) => `${path}: wider than 320 px: ${what}`))
    }
    expect(found.join('\n')).toBe('')
    expect(foreignRequests(page.log, origin)).toEqual([])
    await page.close()
  },
)

describe('on paper', () => {
  const program = findBrowser('chromium')
  test.each([
    ['hoster', 'measures', 'de', 3, 9],
    ['hoster', 'provider-record', 'en', 3, 9],
    ['law-practice', 'notice-short', 'de', 1, 2],
    ['law-practice', 'notice', 'en', 3, 8],
  ] as const)(
    '%s %s in %s: between %i and %i pages, tagged',
    async (organisation, id, language, least, most) => {
      if (program === undefined)
        throw new Error('chromium was not found; run: node scripts/ensure-browsers.ts')
      const file = join(folder, `${organisation}-${id}.pdf`)
      const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
      await run(
        program,
        [
          '--headless',
          ...root,
          '--disable-background-networking',
          '--disable-dev-shm-usage',
          `--user-data-dir=${join(folder, 'profile')}`,
          '--no-pdf-header-footer',
          `--print-to-pdf=${file}`,
          `${origin}/${organisation}/${id}.${language}.html`,
        ],
        { timeout: 30_000 },
      )
      const pdf = readFileSync(file).toString('latin1')
      const count = pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
      expect(count).toBeGreaterThanOrEqual(least)
      expect(count).toBeLessThanOrEqual(most)
      // A4 within a point, and a structure tree for reading aloud.
      expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45](?:\.\d+)? 84[12](?:\.\d+)?\]/)
      expect(pdf).toContain('/StructTreeRoot')
      expect(pdf).toMatch(new RegExp(`/Lang\\s*\\(${language}`))
    },
  )

  test('each mark in the text has its note in the list that is printed at the end', async () => {
    const page = await browsers.open('chromium', { colorScheme: 'light' })
    await page.goto(`${origin}/hoster/record.de.html`)
    const notes = await textsOf(page, '.notes dt')
    expect((await textsOf(page, 'a.mark')).length).toBeGreaterThan(20)
    expect(notes).toContain('A1')
    expect(new Set(notes).size).toBe(notes.length)
    expect(await printRules(page)).toMatch(/@page.*size: a4.*margin/is)
    await page.close()
  })
})
