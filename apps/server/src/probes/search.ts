// Looks for texts in files, file names and lines: what a canary left behind. Says where, never what stands there.
import { createReadStream } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Files of one search; a data folder has a dozen, a log folder some hundreds. */
const MAX_FILES = 20_000

/** A database page or a log line ends well within this overlap of two chunks, in bytes. */
const CHUNK_BYTES = 1 << 20

/** One thing that was found. */
export interface Hit {
  /** A file, or `log`. */
  readonly place: string
  /** Which of the needles, by its name, not its text. */
  readonly needle: string
}

/** A text to look for, in all the forms in which it might have been written. */
export interface Needle {
  readonly name: string
  readonly forms: readonly Buffer[]
}

export function needle(name: string, ...texts: readonly string[]): Needle {
  return { name, forms: texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]) }
}

/** What of the needles stands in these lines. */
export function searchLines(lines: readonly string[], needles: readonly Needle[]): Hit[] {
  return lines.flatMap((line) =>
    hitsIn(Buffer.from(line), needles).map((name) => ({ place: 'log', needle: name })),
  )
}

/**
 * Files and folders, with everything below, by content and by name. Links are not followed. A path that does not exist is
 * reported as unreadable: a search that could not look everywhere has not found nothing.
 */
export async function searchPaths(
  paths: readonly string[],
  needles: readonly Needle[],
): Promise<{ hits: readonly Hit[]; files: number; unreadable: readonly string[] }> {
  const hits: Hit[] = []
  const unreadable: string[] = []
  let files = 0
  const queue = [...paths]
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    for (const name of hitsIn(Buffer.from(path), needles)) hits.push({ place: 'file name', needle: name })
    try {
      const info = await lstat(path)
      if (info.isDirectory()) queue.push(...(await readdir(path)).map((name) => join(path, name)))
      else if (info.isFile()) {
        if (++files > MAX_FILES) throw new Error('too many files')
        for (const name of await searchFile(path, needles)) hits.push({ place: path, needle: name })
      }
    } catch {
      unreadable.push(path)
    }
  }
  return { hits, files, unreadable }
}

async function searchFile(path: string, needles: readonly Needle[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  const overlap = Math.max(...needles.flatMap(({ forms }) => forms.map(({ length }) => length)))
  let rest = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    const piece = Buffer.concat([rest, Buffer.from(chunk)])
    for (const name of hitsIn(piece, needles)) found.add(name)
    rest = piece.subarray(Math.max(piece.length - overlap, 0))
  }
  return found
}

function hitsIn(text: Buffer, needles: readonly Needle[]): string[] {
  return needles.filter(({ forms }) => forms.some((form) => text.includes(form))).map(({ name }) => name)
}
