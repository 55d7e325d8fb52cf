import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asEpochMillis } from '@runde/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { backupName, listBackups, outlivedBackups, purgeBackups } from './folder.ts'

const DAY = 86_400_000
const NOW = asEpochMillis(Date.UTC(2026, 10, 24, 2, 22, 10))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backups-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function put(daysAgo: number): string {
  const name = backupName(asEpochMillis(NOW - daysAgo * DAY))
  writeFileSync(join(folder, name), '')
  return name
}

test('a name tells its moment, and other files are no copies', () => {
  expect(backupName(NOW)).toBe('runde-2026-11-24T02-22-10Z.backup')
  put(0)
  writeFileSync(join(folder, 'runde-2026-99-24T02-22-10Z.backup'), '')
  writeFileSync(join(folder, 'notes.txt'), '')
  expect(listBackups(folder)).toEqual([{ path: join(folder, backupName(NOW)), madeAt: NOW }])
  expect(listBackups(join(folder, 'absent'))).toEqual([])
})

test('copies go at the end of their period, but never the newest one', () => {
  const [, week, old] = [put(1), put(7), put(31)]
  expect(outlivedBackups({ folder, days: 30 }, NOW, 2 * DAY)).toEqual([])
  expect(outlivedBackups({ folder, days: 30 }, NOW, 0).map(({ path }) => path)).toEqual([join(folder, old)])
  expect(purgeBackups({ folder, days: 30 }, NOW)).toBe(1)
  expect(readdirSync(folder).toSorted()).toEqual([week, backupName(asEpochMillis(NOW - DAY))].toSorted())
  expect(purgeBackups({ folder, days: 1 }, asEpochMillis(NOW + 100 * DAY))).toBe(1)
  expect(readdirSync(folder)).toHaveLength(1)
})
