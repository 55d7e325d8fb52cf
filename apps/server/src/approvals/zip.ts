// Writes a ZIP archive (PKWARE APPNOTE 6.3.10) without compressing: what is inside is small, and PDF and DOCX are compressed already.
import { crc32 } from 'node:zlib'

/** One file; `path` with forward slashes, never above the archive's own folder. */
export interface ZipFile {
  path: string
  content: Uint8Array
}

/** APPNOTE section 4.4.4, bit 11: names are UTF-8. */
const UTF8_NAMES = 0x0800
/** Section 4.4.3: 2.0 is what every reader knows. */
const VERSION = 20

const LOCAL_HEADER = 0x04034b50
const CENTRAL_HEADER = 0x02014b50
const END_OF_DIRECTORY = 0x06054b50

/** Sizes and offsets have 32 bits, counts 16 (sections 4.3.7 to 4.3.16); a bundle is some megabytes. */
const MAX_BYTES = 0xffff_ffff
const MAX_FILES = 0xffff

/** The archive. @param at the moment all files carry, ms since 1970 @throws Error when it would be too large */
export function zip(files: readonly ZipFile[], at: number): Buffer {
  if (files.length > MAX_FILES) throw new Error('too many files for a ZIP archive')
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { path, content } of files) {
    const name = Buffer.from(path, 'utf8')
    const common = commonFields(name, content, at)
    const local = Buffer.concat([uint32(LOCAL_HEADER), uint16(VERSION), common, name])
    directory.push(
      Buffer.concat([
        uint32(CENTRAL_HEADER),
        uint16(VERSION),
        uint16(VERSION),
        common,
        // Comment length, disk number, attributes (section 4.4.12 to 4.4.15): none.
        Buffer.alloc(10),
        uint32(offset),
        name,
      ]),
    )
    parts.push(local, Buffer.from(content))
    offset += local.length + content.length
    if (offset > MAX_BYTES) throw new Error('too many bytes for a ZIP archive')
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  const count = uint16(files.length)
  const end = [
    uint32(END_OF_DIRECTORY),
    Buffer.alloc(4),
    count,
    count,
    uint32(size),
    uint32(offset),
    uint16(0),
  ]
  return Buffer.concat([...parts, ...directory, ...end])
}

/** What local and central header share: flags, method 0 (stored), time, CRC, both sizes, lengths of name and extra field. */
function commonFields(name: Buffer, content: Uint8Array, at: number): Buffer {
  return Buffer.concat([
    uint16(UTF8_NAMES),
    uint16(0),
    dosTime(at),
    uint32(crc32(content)),
    uint32(content.length),
    uint32(content.length),
    uint16(name.length),
    uint16(0),
  ])
}

/** Section 4.4.6: time and date of MS-DOS, in UTC here; years 1980 to 2107. */
function dosTime(at: number): Buffer {
  const date = new Date(at)
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1)
  const year = Math.max(date.getUTCFullYear() - 1980, 0)
  return Buffer.concat([
    uint16(time),
    uint16((year << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate()),
  ])
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
