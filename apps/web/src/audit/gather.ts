// Turns a drop or a choice of files into a list of named files: walks dropped folders, leaves out what holds no configuration.
import { FILES_MAX, type SkippedFile } from '@runde/jitsi-audit'
import type { NamedFile } from './protocol.ts'

/** The files of one drop or choice. */
export interface Gathered {
  readonly files: readonly NamedFile[]
  readonly skipped: readonly SkippedFile[]
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

/** Folders nested deeper are a mistake. */
const DEPTH_MAX = 40

/** Files of an input element, with their folders where one was chosen. */
export function gatherChosen(list: Iterable<File>): Gathered {
  const files: NamedFile[] = []
  const skipped: SkippedFile[] = []
  for (const file of list) {
    const path = file.webkitRelativePath === '' ? file.name : file.webkitRelativePath
    if (
      path
        .split('/')
        .slice(0, -1)
        .some((folder) => IGNORED_FOLDERS.has(folder))
    )
      continue
    if (files.length < FILES_MAX) files.push({ path, file })
    else skipped.push({ path, why: 'too-many' })
  }
  return { files: sorted(files), skipped }
}

/** Takes the entries out of a drop; must be called while the event is handled, because they are gone afterwards. */
export function takeEntries(transfer: DataTransfer): (FileSystemEntry | File)[] {
  return [...transfer.items].flatMap((item) => {
    if (item.kind !== 'file') return []
    return item.webkitGetAsEntry() ?? item.getAsFile() ?? []
  })
}

/**
 * Walks dropped folders.
 * @param found called with the number of files found so far
 */
export async function gatherEntries(
  entries: readonly (FileSystemEntry | File)[],
  signal: AbortSignal,
  found: (files: number) => void,
): Promise<Gathered> {
  const files: NamedFile[] = []
  const skipped: SkippedFile[] = []
  const walk = async (entry: FileSystemEntry | File, depth: number): Promise<void> => {
    if (signal.aborted) return
    if (entry instanceof File) {
      files.push({ path: entry.name, file: entry })
      return
    }
    const path = entry.fullPath.replace(/^\/+/, '')
    if (files.length >= FILES_MAX) {
      if (skipped.length < FILES_MAX) skipped.push({ path, why: 'too-many' })
    } else if (isFile(entry)) {
      const file = await open(entry)
      if (signal.aborted) return
      if (file === undefined) skipped.push({ path, why: 'unreadable' })
      else {
        files.push({ path, file })
        found(files.length)
      }
    } else if (isFolder(entry) && depth < DEPTH_MAX && !IGNORED_FOLDERS.has(entry.name))
      // All at once: each answer of the browser takes a millisecond, and thousands of them in a row are felt.
      await Promise.all((await list(entry)).map(async (child) => await walk(child, depth + 1)))
  }
  await Promise.all(entries.map(async (entry) => await walk(entry, 0)))
  return { files: sorted(files), skipped }
}

/** The same files give the same report, in whatever order a browser names them. */
function sorted(files: NamedFile[]): NamedFile[] {
  return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

function open(entry: FileSystemFileEntry): Promise<File | undefined> {
  return new Promise((resolve) => entry.file(resolve, () => resolve(undefined)))
}

/** All children; a browser hands them out in portions (100 in Chromium) until an empty one. */
async function list(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    )
    if (some.length === 0) return all
    all.push(...some)
  }
}
