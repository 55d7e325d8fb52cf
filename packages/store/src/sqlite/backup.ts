// Backups of the database: one consistent file without anything that opens a door, and the way back into a data folder.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { asEpochMillis, type EpochMillis } from '@runde/contract'
import type { Schema } from '../schema.ts'
import { DATABASE_FILE, StoreOpenError, openSqliteStore } from './open.ts'

/** Only the owner may read a backup: it holds the organisers' names. */
const FILE_MODE = 0o600
const FOLDER_MODE = 0o700

/**
 * What of each table goes into a backup. Whatever lets somebody in by holding it stays out: restoring an older copy would
 * bring ended sessions, used links and withdrawn invitations back to life, and a copy must not be a key to the server.
 * The diagnostic mode stays out because its log does.
 */
const BACKED_UP: { readonly [Table in keyof Schema]: boolean } = {
  organisers: true,
  sessions: false,
  one_time_links: false,
  meetings: true,
  settings: true,
  key_pairs: false,
  stated_facts: true,
  probe_runs: true,
  passwords: true,
  passkeys: true,
  invitations: false,
  snapshots: true,
  comments: true,
  authority_links: false,
  diagnostic_mode: false,
  deletions: true,
}

/** Tables of which a backup holds no row. */
export const LEFT_OUT: readonly string[] = Object.entries(BACKED_UP).flatMap(([table, kept]) =>
  kept ? [] : [table],
)

const KEPT: readonly string[] = Object.keys(BACKED_UP).filter((table) => !LEFT_OUT.includes(table))

/** What a backup says about itself. */
export interface BackupInfo {
  readonly madeAt: EpochMillis
  /** Version of the program that made it. */
  readonly version: string
  /** The configuration without its secrets, as YAML. */
  readonly settings: string
  /** Rows of each table. */
  readonly rows: ReadonlyMap<string, number>
}

/** Why a backup could not be made or used. */
export type BackupFault =
  | 'no_database'
  | 'unwritable'
  | 'not_a_backup'
  | 'damaged'
  | 'too_new'
  | 'folder_not_empty'

export class BackupError extends Error {
  override readonly name = 'BackupError'
  readonly fault: BackupFault

  constructor(fault: BackupFault, cause?: unknown) {
    super(`backup: ${fault}`, { cause })
    this.fault = fault
  }
}

/**
 * Writes a backup of the database in `folder` to `file`, which appears only when it is complete. The server may run
 * meanwhile. @throws BackupError
 */
export function backUp(
  folder: string,
  file: string,
  about: Pick<BackupInfo, 'madeAt' | 'version' | 'settings'>,
): BackupInfo {
  const source = join(folder, DATABASE_FILE)
  if (!existsSync(source)) throw new BackupError('no_database')
  const desk = makeDesk(dirname(file))
  try {
    const draft = join(desk, 'draft')
    copyTables(source, draft)
    const info = { ...about, rows: strip(draft, about) }
    chmodSync(draft, FILE_MODE)
    renameSync(draft, file)
    return info
  } catch (error) {
    throw error instanceof BackupError ? error : new BackupError('unwritable', error)
  } finally {
    rmSync(desk, { recursive: true, force: true })
  }
}

/** What the file says about itself, after checking it through. @throws BackupError */
export function readBackup(file: string): BackupInfo {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(file, { readOnly: true })
    const { hash, ...info } = infoIn(database)
    checkThrough(database, info)
    if (hash !== contentHash(database, info)) throw new BackupError('damaged')
    return info
  } catch (error) {
    throw error instanceof BackupError ? error : new BackupError('not_a_backup', error)
  } finally {
    database?.close()
  }
}

/**
 * Makes a data folder from a backup: checked through, brought up to date, counted again.
 * @param folder absent or empty; nothing is ever overwritten
 * @throws BackupError
 */
export async function restore(file: string, folder: string): Promise<BackupInfo> {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new BackupError('folder_not_empty')
  const info = readBackup(file)
  const target = join(folder, DATABASE_FILE)
  try {
    mkdirSync(folder, { recursive: true, mode: FOLDER_MODE })
    copyFileSync(file, target)
    chmodSync(target, FILE_MODE)
    withDatabase(target, (database) => database.exec('drop table backup_info'))
  } catch (error) {
    throw new BackupError('unwritable', error)
  }
  try {
    await (await openSqliteStore(folder)).close()
  } catch (error) {
    // What cannot be used must not look like a data folder.
    rmSync(target, { force: true })
    throw new BackupError(
      error instanceof StoreOpenError && error.fault === 'too_new' ? 'too_new' : 'damaged',
      error,
    )
  }
  withDatabase(target, (database) => checkThrough(database, info))
  return info
}

/** A folder nobody else may look into: the draft holds all tables for a moment. */
function makeDesk(parent: string): string {
  try {
    mkdirSync(parent, { recursive: true, mode: FOLDER_MODE })
    return mkdtempSync(join(parent, '.runde-backup-'))
  } catch (error) {
    throw new BackupError('unwritable', error)
  }
}

/** One consistent picture, without pages that hold deleted rows (sqlite.org/lang_vacuum.html). */
function copyTables(source: string, draft: string): void {
  const database = new DatabaseSync(source, { readOnly: true, timeout: 2000 })
  try {
    database.prepare('vacuum into ?').run(draft)
  } finally {
    database.close()
  }
}

/** Takes out what must not be in a backup, and writes down what is. */
function strip(
  draft: string,
  about: Pick<BackupInfo, 'madeAt' | 'version' | 'settings'>,
): Map<string, number> {
  return withDatabase(draft, (database) => {
    // The deleted rows are overwritten, and then their pages are given up.
    database.exec('pragma secure_delete = on')
    for (const table of LEFT_OUT) database.exec(`delete from ${table}`)
    const rows = countRows(database)
    const info = { ...about, rows }
    database.exec(
      'create table backup_info (made_at integer not null, version text not null, settings text not null, rows text not null, hash text not null)',
    )
    database
      .prepare('insert into backup_info values (?, ?, ?, ?, ?)')
      .run(
        about.madeAt,
        about.version,
        about.settings,
        JSON.stringify(Object.fromEntries(rows)),
        contentHash(database, info),
      )
    database.exec('vacuum')
    return rows
  })
}

function countRows(database: DatabaseSync): Map<string, number> {
  return new Map(
    KEPT.map((table) => {
      const row = database.prepare(`select count(*) as count from ${table}`).get()
      return [table, Number(row?.['count'] ?? 0)]
    }),
  )
}

function infoIn(database: DatabaseSync): BackupInfo & { readonly hash: string } {
  const row = database.prepare('select made_at, version, settings, rows, hash from backup_info').get()
  if (row === undefined) throw new BackupError('not_a_backup')
  const { made_at: madeAt, version, settings, rows, hash } = row
  const counts: unknown = JSON.parse(String(rows))
  if (typeof madeAt !== 'number' || typeof counts !== 'object' || counts === null)
    throw new BackupError('not_a_backup')
  return {
    madeAt: asEpochMillis(madeAt),
    version: String(version),
    settings: String(settings),
    rows: new Map(Object.entries(counts).map(([table, count]) => [table, Number(count)])),
    hash: String(hash),
  }
}

/** SHA-256 over what the backup says about itself and every row: SQLite has no checksum of its own. */
function contentHash(database: DatabaseSync, { madeAt, version, settings, rows }: BackupInfo): string {
  const hash = createHash('sha256')
  hash.update(JSON.stringify([madeAt, version, settings, [...rows]]))
  for (const table of rows.keys())
    for (const row of database.prepare(`select * from ${nameOf(table)} order by 1, 2`).iterate())
      hash.update(JSON.stringify([table, ...Object.values(row)]))
  return hash.digest('hex')
}

/** Every page and index is sound, every reference leads somewhere, and every table has the rows it had. */
function checkThrough(database: DatabaseSync, info: BackupInfo): void {
  const sound = database.prepare('pragma integrity_check').all()
  const [first] = sound
  const loose = database.prepare('pragma foreign_key_check').all()
  if (sound.length !== 1 || first?.['integrity_check'] !== 'ok' || loose.length > 0)
    throw new BackupError('damaged')
  for (const [table, count] of info.rows) {
    const row = database.prepare(`select count(*) as count from ${nameOf(table)}`).get()
    if (row?.['count'] !== count) throw new BackupError('damaged')
  }
}

/** A name from a file, as it may stand in a statement. */
function nameOf(table: string): string {
  if (!/^[a-z_]+$/.test(table)) throw new BackupError('not_a_backup')
  return table
}

function withDatabase<T>(file: string, work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file)
  try {
    return work(database)
  } finally {
    database.close()
  }
}
