// Reads what was named on the command line into a set of files: folders, single files, archives, standard input; never more than the limits.
import { type Stats, closeSync, fstatSync, openSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join, normalize, resolve, sep } from 'node:path'
import {
  FILES_MAX,
  FILE_MAX_LENGTH,
  type SkippedFile,
  type SourceFile,
  TOTAL_MAX_LENGTH,
  isArchive,
  readArchive,
} from '@runde/jitsi-audit'
import { usage } from './audit-jitsi-arguments.ts'

/** The files of one call, and what was left out. */
export interface FileSet {
  readonly files: readonly SourceFile[]
  readonly skipped: readonly SkippedFile[]
  /** Beginnings of names that stand for full paths; the auditor's names have no slash in front. */
  readonly full: readonly string[]
}

/** Folders that hold no configuration in use and can be huge. */
const IGNORED_FOLDERS: ReadonlySet<string> = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  '__pycache__',
  '.venv',
])

/** Folders nested deeper are loops or traps. */
const DEPTH_MAX = 40

/** Larger archives are not opened; a configuration packs into some kilobytes. */
const ARCHIVE_MAX_BYTES = 64_000_000

/** Programs switch configurations on by links in these folders; of two names for one file this one counts. */
const ENABLED = /(?:^|\/)(?:[\w-]*enabled|conf\.d)\//

/** As many bytes decide whether a file is text. */
const SNIFFED_BYTES = 8192

/** Name of what comes through standard input; its format is recognised by its content. */
const STDIN_NAME = 'stdin'

/** Called now and then with the number of files looked at. */
export type Progress = (files: number) => void

/**
 * Reads everything under the given paths. Links are followed once, special files (devices, pipes, sockets) never opened.
 * @throws StartFailure if a path that was named cannot be read
 */
export async function readFileSet(paths: readonly string[], progress: Progress): Promise<FileSet> {
  const reader = new Reader(progress)
  for (const path of paths) await reader.add(path)
  return reader.end()
}

class Reader {
  readonly #progress: Progress
  readonly #files = new Map<string, SourceFile>()
  readonly #skipped: SkippedFile[] = []
  readonly #full: string[] = []
  /** Device and inode of every folder and file seen, with the name it is kept under. */
  readonly #seen = new Map<string, string>()
  #total = 0
  #count = 0

  constructor(progress: Progress) {
    this.#progress = progress
  }

  async add(path: string): Promise<void> {
    if (path === '-') return await this.#addBytes(STDIN_NAME, readFileSync(0), undefined)
    let stats: Stats
    try {
      stats = statSync(path)
    } catch {
      throw usage({
        de: `Diesen Pfad gibt es nicht, oder er lässt sich nicht lesen: ${path}`,
        en: `There is no such path, or it cannot be read: ${path}`,
      })
    }
    const { name, full } = engineName(path)
    if (full) this.#full.push(name)
    if (stats.isDirectory()) await this.#addFolder(path, name, 0)
    else if (stats.isFile()) await this.#addFile(path, name, stats)
    else
      throw usage({
        de: `Das ist weder ein Ordner noch eine Datei: ${path}`,
        en: `This is neither a folder nor a file: ${path}`,
      })
  }

  end(): FileSet {
    return { files: [...this.#files.values()], skipped: this.#skipped, full: this.#full }
  }

  async #addFolder(path: string, name: string, depth: number): Promise<void> {
    const stats = tryStat(path)
    if (stats === undefined || depth > DEPTH_MAX || this.#seenBefore(stats, name)) return
    for (const entry of listFolder(path)) {
      const childPath = join(path, entry)
      const childName = name === '' ? entry : `${name}/${entry}`
      const child = tryStat(childPath)
      if (child === undefined) this.#skip(childName, 'unreadable')
      else if (child.isDirectory()) {
        if (!IGNORED_FOLDERS.has(entry)) await this.#addFolder(childPath, childName, depth + 1)
      } else if (child.isFile()) await this.#addFile(childPath, childName, child)
      else this.#skip(childName, 'special')
    }
  }

  async #addFile(path: string, name: string, stats: Stats): Promise<void> {
    this.#progress(++this.#count)
    const id = `${stats.dev}:${stats.ino}`
    const known = this.#seen.get(id)
    if (known !== undefined) {
      this.#rename(known, name, id)
      return
    }
    this.#seen.set(id, name)
    const limit = isArchive(name) ? ARCHIVE_MAX_BYTES : FILE_MAX_LENGTH
    if (stats.size > limit) return this.#skip(name, 'too-large')
    const bytes = readRegular(path, limit)
    if (bytes === undefined) return this.#skip(name, 'unreadable')
    await this.#addBytes(name, bytes, stats.mode & 0o777)
  }

  async #addBytes(name: string, bytes: Uint8Array, mode: number | undefined): Promise<void> {
    if (isArchive(name, bytes)) {
      const { files, skipped } = await readArchive(name, bytes)
      for (const file of files) this.#keep(file)
      this.#skipped.push(...skipped)
      return
    }
    if (bytes.subarray(0, SNIFFED_BYTES).includes(0)) return this.#skip(name, 'binary')
    const text = new TextDecoder().decode(bytes)
    this.#keep({ path: name, text, ...(mode === undefined ? {} : { mode }) })
  }

  #keep(file: SourceFile): void {
    if (file.text.length > FILE_MAX_LENGTH) return this.#skip(file.path, 'too-large')
    if (this.#files.size >= FILES_MAX || this.#total + file.text.length > TOTAL_MAX_LENGTH)
      return this.#skip(file.path, 'too-many')
    this.#total += file.text.length
    this.#files.set(file.path, file)
  }

  #skip(path: string, why: SkippedFile['why']): void {
    // A set that is far too large would otherwise be remembered name by name.
    if (this.#skipped.length < FILES_MAX) this.#skipped.push({ path, why })
  }

  #seenBefore(stats: Stats, name: string): boolean {
    const id = `${stats.dev}:${stats.ino}`
    if (this.#seen.has(id)) return true
    this.#seen.set(id, name)
    return false
  }

  #rename(known: string, name: string, id: string): void {
    const file = this.#files.get(known)
    if (file === undefined || ENABLED.test(known) || !ENABLED.test(name)) return
    this.#files.delete(known)
    this.#files.set(name, { ...file, path: name })
    this.#seen.set(id, name)
  }
}

/** The path as the auditor sees it: with `/`, without a beginning that leads out of the folder. */
function engineName(path: string): { name: string; full: boolean } {
  const clean = normalize(path).split(sep).join('/')
  const inside = clean.startsWith('../') || clean === '..' ? resolve(path).split(sep).join('/') : clean
  const name = inside.replace(/^\/+/, '').replace(/\/+$/, '').replace(/^\.$/, '')
  return { name, full: inside.startsWith('/') }
}

/** The name by which a person finds the file. */
export function shownName(name: string, full: readonly string[]): string {
  return full.some((root) => root === '' || name === root || name.startsWith(`${root}/`)) ? `/${name}` : name
}

function tryStat(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

/** Names in a fixed order, so that two runs on the same files say the same. */
function listFolder(path: string): string[] {
  try {
    return readdirSync(path).sort()
  } catch {
    return []
  }
}

/** Checks again after opening: the name may have become a pipe or a larger file since. */
function readRegular(path: string, limit: number): Uint8Array | undefined {
  let handle: number | undefined
  try {
    handle = openSync(path, 'r')
    const stats = fstatSync(handle)
    return stats.isFile() && stats.size <= limit ? readFileSync(handle) : undefined
  } catch {
    return undefined
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}
