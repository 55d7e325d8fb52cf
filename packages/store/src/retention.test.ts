// No table may hold rows that name an end and stay: derived from the list of columns and from the database itself.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { asEpochMillis } from '@runde/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { STORED_COLUMNS } from './columns.ts'
import { RETENTION, type Retention } from './retention.ts'
import { DATABASE_FILE, openSqliteStore } from './sqlite/open.ts'
import type { StoredColumn } from './stored-column.ts'

const NOW = asEpochMillis(1_700_000_000_000)

/** Kept by the library that runs the migrations; without personal data, as long as the installation. */
const MIGRATION_TABLES = ['migrations', 'migration_lock']

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'retention-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Tables whose columns promise a number of hours, days or years, and tables that hold the end of their rows. */
function promising(columns: readonly StoredColumn[]): ReadonlySet<string> {
  return new Set(
    columns
      .filter(({ column, kept }) => /\d/.test(kept.de) || /^(?:expires|until|ends)(?:_|$)/.test(column))
      .map(({ table }) => table),
  )
}

/** Tables without a rule, and those whose rows promise to end by themselves but do not. */
function gaps(columns: readonly StoredColumn[], rules: ReadonlyMap<string, Retention>): string[] {
  const tables = new Set(
    columns.map(({ table }) => table).filter((table) => !MIGRATION_TABLES.includes(table)),
  )
  const promises = promising(columns)
  return [...tables].filter(
    (table) => !rules.has(table) || (promises.has(table) && rules.get(table)?.ends === 'by hand'),
  )
}

const RULES: ReadonlyMap<string, Retention> = new Map(Object.entries(RETENTION))

test('every table has a rule, and every promised period is one that the server keeps', () => {
  expect(gaps(STORED_COLUMNS, RULES)).toEqual([])
  expect([...promising(STORED_COLUMNS)].length).toBeGreaterThanOrEqual(4)
})

test('a table with rows that expire cannot be added without a rule', () => {
  const purpose = { de: 'Zweck', en: 'purpose' }
  const forgotten: StoredColumn = {
    table: 'made_up',
    column: 'expires_at',
    personal: true,
    purpose,
    kept: { de: 'bis zur Benutzung', en: 'until used' },
  }
  const promised = { ...forgotten, column: 'name', kept: { de: '30 Tage', en: '30 days' } }
  expect(gaps([...STORED_COLUMNS, forgotten], RULES)).toEqual(['made_up'])
  const byHand = new Map([...RULES, ['made_up', { ends: 'by hand' }] as const])
  expect(gaps([...STORED_COLUMNS, forgotten], byHand)).toEqual(['made_up'])
  expect(gaps([...STORED_COLUMNS, promised], byHand)).toEqual(['made_up'])
})

const EXPIRING = Object.entries(RETENTION).filter(([, { ends }]) => ends !== 'by hand')

test.each(EXPIRING)(
  'rows of %s are noticed when they stay and are deleted at their end',
  async (table, rule) => {
    if (rule.ends === 'by hand') throw new Error('filtered out above')
    const store = await openSqliteStore(folder)
    const end = NOW - (rule.ends === 'after' ? rule.ms : 0)
    addRow(table, rule.column, end)
    expect(await store.overdue(NOW, 0)).toEqual([])
    expect(await store.overdue(asEpochMillis(NOW + 5000), 4999)).toEqual([{ table, count: 1 }])
    expect(await store.purge(asEpochMillis(NOW - 1))).toBe(0)
    expect(await store.purge(NOW)).toBe(1)
    expect(await store.overdue(asEpochMillis(NOW + 5000), 0)).toEqual([])
    await store.close()
  },
)

/** Puts a row of the smallest values into a table, past its foreign keys. */
function addRow(table: string, column: string, end: number): void {
  const database = new DatabaseSync(join(folder, DATABASE_FILE), { enableForeignKeyConstraints: false })
  const columns = database
    .prepare('select name, type, "notnull" as needed from pragma_table_info(?)')
    .all(table)
  const values = columns.map(({ name, type, needed }) =>
    name === column
      ? end
      : name === 'id'
        ? 1
        : needed === 0
          ? null
          : type === 'TEXT' || type === 'text'
            ? textFor(table)
            : 1,
  )
  const marks = values.map(() => '?').join(', ')
  database.prepare(`insert into ${table} values (${marks})`).run(...values)
  database.close()
}

/** The purpose of a link is checked by the database. */
function textFor(table: string): string {
  return table === 'one_time_links' ? 'sign_in' : 'x'
}
