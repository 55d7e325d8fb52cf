import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { asEpochMillis } from '@runde/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { STORED_COLUMNS } from '../columns.ts'
import { describeAccounts } from '../testing/account-contract.ts'
import { describeStore } from '../testing/store-contract.ts'
import { DATABASE_FILE, StoreOpenError, openSqliteStore } from './open.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('SQLite', () => {
  describeStore(() => openSqliteStore(join(folder, 'data')))
})

describe('SQLite: accounts and approvals', () => {
  describeAccounts(() => openSqliteStore(join(folder, 'data')))
})

test('folder and files are for the owner only, also when the file was open to others', async () => {
  const data = join(folder, 'data')
  const store = await openSqliteStore(data)
  await store.settings.set('instance_name', 'x')
  expect(statSync(data).mode & 0o777).toBe(0o700)
  expect(readdirSync(data).sort()).toEqual([DATABASE_FILE, `${DATABASE_FILE}-shm`, `${DATABASE_FILE}-wal`])
  for (const file of readdirSync(data)) expect(statSync(join(data, file)).mode & 0o777).toBe(0o600)
  await store.close()
  const loose = join(folder, DATABASE_FILE)
  writeFileSync(loose, '', { mode: 0o644 })
  await (await openSqliteStore(folder)).close()
  expect(statSync(loose).mode & 0o777).toBe(0o600)
})

test('every column is declared with its purpose, and every declared column exists', async () => {
  await (await openSqliteStore(folder)).close()
  const database = new DatabaseSync(join(folder, DATABASE_FILE))
  const found = database
    .prepare(
      `select m.name || '.' || c.name as name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table'`,
    )
    .all()
    .map((row) => String(row['name']))
  database.close()
  expect(found.length).toBeGreaterThan(20)
  expect(found.sort()).toEqual(STORED_COLUMNS.map(({ table, column }) => `${table}.${column}`).sort())
})

test('no column is for a network address or a browser', () => {
  for (const { column, purpose, kept } of STORED_COLUMNS) {
    expect(column).not.toMatch(/(^|_)(ip|addr|address|host|agent|device|referer|geo)(_|$)/)
    for (const text of [purpose.de, purpose.en, kept.de, kept.en]) expect(text.length).toBeGreaterThan(5)
  }
})

test('what is there survives closing and opening, and migrating twice changes nothing', async () => {
  const first = await openSqliteStore(folder)
  await first.settings.set('instance_name', 'Rathaus')
  await first.close()
  const second = await openSqliteStore(folder)
  expect(await second.settings.get('instance_name')).toBe('Rathaus')
  await second.close()
})

test('two processes may open a new folder at the same time, and agree on the key pair', async () => {
  const entry = new URL('../index.ts', import.meta.url).href
  const script = `
    const { openSqliteStore } = await import(${JSON.stringify(entry)})
    const store = await openSqliteStore(${JSON.stringify(folder)})
    const { key } = await store.keyPairs.getOrMake(() => ({ key: 'k' + process.pid, secret: { reveal: () => 's' } }), 1)
    await store.close()
    process.stdout.write(key)`
  const run = promisify(execFile)
  const keys = await Promise.all(
    [1, 2, 3].map(async () => (await run(process.execPath, ['--input-type=module', '-e', script])).stdout),
  )
  expect(keys[0]).toMatch(/^k\d+$/)
  expect(new Set(keys).size).toBe(1)
})

test('an account from before there were roles keeps everything it could do, and is found by its name', async () => {
  await (await openSqliteStore(folder)).close()
  const database = new DatabaseSync(join(folder, DATABASE_FILE))
  // As the first two migrations left it: the columns and tables of all later ones are taken away again.
  database.exec(`
    drop table authority_links; drop table comments; drop table snapshots;
    drop table invitations; drop table passkeys; drop table passwords;
    alter table sessions drop column used_on;
    drop index organisers_by_name;
    alter table organisers drop column second_factor;
    alter table organisers drop column name_key;
    alter table organisers drop column roles;
    drop table diagnostic_mode; drop table deletions;
    delete from migrations where name > '002-facts';
    insert into organisers (id, name, created_at) values ('o-erika', 'Erika  Muster', 1700000000000);
    insert into sessions (token_hash, organiser_id, created_at, expires_at)
      values ('${'a'.repeat(64)}', 'o-erika', 1700000000000, 1800000000000)`)
  database.close()
  const store = await openSqliteStore(folder)
  const erika = await store.organisers.findByName('erika muster')
  expect(erika).toMatchObject({ id: 'o-erika', roles: ['organiser', 'operator'], secondFactor: false })
  const sessions =
    erika === undefined ? [] : await store.sessions.listOf(erika.id, asEpochMillis(1_700_000_000_000))
  expect(sessions.map(({ usedOn }) => usedOn)).toEqual([Date.UTC(2023, 10, 14)])
  await store.close()
})

test('another process sees what was written, while both are open', async () => {
  const one = await openSqliteStore(folder)
  const two = await openSqliteStore(folder)
  await one.settings.set('instance_name', 'one')
  expect(await two.settings.get('instance_name')).toBe('one')
  await one.close()
  await two.close()
})

test('what was deleted cannot be read out of the file', async () => {
  const store = await openSqliteStore(folder)
  await store.settings.set('instance_name', 'Kanarienvogel-im-Bergwerk')
  await store.settings.set('instance_name', 'x')
  await store.close()
  expect(readFileSync(join(folder, DATABASE_FILE)).includes('Kanarienvogel')).toBe(false)
  expect(readdirSync(folder)).toEqual([DATABASE_FILE])
})

test('a file that is no database is named as such and left alone', async () => {
  writeFileSync(join(folder, DATABASE_FILE), 'this is not a database, but a text of some length')
  await expect(openSqliteStore(folder)).rejects.toMatchObject({ fault: 'not_a_database' })
  expect(readFileSync(join(folder, DATABASE_FILE), 'utf8')).toMatch(/^this is not/)
})

test('a database of a newer version is refused', async () => {
  await (await openSqliteStore(folder)).close()
  const database = new DatabaseSync(join(folder, DATABASE_FILE))
  database.exec(`insert into migrations (name, timestamp) values ('999-future', '2030-01-01T00:00:00.000Z')`)
  database.close()
  await expect(openSqliteStore(folder)).rejects.toMatchObject({ fault: 'too_new' })
})

test('a folder that cannot be made is a fault of the folder', async () => {
  writeFileSync(join(folder, 'file'), '')
  const opening = openSqliteStore(join(folder, 'file', 'data'))
  await expect(opening).rejects.toBeInstanceOf(StoreOpenError)
  await expect(opening).rejects.toMatchObject({ fault: 'folder_unwritable' })
})

test('a proof of deletion that is changed, put in or taken out breaks the chain', async () => {
  const at = asEpochMillis(1_700_000_000_000)
  const tamper = async (statement: string): Promise<boolean> => {
    const place = mkdtempSync(join(folder, 'chain-'))
    const store = await openSqliteStore(place)
    for (const entries of [1, 2, 3])
      await store.deletions.add({ class: 'debugLog', entries, firstAt: at, lastAt: at, deletedAt: at })
    const database = new DatabaseSync(join(place, DATABASE_FILE))
    database.exec(statement)
    database.close()
    const intact = await store.deletions.intact()
    await store.close()
    return intact
  }
  expect(await tamper('select 1')).toBe(true)
  expect(await tamper('update deletions set entries = 0 where id = 2')).toBe(false)
  expect(await tamper('update deletions set last_at = last_at + 1 where id = 3')).toBe(false)
  expect(await tamper('delete from deletions where id = 1')).toBe(false)
  expect(await tamper('delete from deletions where id = 2')).toBe(false)
  expect(
    await tamper(
      'insert into deletions select 9, class, entries, first_at, last_at, deleted_at, hash from deletions where id = 3',
    ),
  ).toBe(false)
})
