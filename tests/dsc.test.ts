// The data protection centre in a real browser: the interview with the keyboard alone, documents that follow it, and the notice before joining.
import {
  type BrowserName,
  type BrowserPage,
  countMatches,
  focusDescription,
  foreignRequests,
  launchBrowsers,
} from '@runde/testkit/browser'
import { type RunningServer, startServer } from '@runde/testkit/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerQuestion, tabTo } from './support/interview.ts'
import { createMeeting, setUp } from './support/people.ts'

const browsers = launchBrowsers()
let server: RunningServer
let link = ''
let anna: BrowserPage

beforeAll(async () => {
  server = await startServer()
  anna = await browsers.open('chromium')
  await setUp(anna, server)
  link = await createMeeting(anna, 'Vorstandssitzung')
})
afterAll(async () => {
  await browsers.close()
  await server[Symbol.asyncDispose]()
})

/** How many more questions there may be than the association in the fixture was asked: a loop must end. */
const MOST_QUESTIONS = 80

const count = async (kind: string): Promise<number> =>
  Number.parseInt(await anna.text(`dsc-count-${kind}`), 10)

describe('before anything is answered', () => {
  test('the documents are there, incomplete, and the next step is the interview', async () => {
    await anna.goto(`${server.url}/desk/dsc`)
    await anna.seeState('dsc-next', 'data-step', 'questions')
    expect(await count('missing')).toBeGreaterThan(5)
  })

  test('the imprint and the notice say what is missing instead of inventing it', async () => {
    const page = await browsers.open('chromium')
    await page.goto(`${server.url}/impressum`)
    expect(await page.text('imprint')).toContain('[noch nicht angegeben]')
    await page.goto(`${server.url}/datenschutz`)
    expect(await page.text('document')).toContain('[noch nicht angegeben]')
    await page.goto(link)
    await page.see('join-submit')
    await page.until(async () =>
      (await page.text('join-facts')).includes('kann Besprechungen nicht aufzeichnen'),
    )
    const facts = await page.text('join-facts')
    expect(facts).not.toContain('[noch nicht angegeben]')
    await page.close()
  })
})

describe('the interview', () => {
  test('is answered for a small association with the keyboard alone', async () => {
    await anna.goto(`${server.url}/desk/dsc`)
    await anna.see('dsc-next-go')
    await tabTo(anna, 'dsc-next-go')
    await anna.press('Enter')
    await anna.see('question')
    const asked: string[] = []
    for (;;) {
      if ((await anna.count('interview-done')) > 0) {
        // Later answers can raise questions that stand further up.
        if ((await anna.count('interview-open')) === 0) break
        await tabTo(anna, 'interview-open')
        await anna.press('Enter')
        await anna.see('question')
      }
      const [fact = ''] = await anna.attributes('question', 'data-fact')
      asked.push(fact)
      expect(asked.length).toBeLessThan(MOST_QUESTIONS)
      await answerQuestion(anna, fact)
      await anna.until(
        async () =>
          (await anna.count('interview-done')) > 0 ||
          !(await anna.attributes('question', 'data-fact')).includes(fact),
        { what: `the question after ${fact}` },
      )
    }
    // Nothing is asked twice, also when a later answer raises a question further up.
    expect(asked).toEqual([...new Set(asked)])
    expect(await anna.attributes('interview-done', 'data-open')).toEqual(['0'])
  })

  test('refuses what is no number, and says so at the field', async () => {
    await anna.goto(`${server.url}/desk/dsc/interview#org.reviewMonths`)
    await anna.fill('answer', 'zwoelf')
    await anna.press('Tab')
    await anna.seeState('answer', 'aria-invalid', 'true')
    await anna.click('question-next')
    await anna.seeState('question', 'data-fact', 'org.reviewMonths')
    await anna.reload()
    expect(await anna.text('answer')).toBe('12')
  })

  test('what the server refuses stays in the field, with its sentence', async () => {
    await anna.goto(`${server.url}/desk/dsc/interview#judge.date`)
    await anna.see('answer')
    // The form cannot produce a wrong date; a page of another version could.
    const status = await anna.evaluate(async () => {
      const answer = await fetch('/api/dossier/facts/judge.date', {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: '{"value":"gestern"}',
      })
      return answer.status
    })
    expect(status).toBe(422)
    await anna.reload()
    expect(await anna.text('answer')).toMatch(/^\d{4}-\d\d-\d\d$/)
  })
})

describe('the documents', () => {
  test('have followed the answers', async () => {
    await anna.goto(`${server.url}/desk/dsc`)
    await anna.see('dsc-overview')
    // This server has no TLS; that alone speaks against some documents.
    expect(await count('missing')).toBeLessThanOrEqual(4)
    await anna.goto(`${server.url}/desk/dsc/documents/record`)
    const record = await anna.text('document')
    expect(record).toContain('Beispielverein e. V.')
    expect(record).toContain('Mitgliederversammlungen')
    await anna.goto(`${server.url}/desk/dsc/documents/processor-decision`)
    expect(await anna.text('document')).not.toContain('[noch nicht angegeben]')
    await anna.goto(`${server.url}/desk/dsc/documents/record`)
  })

  test('can be downloaded in four formats from the menu', async () => {
    await anna.click('doc-download')
    for (const [format, start] of [
      ['pdf', '%PDF'],
      ['docx', 'PK'],
      ['html', '<!doctype html>'],
      ['md', '# '],
    ] as const) {
      const [href = ''] = await anna.attributes(`doc-download-${format}`, 'href')
      const file = await anna.evaluate(async (address: string) => {
        const answer = await fetch(address)
        const bytes = new Uint8Array(await answer.arrayBuffer())
        const head = String.fromCharCode(...bytes.slice(0, 20))
        return { head, name: answer.headers.get('content-disposition') ?? '' }
      }, href)
      expect(file.head.toLowerCase()).toContain(start.toLowerCase())
      expect(file.name).toContain(`record.de.${format}`)
    }
    await anna.press('Escape')
  })

  test('change when an answer changes', async () => {
    await anna.goto(`${server.url}/desk/dsc/interview#org.name`)
    await anna.fill('answer', 'Anderer Verein e. V.')
    await anna.press('Enter')
    await anna.seeState('question', 'data-fact', 'org.address')
    await anna.goto(`${server.url}/desk/dsc/documents/record`)
    expect(await anna.text('document')).toContain('Anderer Verein e. V.')
    await anna.goto(`${server.url}/desk/dsc/interview#org.name`)
    await anna.fill('answer', 'Beispielverein e. V.')
    await anna.click('question-next')
    await anna.seeState('question', 'data-fact', 'org.address')
  })
})

describe.each(['chromium', 'firefox'] as const)('participants in %s', (browser: BrowserName) => {
  test('read three true lines and who is responsible before any connection to the media server', async () => {
    const page = await browsers.open(browser)
    await page.goto(link)
    await page.see('join-submit')
    await page.until(async () => (await page.text('join-facts')).includes('Verantwortlich'))
    const facts = await page.text('join-facts')
    expect(facts).toContain('Beispielverein e. V.')
    expect(facts).toContain('kann Besprechungen nicht aufzeichnen')
    expect(facts).toMatch(/Netzadresse wird nicht gespeichert/)
    expect(page.log.requests.filter((url) => url.includes('/rtc'))).toEqual([])
    expect(foreignRequests(page.log, server.url)).toEqual([])
    await page.close()
  })

  test('read the whole notice in both languages, and what each sentence rests on, with the keyboard', async () => {
    const page = await browsers.open(browser)
    await page.goto(server.url)
    await page.click('foot-privacy')
    expect(await page.text('document')).toContain('Beispielverein e. V.')
    await tabTo(page, '', '.mark')
    const source = await page.text('sources')
    expect(source).toContain('Beispielverein e. V.')
    expect(source).toContain('Angabe')
    expect(await focusDescription(page)).toContain('Beispielverein e. V.')
    await page.press('Escape')
    await page.gone('sources')
    // One stop per section: the next stop is in another one.
    expect(await countMatches(page, '.mark[tabindex="0"]')).toBe(await countMatches(page, '[data-marks]'))
    await page.click('lang-en')
    await page.until(async () => (await page.text('document')).includes('Beispielverein e. V.'))
    await page.until(async () => (await page.text('document')).includes('Who is responsible'))
    expect(page.log.errors).toEqual([])
    expect(foreignRequests(page.log, server.url)).toEqual([])
    await page.close()
  })
})

describe('the proofs', () => {
  test('run on demand, and their history is plotted', async () => {
    await anna.goto(`${server.url}/desk/dsc/proofs`)
    await anna.click('prove')
    await anna.until(
      async () => {
        const states = await anna.attributes('proof', 'data-state')
        return states.filter((state) => state === 'passed').length >= 3 && !states.includes('never')
      },
      { timeout: 120_000, what: 'the proofs to have run' },
    )
    expect(await anna.attributes('proof', 'data-state')).not.toContain('failed')
    expect(await countMatches(anna, '.history .passed')).toBeGreaterThan(2)
  })
})

describe('a private person', () => {
  test('needs nothing, and nobody says otherwise', async () => {
    await anna.goto(`${server.url}/desk/dsc/interview#org.sector`)
    await anna.click('answer-household')
    await anna.seeState('save-state', 'data-state', 'saved')
    await anna.goto(`${server.url}/desk/dsc`)
    await anna.seeState('dsc-next', 'data-step', 'household')
    const page = await browsers.open('chromium')
    await page.goto(link)
    await page.until(async () => (await page.text('join-facts')).includes('Art. 2 Abs. 2'))
    await page.goto(`${server.url}/datenschutz`)
    expect(await page.text('document')).toContain('Sie brauchen keine Unterlagen')
    await page.close()
  })

  test('nothing went wrong and nobody else was asked', () => {
    expect(anna.log.errors).toEqual([])
    // The wrong date was refused on purpose, and browsers log that.
    expect(anna.log.consoleErrors.filter((line) => !/status of 422/.test(line))).toEqual([])
    expect(foreignRequests(anna.log, server.url)).toEqual([])
  })
})
