// Probes of the backups: how old the newest copy is, and whether a data folder can be made of it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PROOF_LIMITS } from '@runde/dossier'
import { BackupError, openSqliteStore, readBackup, restore } from '@runde/store'
import { listBackups } from '../backups/folder.ts'
import type { Outcome, Probe, ProbeTarget } from './probe.ts'

const HOUR_MS = 3_600_000

const NO_FOLDER: Outcome = {
  measured: false,
  reason: {
    de: 'Ein Ordner für Sicherungskopien ist nicht eingestellt (backup.folder).',
    en: 'No folder for backups is configured (backup.folder).',
  },
}

const NO_COPY: Outcome = {
  measured: false,
  reason: {
    de: 'Im eingestellten Ordner liegt noch keine Sicherungskopie (runde backup).',
    en: 'There is no backup in the configured folder yet (runde backup).',
  },
}

/** The newest copy in the configured folder. */
function newestIn({ backup: { folder } }: ProbeTarget): string | Outcome {
  if (folder === undefined) return NO_FOLDER
  return listBackups(folder)[0]?.path ?? NO_COPY
}

/** Hours since the newest copy was made, by what stands in it. */
export const backupAgeProbe: Probe = {
  id: 'probe.backupAge',
  run(target) {
    const newest = newestIn(target)
    if (typeof newest !== 'string') return Promise.resolve(newest)
    const hours = Math.max(Math.floor((target.now() - readBackup(newest).madeAt) / HOUR_MS), 0)
    const passed = hours <= PROOF_LIMITS.backupHours
    return Promise.resolve({ measured: true, value: hours, passed, found: [] })
  },
}

/** Restores the newest copy into a temporary folder, opens it, reads from it and throws it away. */
export const restoreProbe: Probe = {
  id: 'probe.restore',
  async run(target) {
    const newest = newestIn(target)
    if (typeof newest !== 'string') return newest
    const desk = await mkdtemp(join(tmpdir(), 'runde-restore-'))
    try {
      const folder = join(desk, 'data')
      // Checks every page, every reference, the content's hash, and the rows of each table before and after.
      await restore(newest, folder)
      const store = await openSqliteStore(folder)
      try {
        await store.organisers.list()
        await store.meetings.count()
        const sound = await store.deletions.intact()
        return { measured: true, value: sound, passed: sound, found: sound ? [] : ['deletions'] }
      } finally {
        await store.close()
      }
    } catch (error) {
      if (!(error instanceof BackupError)) throw error
      return { measured: true, value: false, passed: false, found: [`backup: ${error.fault}`] }
    } finally {
      await rm(desk, { recursive: true, force: true })
    }
  },
}
