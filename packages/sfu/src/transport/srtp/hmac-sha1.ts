// Authenticates packets with HMAC-SHA1-80 (RFC 2104, RFC 3711 section 4.2.1) at the cost of one hash call.
//
// node:crypto's one-shot hash does the long inner hash; a string result is several times cheaper than a Buffer. The
// outer hash is a single SHA-1 block over a state prepared with the key, which is done here in integers.
import { hash } from 'node:crypto'

const BLOCK_BYTES = 64
const INNER_PAD = 0x36
const OUTER_PAD = 0x5c
const WORDS = 5
const SCHEDULE_WORDS = 80
/** Bits that the outer hash covers: the padded key and the inner digest. */
const OUTER_BITS = (BLOCK_BYTES + 4 * WORDS) * 8
const INITIAL_STATE = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0] as const

/** Bytes that must be free in front of the data for `HmacSha1.compute`. */
export const HMAC_PREFIX_BYTES: number = BLOCK_BYTES
/** Bytes of a tag. */
export const HMAC_TAG_BYTES = 10

/** Message schedule of the block at hand; shared, as no call outlives its turn. */
const schedule = new Int32Array(SCHEDULE_WORDS)

/** One authentication key. */
export class HmacSha1 {
  readonly #innerBlock = new Uint8Array(BLOCK_BYTES)
  readonly #outerState = new Int32Array(WORDS)
  readonly #digest = new Int32Array(WORDS)

  /** Takes a key of at most 64 bytes. */
  constructor(key: Uint8Array) {
    if (key.length > BLOCK_BYTES) throw new RangeError('HMAC key longer than a block')
    schedule.fill(0)
    for (let index = 0; index < BLOCK_BYTES; index++) {
      const byte = key[index] ?? 0
      this.#innerBlock[index] = byte ^ INNER_PAD
      const word = index >> 2
      schedule[word] = ((schedule[word] ?? 0) << 8) | (byte ^ OUTER_PAD)
    }
    this.#outerState.set(INITIAL_STATE)
    compress(this.#outerState, this.#outerState)
    schedule.fill(0)
  }

  /**
   * Computes the HMAC of `buffer[start, end)` for one of the two calls below. The 64 bytes in front of `start` are
   * overwritten with key material, which the buffer's owner erases when the key is given up.
   */
  compute(buffer: Buffer, start: number, end: number): void {
    const from = start - BLOCK_BYTES
    buffer.set(this.#innerBlock, from)
    const inner = hash('sha1', buffer.subarray(from, end), 'latin1')
    for (let word = 0, at = 0; word < WORDS; word++, at += 4)
      schedule[word] =
        (inner.charCodeAt(at) << 24) |
        (inner.charCodeAt(at + 1) << 16) |
        (inner.charCodeAt(at + 2) << 8) |
        inner.charCodeAt(at + 3)
    schedule[WORDS] = 0x80000000 | 0
    for (let word = WORDS + 1; word < 15; word++) schedule[word] = 0
    schedule[15] = OUTER_BITS
    compress(this.#outerState, this.#digest)
  }

  /** Writes the 80-bit tag of the last computation. */
  writeTag(buffer: Buffer, offset: number): void {
    const digest = this.#digest
    buffer.writeInt32BE(digest[0] ?? 0, offset)
    buffer.writeInt32BE(digest[1] ?? 0, offset + 4)
    buffer.writeUInt16BE((digest[2] ?? 0) >>> 16, offset + 8)
  }

  /** Compares the 80-bit tag of the last computation with one in a buffer, in constant time. */
  matchesTag(buffer: Uint8Array, offset: number): boolean {
    let difference = 0
    for (let index = 0; index < HMAC_TAG_BYTES; index++) {
      const byte = ((this.#digest[index >> 2] ?? 0) >>> (24 - 8 * (index & 3))) & 0xff
      difference |= byte ^ (buffer[offset + index] ?? ~byte)
    }
    return difference === 0
  }

  /** Overwrites the key. */
  close(): void {
    this.#innerBlock.fill(0)
    this.#outerState.fill(0)
    this.#digest.fill(0)
  }
}

/**
 * One SHA-1 block (RFC 3174 section 6.1): the first 16 words of `schedule` into `from`, the result in `to`. Four loops,
 * as a choice of the round function within one costs a tenth of the time.
 */
function compress(from: Int32Array, to: Int32Array): void {
  const w = schedule
  for (let t = 16; t < SCHEDULE_WORDS; t++) {
    const x = (w[t - 3] ?? 0) ^ (w[t - 8] ?? 0) ^ (w[t - 14] ?? 0) ^ (w[t - 16] ?? 0)
    w[t] = (x << 1) | (x >>> 31)
  }
  let a = from[0] ?? 0
  let b = from[1] ?? 0
  let c = from[2] ?? 0
  let d = from[3] ?? 0
  let e = from[4] ?? 0
  for (let t = 0; t < 20; t++) {
    const next = (((a << 5) | (a >>> 27)) + ((b & c) | (~b & d)) + 0x5a827999 + e + (w[t] ?? 0)) | 0
    e = d
    d = c
    c = (b << 30) | (b >>> 2)
    b = a
    a = next
  }
  for (let t = 20; t < 40; t++) {
    const next = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + 0x6ed9eba1 + e + (w[t] ?? 0)) | 0
    e = d
    d = c
    c = (b << 30) | (b >>> 2)
    b = a
    a = next
  }
  for (let t = 40; t < 60; t++) {
    const next = (((a << 5) | (a >>> 27)) + ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc + e + (w[t] ?? 0)) | 0
    e = d
    d = c
    c = (b << 30) | (b >>> 2)
    b = a
    a = next
  }
  for (let t = 60; t < 80; t++) {
    const next = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + 0xca62c1d6 + e + (w[t] ?? 0)) | 0
    e = d
    d = c
    c = (b << 30) | (b >>> 2)
    b = a
    a = next
  }
  to[0] = ((from[0] ?? 0) + a) | 0
  to[1] = ((from[1] ?? 0) + b) | 0
  to[2] = ((from[2] ?? 0) + c) | 0
  to[3] = ((from[3] ?? 0) + d) | 0
  to[4] = ((from[4] ?? 0) + e) | 0
}
