// Reads and writes the integers and length-prefixed vectors of the TLS presentation language (RFC 5246 section 4).

const EMPTY = new Uint8Array(0)

/** Reads forward through bytes of a stranger; once anything is missing `ok` stays false and every read yields zeros. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #offset = 0
  #ok = true

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** False after the first read past the end. */
  get ok(): boolean {
    return this.#ok
  }

  /** Bytes not read yet. */
  get remaining(): number {
    return this.#bytes.length - this.#offset
  }

  /** True when everything was there and nothing is left over. */
  get complete(): boolean {
    return this.#ok && this.remaining === 0
  }

  /** A big-endian unsigned integer of `size` bytes (1 to 6). */
  uint(size: number): number {
    let value = 0
    for (const byte of this.take(size)) value = value * 256 + byte
    return value
  }

  /** A view of the next `length` bytes, empty when they are not there. */
  take(length: number): Uint8Array {
    if (!this.#ok || length > this.remaining) {
      this.#ok = false
      return EMPTY
    }
    this.#offset += length
    return this.#bytes.subarray(this.#offset - length, this.#offset)
  }

  /** A view of a vector whose length stands before it in `prefix` bytes. */
  vector(prefix: 1 | 2 | 3): Uint8Array {
    return this.take(this.uint(prefix))
  }
}

/** The numbers of a vector of 16-bit values, or undefined when its length is odd. */
export function uint16List(bytes: Uint8Array): number[] | undefined {
  if (bytes.length % 2 !== 0) return undefined
  const reader = new ByteReader(bytes)
  const list: number[] = []
  while (reader.remaining > 0) list.push(reader.uint(2))
  return list
}

/** A big-endian unsigned integer in `size` bytes (1 to 6). */
export function uint(value: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  let rest = value
  for (let index = size - 1; index >= 0; index -= 1) {
    bytes[index] = rest % 256
    rest = Math.floor(rest / 256)
  }
  return bytes
}

/** The parts as one vector, its length in `prefix` bytes before it. */
export function vector(prefix: 1 | 2 | 3, ...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  return concat(uint(length, prefix), ...parts)
}

/** The parts one behind the other, in memory of their own. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}

/** A copy in memory of its own; `slice` of a Buffer, which datagrams usually are, would only be a view. */
export function copy(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes)
}
