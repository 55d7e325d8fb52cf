// Opens the data folder's database: rights of the files, settings of SQLite, migrations; or says why it cannot.
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { MIGRATIONS } from '../migrations/index.ts'
import { createStore } from '../repositories/index.ts'
import type { Schema } from '../schema.ts'
import type { Store } from '../store.ts'
import { nodeSqliteDialect } from './dialect.ts'

/** Only the owner may look into the folder: it holds the key pair and the organisers' names. */
const FOLDER_MODE = 0o700
const FILE_MODE = 0o600

export const DATABASE_FILE = 'runde.sqlite' as const

/**
 * How long a write waits for another process (the `runde` command beside the server), in milliseconds. Waiting blocks
 * the main thread, so it is short; a command's transaction takes a few milliseconds.
 */
const BUSY_TIMEOUT_MS = 2000

/** Why a store could not be opened. */
export type StoreFault = 'folder_unwritable' | 'not_a_database' | 'too_new' | 'failed'

/** Opening failed; `fault` says what the operator can mend. */
export class StoreOpenError extends Error {
  override readonly name = 'StoreOpenError'
  readonly fault: StoreFault

  constructor(fault: StoreFault, cause: unknown) {
    super(`the store cannot be opened: ${fault}`, { cause })
    this.fault = fault
  }
}

/**
 * Opens or makes the database in `folder`, brings its tables up to date and returns the repositories.
 * @throws StoreOpenError
 */
export async function openSqliteStore(folder: string): Promise<Store> {
  const database = openFile(prepareFile(folder))
  const db = new Kysely<Schema>({ dialect: nodeSqliteDialect(database) })
  try {
    await migrate(db)
  } catch (error) {
    database.close()
    throw error
  }
  return createStore(db)
}

function prepareFile(folder: string): string {
  const file = join(folder, DATABASE_FILE)
  try {
    mkdirSync(folder, { recursive: true, mode: FOLDER_MODE })
    // Made before SQLite would, because SQLite asks for 0644; its -wal and -shm files take over the mode of this one.
    closeSync(openSync(file, 'a', FILE_MODE))
    chmodSync(file, FILE_MODE)
  } catch (error) {
    throw new StoreOpenError('folder_unwritable', error)
  }
  return file
}

function openFile(file: string): DatabaseSync {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: BUSY_TIMEOUT_MS })
    // Readers and the one writer do not block each other; a crash loses at most the last commits, never the file.
    database.exec('pragma journal_mode = wal')
    database.exec('pragma synchronous = normal')
    // Deleted rows are overwritten, so that what was erased cannot be read out of the file.
    database.exec('pragma secure_delete = on')
    return database
  } catch (error) {
    database?.close()
    throw new StoreOpenError(sqliteFault(error), error)
  }
}

/** Result codes: https://sqlite.org/rescode.html (primary code in the low byte). */
function sqliteFault(error: unknown): StoreFault {
  const code =
    error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : 0
  switch (code & 0xff) {
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
      return 'not_a_database'
    case 8: // SQLITE_READONLY
    case 10: // SQLITE_IOERR
    case 13: // SQLITE_FULL
    case 14: // SQLITE_CANTOPEN
      return 'folder_unwritable'
    default:
      return 'failed'
  }
}

async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
    migrationTableName: 'migrations',
    migrationLockTableName: 'migration_lock',
  })
  if ((await executedMigrations(db)).some((name) => !(name in MIGRATIONS))) {
    throw new StoreOpenError('too_new', undefined)
  }
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw new StoreOpenError(sqliteFault(error), error)
}

/** Names of the migrations this database has seen; none in a new file. */
async function executedMigrations(db: Kysely<Schema>): Promise<string[]> {
  const found = await sql`select 1 from sqlite_master where name = 'migrations'`.execute(db)
  if (found.rows.length === 0) return []
  const executed = await sql<{ name: string }>`select name from migrations`.execute(db)
  return executed.rows.map(({ name }) => name)
}
