import { expect, test } from 'vitest'
import { planBrowsers } from './ensure-browsers.ts'

test('nothing missing, nothing to do', () => {
  expect(planBrowsers([], false)).toEqual({ kind: 'nothing' })
})

test('installs only what is missing', () => {
  expect(planBrowsers(['firefox'], true)).toEqual({ kind: 'install', packages: ['firefox-esr'] })
})

test('without the right to install it refuses and says the mend', () => {
  const plan = planBrowsers(['chromium', 'firefox'], false)
  expect(plan.kind).toBe('refuse')
  expect(plan).toMatchObject({ message: expect.stringContaining('apt-get install chromium firefox-esr') })
})
