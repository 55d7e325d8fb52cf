import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findBrowser } from './find-browser.ts'

const folder = mkdtempSync(join(tmpdir(), 'runde-find-browser-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('finds a browser in PATH by its first known name, and nothing in an empty one', () => {
  expect(findBrowser('chromium', { PATH: folder })).toBeUndefined()
  for (const name of ['google-chrome', 'chromium-browser']) {
    writeFileSync(join(folder, name), '')
    chmodSync(join(folder, name), 0o755)
  }
  expect(findBrowser('chromium', { PATH: `/nowhere:${folder}` })).toBe(join(folder, 'chromium-browser'))
  expect(findBrowser('firefox', { PATH: folder })).toBeUndefined()
})

test('a chosen program is taken or missing, never replaced by another', () => {
  const chosen = join(folder, 'google-chrome')
  expect(findBrowser('chromium', { PATH: folder, RUNDE_TEST_CHROMIUM: chosen })).toBe(chosen)
  expect(findBrowser('chromium', { PATH: folder, RUNDE_TEST_CHROMIUM: '/nowhere/x' })).toBeUndefined()
})
