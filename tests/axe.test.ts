// Every page in both browsers, light and dark: no violation of the WCAG 2.2 A and AA rules that a machine can decide.
import { disposeBots } from '@runde/testkit/bot'
import { findViolations, launchBrowsers } from '@runde/testkit/browser'
import { afterAll, expect, test } from 'vitest'
import { tour } from './support/tour.ts'

const browsers = launchBrowsers()
afterAll(async () => {
  await browsers.close()
  await disposeBots()
})

test.each([
  ['chromium', 'light', 'de-DE'],
  ['firefox', 'dark', 'en-GB'],
] as const)('%s, %s, %s', async (browser, colorScheme, language) => {
  const found: string[] = []
  const person = { colorScheme, language, reducedMotion: true }
  const stops = await tour({ browsers, browser, person }, async ({ name, page }) => {
    for (const { rule, help, places } of await findViolations(page))
      found.push(`${name}: ${rule}: ${help}\n  ${places.join('\n  ')}`)
  })
  expect(found.join('\n')).toBe('')
  expect(stops.length).toBeGreaterThanOrEqual(36)
})
