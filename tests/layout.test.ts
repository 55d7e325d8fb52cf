// Every page at the narrowest widths: nothing scrolls sideways, and every control of the call bar can be reached.
import { disposeBots } from '@runde/testkit/bot'
import { coveredControls, launchBrowsers, sidewaysScroll } from '@runde/testkit/browser'
import { afterAll, expect, test } from 'vitest'
import { tour } from './support/tour.ts'

/** 320 px is 1280 px at 400 % zoom (WCAG 1.4.10); 360 px is the narrowest phone we draw for; 740 x 360 is a phone on its side. */
const SIZES = [
  [320, 640],
  [360, 740],
  [740, 360],
  [1280, 800],
] as const
const BAR = '.stage [role="toolbar"]'

const browsers = launchBrowsers()
afterAll(async () => {
  await browsers.close()
  await disposeBots()
})

test.each(['chromium', 'firefox'] as const)('%s', async (browser) => {
  const found: string[] = []
  const person = { reducedMotion: true }
  await tour({ browsers, browser, person }, async ({ name, page, stage }) => {
    for (const [width, height] of SIZES) {
      await page.setViewport(width, height)
      // The stage lays its tiles out after a resize has been seen; 300 ms are far behind that. Other pages are laid out by the
      // browser alone, as soon as the size is there.
      await new Promise((resolve) => setTimeout(resolve, stage ? 300 : 60))
      const where = `${name} at ${width} x ${height}`
      for (const problem of await sidewaysScroll(page)) found.push(`${where} scrolls sideways: ${problem}`)
      if (!stage) continue
      for (const problem of await coveredControls(page, BAR)) found.push(`${where}: ${problem}`)
    }
  })
  expect(found.join('\n')).toBe('')
})
