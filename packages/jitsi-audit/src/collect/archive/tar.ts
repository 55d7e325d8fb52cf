// Reads tar archives (POSIX.1-1988 ustar, GNU long names, pax paths) from memory.
import { textOf } from './bytes.ts'
import type { Entry } from './entry.ts'

const BLOCK = 512
/** Entries of one archive, folders included. */
const ENTRIES_MAX = 100_000
/** Longest name that GNU or pax headers may give. */
const NAME_MAX = 4_096

/** The entries of the archive, or undefined when its first header is none. */
export function readTar(bytes: Uint8Array): readonly Entry[] | undefined {
  if (bytes.length < BLOCK || !isHeader(bytes.subarray(0, BLOCK))) return undefined
  const entries: Entry[] = []
  let longName: string | undefined
  for (let at = 0; at + BLOCK <= bytes.length && entries.length < ENTRIES_MAX;) {
    const header = bytes.subarray(at, at + BLOCK)
    if (!isHeader(header)) break
    const size = octal(header, 124, 12)
    const data = bytes.subarray(at + BLOCK, at + BLOCK + size)
    const type = String.fromCodePoint(header[156] ?? 0)
    if (type === 'L') longName = cut(data)
    else if (type === 'x') longName = paxPath(data) ?? longName
    else if (type !== 'g' && type !== '5') {
      const path = longName ?? nameOf(header)
      longName = undefined
      const whole = data.length === size
      entries.push({
        path,
        mode: octal(header, 100, 8) % 0o10000,
        // Links point at names outside of the archive as easily as inside: they are never followed.
        kind: type === '0' || type === '\0' || type === '7' ? 'file' : 'special',
        content: (limit) => Promise.resolve(whole && size <= limit ? data : undefined),
      })
    } else longName = undefined
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
  return entries
}

/** A header's bytes sum up to what it says, its own sum counted as blanks. */
function isHeader(header: Uint8Array): boolean {
  let sum = 0
  for (const [index, byte] of header.entries()) sum += index >= 148 && index < 156 ? 32 : byte
  return sum !== 256 && octal(header, 148, 8) === sum
}

/** An octal field; the base-256 form of huge files counts as zero. */
function octal(header: Uint8Array, at: number, length: number): number {
  let value = 0
  for (let index = at; index < at + length; index += 1) {
    const digit = (header[index] ?? 0) - 48
    if (digit < 0 || digit > 7) {
      if (value > 0) break
      continue
    }
    value = value * 8 + digit
  }
  return value
}

function nameOf(header: Uint8Array): string {
  const name = cut(header.subarray(0, 100))
  const ustar = textOf(header.subarray(257, 262)) === 'ustar'
  const prefix = ustar ? cut(header.subarray(345, 500)) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}

function cut(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return textOf(bytes.subarray(0, Math.min(end === -1 ? bytes.length : end, NAME_MAX)))
}

/** `path` of a pax header: lines of `length key=value`. */
function paxPath(data: Uint8Array): string | undefined {
  return /(?:^|\n)\d{1,6} path=([^\n]{1,4096})/.exec(textOf(data.subarray(0, 16_384)))?.[1]
}
