// `runde backup` and `runde restore`: one consistent file out of the data folder, and a new data folder out of such a file.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asEpochMillis, type Bilingual } from '@runde/contract'
import type { Language } from '@runde/dossier'
import { BackupError, type BackupFault, backUp, type BackupInfo, restore as restoreStore } from '@runde/store'
import { backupName, purgeBackups } from '../backups/folder.ts'
import { loadConfig, settingsText } from '../config/load.ts'
import { terminalLanguage } from '../language.ts'
import { StartFailure } from '../start-failures.ts'
import { VERSION } from '../version.ts'
import { readFlags, required, type Command } from './command.ts'

/** The settings of the time of the backup, for people: the server reads no configuration from the data folder. */
const SETTINGS_FILE = 'settings-from-backup.yaml'

/** Writes one copy, to `--out` or into the configured folder, where older ones are then cleared away. */
export const backup: Command = (args, context) => {
  const flags = readFlags(args, { out: { type: 'string' } })
  const { config } = loadConfig(context.env)
  const { folder, days } = config.backup
  const now = asEpochMillis(Date.now())
  const out = flags.text('out') ?? (folder === undefined ? undefined : join(folder, backupName(now)))
  if (out === undefined || out.trim() === '') throw usage(NOWHERE)
  const about = { madeAt: now, version: VERSION, settings: settingsText(context.env) }
  const info = attempt(() => backUp(config.dataFolder, out, about))
  const purged =
    folder === undefined || flags.text('out') !== undefined ? 0 : purgeBackups({ folder, days }, now)
  const words = WORDS[terminalLanguage(context.env)]
  context.print(words.made(out, rowsOf(info)))
  if (purged > 0) context.print(words.purged(purged, days))
  return Promise.resolve()
}

/** Makes a data folder out of a copy; the folder must not hold anything yet. */
export const restore: Command = async (args, context) => {
  const flags = readFlags(args, { from: { type: 'string' }, to: { type: 'string' } })
  const [from, to] = [required(flags, 'from'), required(flags, 'to')]
  const info = await restoreStore(from, to).catch((error: unknown) => fail(error))
  writeFileSync(join(to, SETTINGS_FILE), info.settings, { mode: 0o600 })
  const language = terminalLanguage(context.env)
  const words = WORDS[language]
  context.print(words.restored(to, moment(info, language), info.version, rowsOf(info)))
  context.print(words.settings(join(to, SETTINGS_FILE)))
  context.print(words.again)
  context.print(words.erased(moment(info, language)))
}

function rowsOf({ rows }: BackupInfo): number {
  return [...rows.values()].reduce((sum, count) => sum + count, 0)
}

function moment({ madeAt }: BackupInfo, language: Language): string {
  const format = new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
  })
  return format.format(new Date(madeAt))
}

function attempt<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    return fail(error)
  }
}

function fail(error: unknown): never {
  throw error instanceof BackupError ? usage(FAULTS[error.fault], error) : error
}

function usage(text: Bilingual, cause?: unknown): StartFailure {
  return new StartFailure({ code: 'usage', text }, cause)
}

const NOWHERE: Bilingual = {
  de: 'Wohin? Bitte --out DATEI angeben oder in der Konfiguration backup.folder setzen.',
  en: 'Where to? Please give --out FILE or set backup.folder in the configuration.',
}

const FAULTS: Readonly<Record<BackupFault, Bilingual>> = {
  no_database: {
    de: 'Im Datenordner liegt keine Datenbank. Benutzt der Befehl dieselben Einstellungen wie der Server (RUNDE_CONFIG, RUNDE_DATA)?',
    en: 'There is no database in the data folder. Does the command use the same settings as the server (RUNDE_CONFIG, RUNDE_DATA)?',
  },
  unwritable: {
    de: 'Dorthin lässt sich nicht schreiben. Bitte Platz und Rechte prüfen.',
    en: 'It cannot be written there. Please check space and rights.',
  },
  not_a_backup: {
    de: 'Das ist keine Sicherungskopie von Runde.',
    en: 'This is not a backup of Runde.',
  },
  damaged: {
    de: 'Diese Sicherungskopie ist beschädigt oder verändert. Bitte eine andere nehmen.',
    en: 'This backup is damaged or was changed. Please take another one.',
  },
  too_new: {
    de: 'Diese Sicherungskopie stammt von einer neueren Version. Bitte zuerst Runde aktualisieren.',
    en: 'This backup was made by a newer version. Please update Runde first.',
  },
  folder_not_empty: {
    de: 'Der Zielordner ist nicht leer. Überschrieben wird nie; bitte einen neuen Ordner angeben.',
    en: 'The target folder is not empty. Nothing is ever overwritten; please name a new folder.',
  },
}

interface Words {
  readonly made: (file: string, rows: number) => string
  readonly purged: (count: number, days: number) => string
  readonly restored: (folder: string, when: string, version: string, rows: number) => string
  readonly settings: (file: string) => string
  readonly again: string
  readonly erased: (when: string) => string
}

const WORDS: Readonly<Record<Language, Words>> = {
  de: {
    made: (file, rows) => `Gesichert: ${file} (${rows} Einträge). Die Datei ist nicht verschlüsselt.`,
    purged: (count, days) => `Gelöscht: ${count} Sicherungskopien, die älter als ${days} Tage waren.`,
    restored: (folder, when, version, rows) =>
      `Wiederhergestellt: ${folder}, Stand ${when}, gesichert mit Version ${version} (${rows} Einträge).`,
    settings: (file) => `Die Einstellungen von damals, ohne Geheimnisse, stehen zum Nachlesen in ${file}.`,
    again:
      'Nicht gesichert waren Schlüsselpaar, Anmeldungen, Einladungen und Einmal-Links: Alle melden sich neu an; einen Link dafür zeigt runde organiser link.',
    erased: (when) =>
      `Was seit ${when} von Hand gelöscht wurde, ist wieder da und muss noch einmal gelöscht werden. Abgelaufenes löscht der Server beim Start.`,
  },
  en: {
    made: (file, rows) => `Backed up: ${file} (${rows} entries). The file is not encrypted.`,
    purged: (count, days) => `Deleted: ${count} backups that were older than ${days} days.`,
    restored: (folder, when, version, rows) =>
      `Restored: ${folder}, as of ${when}, backed up with version ${version} (${rows} entries).`,
    settings: (file) => `The settings of that time, without secrets, can be read in ${file}.`,
    again:
      'Key pair, sign-ins, invitations and one-time links were not backed up: everybody signs in anew; runde organiser link prints a link for it.',
    erased: (when) =>
      `What was deleted by hand since ${when} is back and has to be deleted again. The server deletes what has expired when it starts.`,
  },
}
