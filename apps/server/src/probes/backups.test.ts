import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asEpochMillis } from '@runde/contract'
import { backUp } from '@runde/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { backupName } from '../backups/folder.ts'
import { openTestServer, type TestServer } from '../testing/test-server.ts'
import { backupAgeProbe, restoreProbe } from './backups.ts'
import type { Outcome, ProbeTarget } from './probe.ts'
import { retentionProbe } from './surroundings.ts'

const HOUR = 3_600_000

let server: TestServer
let folder: string
beforeEach(async () => {
  server = await openTestServer()
  folder = mkdtempSync(join(tmpdir(), 'copies-'))
})
afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Only what these probes look at. */
function target(backup: ProbeTarget['backup']): ProbeTarget {
  const seen: Partial<ProbeTarget> = {
    backup,
    store: server.store,
    dataFolder: server.folder,
    now: () => server.clock.now,
  }
  return seen as ProbeTarget
}

function copy(hoursAgo: number): string {
  const madeAt = asEpochMillis(server.clock.now - hoursAgo * HOUR)
  const file = join(folder, backupName(madeAt))
  backUp(server.folder, file, { madeAt, version: '0.1.0', settings: '' })
  return file
}

test('without a folder, and with an empty one, nothing is claimed', async () => {
  for (const place of [undefined, folder])
    for (const probe of [backupAgeProbe, restoreProbe])
      expect(await probe.run(target({ folder: place, days: 30 }))).toMatchObject({ measured: false })
})

test('the age is the newest copy’s, and a night and a day are the limit', async () => {
  const age = (): Promise<Outcome> => backupAgeProbe.run(target({ folder, days: 30 }))
  copy(37)
  expect(await age()).toMatchObject({ value: 37, passed: false })
  copy(36)
  expect(await age()).toMatchObject({ value: 36, passed: true })
})

test('the newest copy is restored; a damaged one fails and leaves nothing behind', async () => {
  const file = copy(1)
  const rehearse = (): Promise<Outcome> => restoreProbe.run(target({ folder, days: 30 }))
  expect(await rehearse()).toEqual({ measured: true, value: true, passed: true, found: [] })
  writeFileSync(file, readFileSync(file).fill(0xa5, 4096, 12_288))
  expect(await rehearse()).toMatchObject({ value: false, passed: false })
})

test('copies that outlive their period fail the proof of retention', async () => {
  copy(24 * 13)
  const retention = (): Promise<Outcome> => retentionProbe.run(target({ folder, days: 10 }))
  expect(await retention()).toMatchObject({ value: false, found: ['backups: 1'] })
  expect(await retentionProbe.run(target({ folder, days: 30 }))).toMatchObject({ value: true })
})
