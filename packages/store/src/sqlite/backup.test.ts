// A backup comes back as it was, holds nothing that opens a door, and is refused when a single byte of it went wrong.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { asEpochMillis, hide } from '@runde/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BackupError, LEFT_OUT, backUp, readBackup, restore } from './backup.ts'
import { DATABASE_FILE, openSqliteStore } from './open.ts'
import { hashToken, newToken } from '../token.ts'

const NOW = asEpochMillis(1_790_000_000_000)
const ABOUT = { madeAt: NOW, version: '0.1.0', settings: 'port: 8080\n' }
const SECRET = 'Kanarienvogel-Geheimnis-0123456789'

let folder: string
let data: string
let file: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'backup-'))
  data = join(folder, 'data')
  file = join(folder, 'copies', 'one.backup')
  const store = await openSqliteStore(data)
  await store.keyPairs.getOrMake(() => ({ key: 'key', secret: hide(SECRET) }), NOW)
  await store.settings.set('instance_name', 'Rathaus Musterstadt')
  await store.facts.set('org.name', '{"value":"Verein"}', NOW)
  await store.probes.add({ probe: 'probe.canary', ranAt: NOW, result: '0', passed: true })
  await store.links.add({
    tokenHash: hashToken(newToken(randomBytes)),
    purpose: 'set_up',
    organiserId: null,
    createdAt: NOW,
    expiresAt: asEpochMillis(NOW + 1e6),
  })
  await store.close()
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

async function faultOf(work: () => unknown): Promise<string> {
  try {
    await work()
  } catch (error) {
    if (error instanceof BackupError) return error.fault
    throw error
  }
  return 'none'
}

test('what goes in comes back, in a folder and a file for the owner alone', async () => {
  const made = backUp(data, file, ABOUT)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(made.rows.get('settings')).toBe(1)
  const target = join(folder, 'restored')
  expect(await restore(file, target)).toEqual(made)
  expect(statSync(target).mode & 0o777).toBe(0o700)
  const store = await openSqliteStore(target)
  expect(await store.settings.get('instance_name')).toBe('Rathaus Musterstadt')
  expect(await store.facts.all()).toEqual(new Map([['org.name', '{"value":"Verein"}']]))
  expect(await store.probes.latest()).toHaveLength(1)
  await store.close()
})

test('while the server writes, the copy is one consistent picture', async () => {
  const store = await openSqliteStore(data)
  await store.settings.set('instance_name', 'Neu')
  backUp(data, file, ABOUT)
  await store.close()
  const target = join(folder, 'restored')
  await restore(file, target)
  const restored = await openSqliteStore(target)
  expect(await restored.settings.get('instance_name')).toBe('Neu')
  await restored.close()
})

test('no secret, session, link or invitation is in the file, not even in a free page', () => {
  backUp(data, file, ABOUT)
  const bytes = readFileSync(file)
  expect(readFileSync(join(data, DATABASE_FILE)).includes(SECRET) || walOf(data).includes(SECRET)).toBe(true)
  expect(bytes.includes(SECRET)).toBe(false)
  const database = new DatabaseSync(file, { readOnly: true })
  expect(LEFT_OUT.length).toBeGreaterThanOrEqual(6)
  for (const table of LEFT_OUT)
    expect(database.prepare(`select count(*) as n from ${table}`).get()).toEqual({ n: 0 })
  database.close()
  expect(readdirSync(join(folder, 'copies'))).toEqual(['one.backup'])
})

function walOf(place: string): Buffer {
  const wal = join(place, `${DATABASE_FILE}-wal`)
  return existsSync(wal) ? readFileSync(wal) : Buffer.alloc(0)
}

test('a restored key pair is a new one, so a copy is no key to the server', async () => {
  backUp(data, file, ABOUT)
  const target = join(folder, 'restored')
  await restore(file, target)
  const store = await openSqliteStore(target)
  const pair = await store.keyPairs.getOrMake(() => ({ key: 'fresh', secret: hide('x') }), NOW)
  expect(pair.key).toBe('fresh')
  await store.close()
})

test('every damaged byte is noticed or harmless: the restored rows are the ones that were saved', async () => {
  backUp(data, file, ABOUT)
  const sound = readFileSync(file)
  const wanted = await rowsOf(data)
  let refused = 0
  for (let round = 0; round < 60; round++) {
    const bytes = Buffer.from(sound)
    const at = Math.floor((round / 60) * bytes.length)
    bytes.fill(0xa5, at, at + 64)
    writeFileSync(file, bytes)
    const target = join(folder, `broken-${round}`)
    const fault = await faultOf(() => restore(file, target))
    if (fault !== 'none') refused++
    expect(fault === 'none' ? await rowsOf(target) : wanted).toEqual(wanted)
    expect(['none', 'damaged', 'not_a_backup', 'too_new', 'unwritable']).toContain(fault)
  }
  expect(refused).toBeGreaterThan(5)
})

async function rowsOf(place: string): Promise<unknown> {
  const store = await openSqliteStore(place)
  const rows = [
    await store.settings.get('instance_name'),
    await store.facts.all(),
    await store.probes.latest(),
  ]
  await store.close()
  return rows
}

test('missing rows, strangers, newer versions and full folders are refused by name', async () => {
  backUp(data, file, ABOUT)
  expect(await faultOf(() => restore(file, data))).toBe('folder_not_empty')
  expect(await faultOf(() => readBackup(join(data, DATABASE_FILE)))).toBe('not_a_backup')
  expect(await faultOf(() => readBackup(join(folder, 'nothing')))).toBe('not_a_backup')
  expect(await faultOf(() => backUp(join(folder, 'nowhere'), file, ABOUT))).toBe('no_database')
  writeFileSync(join(folder, 'text'), 'just a text')
  expect(await faultOf(() => readBackup(join(folder, 'text')))).toBe('not_a_backup')
  const change = (sql: string): void => {
    const database = new DatabaseSync(file)
    database.exec(sql)
    database.close()
  }
  change("insert into migrations values ('999-later', '2030-01-01')")
  expect(await faultOf(() => restore(file, join(folder, 'later')))).toBe('too_new')
  change('delete from settings')
  expect(await faultOf(() => restore(file, join(folder, 'fewer')))).toBe('damaged')
})
