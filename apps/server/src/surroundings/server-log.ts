// How long the server's own log is kept, where that can be known: in the journal of systemd, in a rotated file, or nowhere.
import { existsSync, fstatSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isatty } from 'node:tty'
import { type SourceFile, readJournald, readRotation, stanzaFor } from '@runde/jitsi-audit/servers'
import { keptFile, keptJournal } from './rotation.ts'

/** Where journald reads its settings, main files and drop-ins (journald.conf(5)); which of them wins is known to the reader. */
const FOLDERS: readonly string[] = [
  '/usr/lib/systemd',
  '/usr/local/lib/systemd',
  '/run/systemd',
  '/etc/systemd',
]

/** Where logrotate reads its settings (logrotate(8)). */
const ROTATION: readonly string[] = ['/etc/logrotate.conf', '/etc/logrotate.d']

/** Longest period that the documents can write, days. */
const DAYS_MAX = 9999

/** Programs that copy the journal into files of their own, for as long as they like. */
const COPIERS: readonly string[] = ['/etc/rsyslog.conf', '/etc/syslog-ng']

/** Where standard output, to which the log goes, ends. `elsewhere`: another program takes it, such as a container engine. */
export type LogTarget =
  | { readonly kind: 'journal' | 'nowhere' | 'elsewhere' }
  | { readonly kind: 'file'; readonly path: string }

/**
 * The period as the documents write it, such as `P7D`; undefined when another program takes the log, or when nothing on this
 * machine says how long it stays: people are asked then.
 * @param env for `JOURNAL_STREAM`, which systemd sets (systemd.exec(5))
 */
export function serverLogPeriod(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const target = logTarget(env)
  switch (target.kind) {
    case 'journal':
      return COPIERS.some((path) => existsSync(path))
        ? undefined
        : journalPeriod(FOLDERS.flatMap(journaldFiles))
    case 'file':
      return filePeriod(target.path, ROTATION.flatMap(filesAt))
    case 'nowhere':
      return 'none'
    case 'elsewhere':
      return undefined
  }
}

/** Where the log of this process goes. */
export function logTarget(env: Readonly<Record<string, string | undefined>>): LogTarget {
  const stream = env['JOURNAL_STREAM']
  if (stream !== undefined && isOurs(stream)) return { kind: 'journal' }
  try {
    const output = fstatSync(1)
    if (output.isFile()) return { kind: 'file', path: readlinkSync('/proc/self/fd/1') }
    // A terminal shows, and the null device forgets; neither keeps.
    return { kind: isatty(1) || output.rdev === statSync('/dev/null').rdev ? 'nowhere' : 'elsewhere' }
  } catch {
    return { kind: 'elsewhere' }
  }
}

/** Days until logrotate begins a new file, at their longest; anything shorter is daily, because it is started daily. */
const PERIODS: readonly (readonly [string, number])[] = [
  ['weekly', 7],
  ['monthly', 31],
  ['yearly', 366],
]

/** How long logrotate keeps a log file: `manual` where nothing ever rotates it. */
export function filePeriod(path: string, files: readonly SourceFile[]): string | undefined {
  const rotation = readRotation(files)
  const kept = keptFile(rotation, path)
  if (kept.kind === 'endless') return 'manual'
  if (kept.kind !== 'days') return undefined
  const { directives } = stanzaFor(rotation.stanzas, path) ?? { directives: new Map<string, unknown>() }
  // The file that is still being written comes on top.
  const days = kept.days + (PERIODS.find(([name]) => directives.has(name))?.[1] ?? 1)
  return days <= DAYS_MAX ? `P${days}D` : undefined
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

/** A file, or the files of a folder. */
function filesAt(path: string): SourceFile[] {
  const names = namesIn(path)
  const paths = names.length === 0 ? [path] : names.map((name) => join(path, name))
  return paths.flatMap(fileAt)
}

function fileAt(path: string): SourceFile[] {
  try {
    return [{ path, text: readFileSync(path, 'utf8') }]
  } catch {
    return []
  }
}

function journaldFiles(folder: string): SourceFile[] {
  const dropIns = join(folder, 'journald.conf.d')
  const names = namesIn(dropIns).filter((name) => name.endsWith('.conf'))
  return [join(folder, 'journald.conf'), ...names.map((name) => join(dropIns, name))].flatMap(fileAt)
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
