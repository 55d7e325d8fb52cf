// The search must not take the server's database away from it.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asEpochMillis } from '@runde/contract'
import { openSqliteStore } from '@runde/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { needle } from './search.ts'
import { searchApart } from './search-apart.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apart-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Another process opens the database, writes, and closes it, as a `runde` command does. */
function command(name: string): void {
  const code = `
    const { DatabaseSync } = require('node:sqlite')
    const database = new DatabaseSync(${JSON.stringify(join(folder, 'runde.sqlite'))})
    database.prepare("insert or replace into settings values ('instance_name', ?)").run(${JSON.stringify(name)})
    database.close()`
  execFileSync(process.execPath, ['-e', code])
}

test('finds what is there, and after it the server still sees what commands write, and keeps what it writes itself', async () => {
  const store = await openSqliteStore(folder)
  await store.settings.set('instance_name', 'Canary qwertz')
  writeFileSync(join(folder, 'note'), 'seen: Canary qwertz')
  const { hits, unreadable } = await searchApart([folder], [needle('name', 'Canary qwertz')])
  expect(hits.map(({ place }) => place)).toContain(join(folder, 'note'))
  expect(unreadable).toEqual([])

  // Whoever closes the database while the server's locks are gone takes the log for a leftover and deletes it.
  command('one')
  expect(existsSync(join(folder, 'runde.sqlite-wal'))).toBe(true)
  command('two')
  expect(await store.settings.get('instance_name')).toBe('two')
  await store.facts.set('org.name', '{"value":"kept"}', asEpochMillis(1))
  await store.close()
  const again = await openSqliteStore(folder)
  expect(await again.facts.all()).toEqual(new Map([['org.name', '{"value":"kept"}']]))
  await again.close()
})
