// `node tests/screenshots.ts FOLDER`: pictures of every page at three widths in both schemes, for people to look at.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { disposeBots } from '@runde/testkit/bot'
import { launchBrowsers } from '@runde/testkit/browser'
import { tour } from './support/tour.ts'

/** Phone, tablet, desktop. */
const SIZES = [
  [360, 740],
  [768, 1024],
  [1440, 900],
] as const

const folder = process.argv[2]
if (folder === undefined) throw new Error('usage: node tests/screenshots.ts FOLDER')
mkdirSync(folder, { recursive: true })
await using browsers = launchBrowsers()
for (const colorScheme of ['light', 'dark'] as const) {
  const person = { colorScheme, reducedMotion: true }
  await tour({ browsers, browser: 'chromium', person }, async ({ name, page }) => {
    for (const [width, height] of SIZES) {
      await page.setViewport(width, height)
      await new Promise((resolve) => setTimeout(resolve, 300))
      writeFileSync(join(folder, `${name}-${width}-${colorScheme}.png`), await page.screenshot())
    }
  })
}
await disposeBots()
