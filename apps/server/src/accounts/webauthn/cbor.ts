// Reads one CBOR item (RFC 8949) of the kinds that authenticators send: CTAP2 canonical form, so nothing of indefinite length.
//
// Everything here was sent by a stranger: each length is checked against what is there before it is used.

/** What an item can be. Maps have integers or texts as keys. */
export type CborValue = number | string | boolean | null | Uint8Array | readonly CborValue[] | CborMap

export type CborMap = ReadonlyMap<number | string, CborValue>

/** The item and the position behind it; undefined when the bytes do not begin with one. */
export type CborResult = { value: CborValue; end: number } | undefined

/** CTAP2 allows four levels (section 8 of CTAP 2.1); nothing else is sent. */
const MAX_DEPTH = 4
/** An attestation object has three entries, a key at most six; a certificate chain some tens. */
const MAX_ITEMS = 256

interface Reader {
  readonly bytes: Uint8Array
  readonly view: DataView
  at: number
  items: number
}

/** Reads the item that begins at `start`. */
export function readCbor(bytes: Uint8Array, start = 0): CborResult {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const reader: Reader = { bytes, view, at: start, items: 0 }
  const value = readItem(reader, 0)
  return value === undefined ? undefined : { value, end: reader.at }
}

function readItem(reader: Reader, depth: number): CborValue | undefined {
  reader.items += 1
  if (depth > MAX_DEPTH || reader.items > MAX_ITEMS || reader.at >= reader.bytes.length) return undefined
  const first = reader.view.getUint8(reader.at)
  reader.at += 1
  const major = first >> 5
  if (major === 7) return readSimple(first & 0x1f)
  const argument = readArgument(reader, first & 0x1f)
  if (argument === undefined) return undefined
  switch (major) {
    case 0:
      return argument
    case 1:
      return -1 - argument
    case 2:
      return take(reader, argument)
    case 3:
      return decode(take(reader, argument))
    case 4:
      return readArray(reader, argument, depth)
    case 5:
      return readMap(reader, argument, depth)
    default:
      // Tags (6) are not sent by authenticators.
      return undefined
  }
}

/** RFC 8949 section 3.3: false, true and null. */
function readSimple(value: number): CborValue | undefined {
  if (value === 20) return false
  if (value === 21) return true
  return value === 22 ? null : undefined
}

/** RFC 8949 section 3: the number in the first byte or in the 1, 2, 4 or 8 bytes behind it. */
function readArgument(reader: Reader, info: number): number | undefined {
  if (info < 24) return info
  if (info > 27) return undefined
  const size = 1 << (info - 24)
  const { view, at } = reader
  if (at + size > view.byteLength) return undefined
  reader.at += size
  if (size === 1) return view.getUint8(at)
  if (size === 2) return view.getUint16(at)
  if (size === 4) return view.getUint32(at)
  const large = view.getBigUint64(at)
  return large <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(large) : undefined
}

function take(reader: Reader, length: number): Uint8Array | undefined {
  if (length > reader.bytes.length - reader.at) return undefined
  const taken = reader.bytes.subarray(reader.at, reader.at + length)
  reader.at += length
  return taken
}

function decode(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function readArray(reader: Reader, length: number, depth: number): CborValue | undefined {
  const values: CborValue[] = []
  for (let index = 0; index < length; index += 1) {
    const value = readItem(reader, depth + 1)
    if (value === undefined) return undefined
    values.push(value)
  }
  return values
}

function readMap(reader: Reader, length: number, depth: number): CborValue | undefined {
  const values = new Map<number | string, CborValue>()
  for (let index = 0; index < length; index += 1) {
    const key = readItem(reader, depth + 1)
    if (typeof key !== 'number' && typeof key !== 'string') return undefined
    // RFC 8949 section 5.6: a map in which a key comes twice is not valid.
    if (values.has(key)) return undefined
    const value = readItem(reader, depth + 1)
    if (value === undefined) return undefined
    values.set(key, value)
  }
  return values
}

/** True if the value is a map. */
export function isCborMap(value: CborValue | undefined): value is CborMap {
  return value instanceof Map
}
