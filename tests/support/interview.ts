// Answers the data protection interview: for a small association with the keyboard alone, or all at once for an invented organisation.
import { readFileSync } from 'node:fs'
import { type BrowserPage, focusIsOn } from '@runde/testkit/browser'

/** More stops than any page has; whoever needs more is caught in a trap. */
const MOST_STOPS = 150

/** Presses Tab until the element has the focus. @param selector in place of a test id */
export async function tabTo(page: BrowserPage, testId: string, selector?: string): Promise<void> {
  const wanted = selector ?? `[data-testid="${testId}"]`
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.press('Tab')
    if (await focusIsOn(page, wanted)) return
  }
  throw new Error(`the Tab key does not lead to ${wanted}`)
}

/** Types letter by letter. */
async function type(page: BrowserPage, text: string): Promise<void> {
  for (const letter of text) await page.press(letter === ' ' ? 'Space' : letter)
}

async function pressTimes(page: BrowserPage, key: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await page.press(key)
}

/** Chooses the option at a place of a group of radio buttons that has no choice yet. */
async function choose(page: BrowserPage, at: number): Promise<void> {
  await tabTo(page, '', 'input[type="radio"]')
  await page.press('Space')
  await pressTimes(page, 'ArrowDown', at)
}

async function write(page: BrowserPage, text: string): Promise<void> {
  await tabTo(page, 'answer')
  await type(page, text)
}

async function check(page: BrowserPage, testId: string): Promise<void> {
  await tabTo(page, testId)
  await page.press('Space')
}

async function addPurpose(page: BrowserPage): Promise<void> {
  await tabTo(page, 'add-purpose')
  await page.press('Enter')
  await page.see('form-purpose')
  await type(page, 'Mitgliederversammlungen')
  await tabTo(page, 'field-basis')
  await page.press('ArrowDown')
  await tabTo(page, 'take-purpose')
  await page.press('Enter')
  await page.see('record')
}

/** A date field of Chromium: each part takes its first value on the arrow key. */
async function someDay(page: BrowserPage): Promise<void> {
  await tabTo(page, 'answer')
  for (const part of ['month', 'day', 'year']) {
    await pressTimes(page, 'ArrowUp', part === 'day' ? 2 : 1)
    await page.press('ArrowRight')
  }
}

async function threeYears(page: BrowserPage): Promise<void> {
  await tabTo(page, 'answer')
  // none, end, hours, days, months, years
  await pressTimes(page, 'ArrowDown', 6)
  await tabTo(page, 'answer-count')
  await type(page, '3')
}

const YES = 0
const NO = 1

const ANSWERS: Readonly<Record<string, (page: BrowserPage) => Promise<void>>> = {
  'org.sector': async (page) => await choose(page, 0),
  'org.name': async (page) => await write(page, 'Beispielverein e. V.'),
  'org.address': async (page) => await write(page, 'Lindenweg 1, 12345 Beispielstadt'),
  'org.contact': async (page) => await write(page, 'vorstand@verein.example'),
  // The tenth of the alphabetical list: Nordrhein-Westfalen.
  'org.land': async (page) => await choose(page, 9),
  'org.seatInEu': async (page) => await choose(page, YES),
  'org.jointControllers': async (page) => await check(page, 'answer-none'),
  'org.processingStaff': async (page) => await write(page, '6'),
  'org.dpoAppointed': async (page) => await choose(page, NO),
  'org.representation': async (page) => await choose(page, 0),
  'org.approver': async (page) => await write(page, 'die Vorsitzende'),
  'org.incidentContact': async (page) => await write(page, 'technik@verein.example'),
  'org.reviewMonths': async (page) => await write(page, '12'),
  'use.purposes': addPurpose,
  'use.groups': async (page) => await check(page, 'answer-members'),
  'use.minors': async (page) => await choose(page, NO),
  'use.sensitive': async (page) => await choose(page, NO),
  'use.monthly': async (page) => await write(page, '80'),
  'use.thirdParties': async (page) => await choose(page, NO),
  'use.mandatory': async (page) => await choose(page, NO),
  'use.whyVideo': async (page) => await write(page, 'Die Mitglieder wohnen verstreut.'),
  'use.expected': async (page) => await choose(page, YES),
  'use.telecom': async (page) => await choose(page, 0),
  'secrecy.duty': async (page) => await choose(page, 0),
  'staff.trained': async (page) => await choose(page, YES),
  'staff.confidential': async (page) => await choose(page, YES),
  'hosting.model': async (page) => await choose(page, 0),
  'hosting.place': async (page) => await write(page, 'Beispielstadt, Deutschland'),
  'hosting.support': async (page) => await choose(page, NO),
  'hosting.physical': async (page) => await write(page, 'Der Server steht in einem Schrank.'),
  'hosting.diskEncrypted': async (page) => await choose(page, YES),
  'hosting.providers': async (page) => await check(page, 'answer-none'),
  'backup.made': async (page) => await choose(page, NO),
  'judge.evaluation': async (page) => await choose(page, NO),
  'judge.largeScale': async (page) => await choose(page, NO),
  'judge.blocksRight': async (page) => await choose(page, NO),
  'judge.examiner': async (page) => await write(page, 'die Vorsitzende'),
  'judge.date': someDay,
  'keep.documents': threeYears,
  'keep.serverLog': threeYears,
  'imprint.business': async (page) => await choose(page, NO),
}

/** Questions that nobody owes an answer. */
const OPTIONAL: ReadonlySet<string> = new Set(['judge.deviation'])

/** Answers the question on show and goes on to the next one. */
export async function answerQuestion(page: BrowserPage, fact: string): Promise<void> {
  const answer = ANSWERS[fact]
  if (answer === undefined && !OPTIONAL.has(fact))
    throw new Error(`nobody has told what a small association answers to ${fact}`)
  await answer?.(page)
  await tabTo(page, 'question-next')
  await page.press('Enter')
}

/** States everything an invented organisation of packages/dossier says about itself; somebody must be signed in. */
export async function stateFacts(page: BrowserPage, organisation: string): Promise<void> {
  const path = new URL(`../../packages/dossier/fixtures/${organisation}.json`, import.meta.url)
  const refused = await page.evaluate(
    async (text: string) => {
      const { facts } = JSON.parse(text)
      const wrong: string[] = []
      for (const fact of Object.keys(facts)) {
        const { source, value } = facts[fact]
        if (source !== 'declared' || value === undefined) continue
        const answer = await fetch(`/api/dossier/facts/${fact}`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ value }),
        })
        if (answer.status !== 204) wrong.push(fact)
      }
      return wrong
    },
    readFileSync(path, 'utf8'),
  )
  if (refused.length > 0) throw new Error(`refused: ${refused.join(', ')}`)
}
