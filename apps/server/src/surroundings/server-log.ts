// How long the server's own log is kept, where that can be known: when it goes into the journal of systemd.
import { existsSync, fstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type SourceFile, readJournald } from '@runde/jitsi-audit/servers'
import { keptJournal } from './rotation.ts'

/** Where journald reads its settings, main files and drop-ins (journald.conf(5)); which of them wins is known to the reader. */
const FOLDERS: readonly string[] = [
  '/usr/lib/systemd',
  '/usr/local/lib/systemd',
  '/run/systemd',
  '/etc/systemd',
]

/** Longest period that the documents can write, days. */
const DAYS_MAX = 9999

/** Programs that copy the journal into files of their own, for as long as they like. */
const COPIERS: readonly string[] = ['/etc/rsyslog.conf', '/etc/syslog-ng']

/**
 * The period as the documents write it, such as `P7D`; undefined when the log goes elsewhere, or when nothing limits it in time.
 * @param env for `JOURNAL_STREAM`, which systemd sets (systemd.exec(5))
 */
export function serverLogPeriod(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const stream = env['JOURNAL_STREAM']
  if (stream === undefined || !isOurs(stream) || COPIERS.some((path) => existsSync(path))) return undefined
  return journalPeriod(FOLDERS.flatMap(journaldFiles))
}

/** The same from the files alone. */
export function journalPeriod(files: readonly SourceFile[]): string | undefined {
  const kept = keptJournal(readJournald(oneMain(files)))
  return kept.kind === 'days' && kept.days >= 1 && kept.days <= DAYS_MAX ? `P${kept.days}D` : undefined
}

/** Of several main files the last one counts, as they are given. */
function oneMain(files: readonly SourceFile[]): readonly SourceFile[] {
  const isMain = ({ path }: SourceFile): boolean => path.endsWith('/journald.conf')
  const main = files.findLast(isMain)
  return files.filter((file) => !isMain(file) || file === main)
}

/**
 * Whether standard output, to which the log goes, is the stream that systemd named by device and inode. With both streams in
 * the journal it names standard error.
 */
function isOurs(stream: string): boolean {
  try {
    const [output, error] = [fstatSync(1), fstatSync(2)]
    const [outputId, errorId] = [output, error].map(({ dev, ino }) => `${dev}:${ino}`)
    return outputId === stream || (errorId === stream && output.isSocket())
  } catch {
    return false
  }
}

function journaldFiles(folder: string): SourceFile[] {
  const dropIns = join(folder, 'journald.conf.d')
  const names = namesIn(dropIns).filter((name) => name.endsWith('.conf'))
  return [join(folder, 'journald.conf'), ...names.map((name) => join(dropIns, name))].flatMap((path) => {
    try {
      return [{ path, text: readFileSync(path, 'utf8') }]
    } catch {
      return []
    }
  })
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
