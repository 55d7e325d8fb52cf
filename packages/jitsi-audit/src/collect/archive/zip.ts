// Reads zip archives from memory by their central directory (APPNOTE 6.3); stored and deflated entries only.
import { littleEndian, textOf } from './bytes.ts'
import { inflate } from './inflate.ts'
import type { Entry } from './entry.ts'

const END_SIGNATURE = 0x06054b50
const CENTRAL_SIGNATURE = 0x02014b50
const LOCAL_SIGNATURE = 0x04034b50
/** The end record has 22 bytes and a comment of at most 65,535. */
const END_SEARCH = 65_557
const ENTRIES_MAX = 100_000

/** The entries of the archive, or undefined when it has no readable directory. */
export function readZip(bytes: Uint8Array): readonly Entry[] | undefined {
  const end = findEnd(bytes)
  if (end === undefined) return undefined
  const count = Math.min(littleEndian(bytes, end + 10, 2), ENTRIES_MAX)
  let at = littleEndian(bytes, end + 16, 4)
  const entries: Entry[] = []
  for (let index = 0; index < count && littleEndian(bytes, at, 4) === CENTRAL_SIGNATURE; index += 1) {
    const nameLength = littleEndian(bytes, at + 28, 2)
    const entry = entryAt(bytes, at, textOf(bytes.subarray(at + 46, at + 46 + nameLength)))
    if (entry !== undefined) entries.push(entry)
    at += 46 + nameLength + littleEndian(bytes, at + 30, 2) + littleEndian(bytes, at + 32, 2)
  }
  return entries
}

function findEnd(bytes: Uint8Array): number | undefined {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - END_SEARCH); at -= 1)
    if (bytes[at] === 0x50 && littleEndian(bytes, at, 4) === END_SIGNATURE) return at
  return undefined
}

function entryAt(bytes: Uint8Array, at: number, path: string): Entry | undefined {
  if (path.endsWith('/') || path === '') return undefined
  const encrypted = (littleEndian(bytes, at + 8, 2) & 1) === 1
  const method = littleEndian(bytes, at + 10, 2)
  const packed = littleEndian(bytes, at + 20, 4)
  const unixMode = littleEndian(bytes, at + 5, 1) === 3 ? littleEndian(bytes, at + 40, 2) : 0
  // The upper bits say what it is: 0o12 is a symbolic link.
  const isLink = unixMode >> 12 === 0o12
  const local = littleEndian(bytes, at + 42, 4)
  const special = encrypted || isLink || (method !== 0 && method !== 8)
  return {
    path,
    kind: special ? 'special' : 'file',
    ...(unixMode === 0 ? {} : { mode: unixMode & 0o7777 }),
    content: (limit) => contentOf(bytes, local, packed, method, limit),
  }
}

async function contentOf(
  bytes: Uint8Array,
  local: number,
  packed: number,
  method: number,
  limit: number,
): Promise<Uint8Array | undefined> {
  if (littleEndian(bytes, local, 4) !== LOCAL_SIGNATURE) return undefined
  const start = local + 30 + littleEndian(bytes, local + 26, 2) + littleEndian(bytes, local + 28, 2)
  const data = bytes.subarray(start, start + packed)
  if (data.length < packed) return undefined
  if (method === 0) return packed <= limit ? data : undefined
  const { bytes: content, whole } = await inflate(data, 'deflate-raw', limit)
  return whole ? content : undefined
}
