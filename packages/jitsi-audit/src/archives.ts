// Tells archives from files, by name or, where the name says nothing (standard input), by their first bytes.
import { isArchiveName } from './collect/archive/unpack.ts'

/** First bytes and their place: zip (APPNOTE 4.3.7), gzip (RFC 1952, 2.3.1), tar (POSIX pax, ustar header). */
const SIGNATURES: readonly { readonly at: number; readonly bytes: readonly number[] }[] = [
  { at: 0, bytes: [0x50, 0x4b, 0x03, 0x04] },
  { at: 0, bytes: [0x1f, 0x8b] },
  { at: 257, bytes: [0x75, 0x73, 0x74, 0x61, 0x72] },
]

/** @param bytes the content where it is at hand */
export function isArchive(name: string, bytes?: Uint8Array): boolean {
  if (isArchiveName(name)) return true
  if (bytes === undefined) return false
  return SIGNATURES.some(({ at, bytes: signature }) =>
    signature.every((byte, index) => bytes[at + index] === byte),
  )
}
