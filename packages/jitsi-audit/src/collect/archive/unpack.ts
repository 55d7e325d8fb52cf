// Takes the text files out of zip, tar and tar.gz archives: nothing is written anywhere, names cannot climb, sizes are counted.
import { FILES_MAX, FILE_MAX_LENGTH, TOTAL_MAX_LENGTH } from '../../core/limits.ts'
import type { SourceFile } from '../../core/source.ts'
import { normalisePath } from '../paths.ts'
import { isBinary, textOf } from './bytes.ts'
import type { Entry } from './entry.ts'
import { inflate } from './inflate.ts'
import { readTar } from './tar.ts'
import { readZip } from './zip.ts'

/** Archives inside of archives are opened once; deeper ones are only listed. */
const NESTING_MAX = 1

export interface Unpacked {
  readonly files: readonly SourceFile[]
  /** Entries that were not taken, and why. */
  readonly skipped: readonly {
    readonly path: string
    readonly why: 'too-large' | 'too-many' | 'binary' | 'unreadable' | 'special' | 'archive'
  }[]
}

/** True for a name that an archive may have. */
export function isArchiveName(path: string): boolean {
  return /\.(?:zip|tar|tgz|tar\.gz|gz)$/i.test(path)
}

/** All text files of the archive `path`; their paths begin with the archive's name. Never throws. */
export async function unpack(path: string, bytes: Uint8Array): Promise<Unpacked> {
  const collector = new Collector()
  await collector.archive(path, bytes, 0)
  return { files: collector.files, skipped: collector.skipped }
}

class Collector {
  readonly files: SourceFile[] = []
  readonly skipped: Unpacked['skipped'][number][] = []
  /** Bytes unpacked so far, whether they were kept or not: a bomb pays for what it unfolds. */
  #spent = 0
  #entries = 0

  async archive(path: string, bytes: Uint8Array, depth: number): Promise<void> {
    const entries = await this.#entriesOf(path, bytes)
    if (entries === undefined) {
      this.skipped.push({ path, why: 'unreadable' })
      return
    }
    for (const entry of entries) {
      this.#entries += 1
      if (this.#entries > FILES_MAX) {
        this.skipped.push({ path, why: 'too-many' })
        return
      }
      await this.#entry(`${path}/${normalisePath(entry.path)}`, entry, depth)
    }
  }

  async #entriesOf(path: string, bytes: Uint8Array): Promise<readonly Entry[] | undefined> {
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readZip(bytes)
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return readTar(bytes)
    const { bytes: inner, whole } = await inflate(bytes, 'gzip', this.#left())
    this.#spent += inner.length
    if (!whole && inner.length === 0) return undefined
    const tar = readTar(inner)
    if (tar !== undefined) return tar
    const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.gz$/i, '')
    return [
      {
        path: name,
        kind: 'file',
        content: (limit) => Promise.resolve(whole && inner.length <= limit ? inner : undefined),
      },
    ]
  }

  #left(): number {
    return Math.max(0, TOTAL_MAX_LENGTH - this.#spent)
  }

  async #entry(path: string, entry: Entry, depth: number): Promise<void> {
    if (entry.kind === 'special') {
      this.skipped.push({ path, why: 'special' })
      return
    }
    const nested = isArchiveName(path)
    if (nested && depth >= NESTING_MAX) {
      this.skipped.push({ path, why: 'archive' })
      return
    }
    const limit = Math.min(this.#left(), nested ? TOTAL_MAX_LENGTH : FILE_MAX_LENGTH)
    const bytes = await entry.content(limit)
    this.#spent += bytes?.length ?? limit
    if (bytes === undefined) this.skipped.push({ path, why: 'too-large' })
    else if (nested) await this.archive(path, bytes, depth + 1)
    else if (isBinary(bytes)) this.skipped.push({ path, why: 'binary' })
    else
      this.files.push({
        path,
        text: textOf(bytes),
        ...(entry.mode === undefined ? {} : { mode: entry.mode }),
      })
  }
}
