// The folder of backups: how a copy is called, which is the newest, and which have outlived their period.
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { asEpochMillis, type EpochMillis } from '@runde/contract'

const DAY_MS = 86_400_000

const NAME = /^runde-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)Z\.backup$/

/** Where copies go, and how long they stay there. */
export interface BackupPlace {
  readonly folder: string
  readonly days: number
}

export interface BackupFile {
  readonly path: string
  /** By its name: what a file system says about times does not survive copying. */
  readonly madeAt: EpochMillis
}

/** Name of a copy made at this moment: `runde-2026-11-24T02-22-10Z.backup`. */
export function backupName(now: EpochMillis): string {
  return `runde-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}Z.backup`
}

/** The copies in a folder, newest first; other files are none. An absent folder has none. */
export function listBackups(folder: string): readonly BackupFile[] {
  return namesIn(folder)
    .flatMap((name): BackupFile[] => {
      const [day = '', time = ''] = (NAME.exec(name)?.[1] ?? '').split('T')
      const madeAt = Date.parse(`${day}T${time.replaceAll('-', ':')}Z`)
      return Number.isNaN(madeAt) ? [] : [{ path: join(folder, name), madeAt: asEpochMillis(madeAt) }]
    })
    .toSorted((one, other) => other.madeAt - one.madeAt)
}

/** Copies that should be gone, with so many milliseconds of grace. */
export function outlivedBackups(
  place: BackupPlace,
  now: EpochMillis,
  graceMs: number,
): readonly BackupFile[] {
  return listBackups(place.folder).filter(({ madeAt }) => now - madeAt > place.days * DAY_MS + graceMs)
}

/** Deletes what has outlived its period; how many. The newest copy stays, however old: it may be the only one. */
export function purgeBackups(place: BackupPlace, now: EpochMillis): number {
  const [newest] = listBackups(place.folder)
  const old = outlivedBackups(place, now, 0).filter(({ path }) => path !== newest?.path)
  for (const { path } of old) rmSync(path, { force: true })
  return old.length
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
