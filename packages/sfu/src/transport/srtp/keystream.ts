// Makes AES-CM keystream (RFC 3711 section 4.1.1) for several packets of one key with a single cipher call.
//
// node:crypto cannot give a cipher object a new IV, and a new object for each packet costs more than all the rest. AES in
// ECB mode has no IV: one object for each key turns prepared counter blocks into keystream. Most of a call's cost is the
// call, so it pays to ask for a burst of packets at once.
import { createCipheriv, type Cipheriv } from 'node:crypto'
import { MAX_SRTP_BYTES } from '../limits.ts'

const BLOCK_BYTES = 16
const BLOCK_SHIFT = 4
/** Blocks of one burst: sixteen video packets of 1,116 bytes; the counter blocks and the keystream fit the L1 cache. */
export const BURST_BLOCKS = 1_152
/** Packets of one burst. */
export const BURST_PACKETS = 32

/** Keystream that was not asked for. */
const NONE = new Int32Array(0)

/** Counter blocks under construction and the keystream they became; one is shared by all keys of a thread. */
export class KeystreamBurst {
  readonly #blocks = Buffer.alloc(BURST_BLOCKS * BLOCK_BYTES)
  readonly #view = new DataView(this.#blocks.buffer, this.#blocks.byteOffset, this.#blocks.byteLength)
  #used = 0
  #words: Int32Array = NONE

  /** Empties the burst. */
  clear(): void {
    this.#used = 0
  }

  /** Whether another packet with so many bytes to encrypt has room. */
  hasRoom(bytes: number): boolean {
    return this.#used + blocksOf(bytes) <= BURST_BLOCKS
  }

  /** Adds a packet's counter blocks; returns where its keystream will begin, in words. */
  add(salt: KeystreamSalt, ssrc: number, indexHigh: number, indexLow: number, bytes: number): number {
    const first = this.#used
    const end = first + blocksOf(bytes)
    const view = this.#view
    const word1 = salt.word1 ^ ssrc
    const word2 = salt.word2 ^ indexHigh
    const word3 = salt.word3 ^ (indexLow << 16)
    for (let block = first, at = first << BLOCK_SHIFT; block < end; block++, at += BLOCK_BYTES) {
      view.setInt32(at, salt.word0)
      view.setInt32(at + 4, word1)
      view.setInt32(at + 8, word2)
      view.setInt32(at + 12, word3 ^ (block - first))
    }
    this.#used = end
    return first << 2
  }

  /** Turns all counter blocks into keystream. */
  run(cipher: Cipheriv): void {
    const stream = cipher.update(this.#blocks.subarray(0, this.#used << BLOCK_SHIFT))
    this.#words = wordsOf(stream)
  }

  /** XORs keystream from a word on into `target[from, to)`, both in words; the rest of the last word is overwritten too. */
  apply(keystream: number, target: Int32Array, from: number, to: number): void {
    const words = this.#words
    for (let at = from, word = keystream; at < to; at++, word++)
      target[at] = (target[at] ?? 0) ^ (words[word] ?? 0)
  }
}

/** The session salt as the words of a counter block. */
export interface KeystreamSalt {
  word0: number
  word1: number
  word2: number
  word3: number
}

/** Reads a 112-bit session salt; the last 16 bits of the block are the counter's. */
export function keystreamSalt(salt: Uint8Array): KeystreamSalt {
  const view = new DataView(salt.buffer, salt.byteOffset, salt.byteLength)
  return {
    word0: view.getInt32(0),
    word1: view.getInt32(4),
    word2: view.getInt32(8),
    word3: view.getInt16(12) << 16,
  }
}

/** The long-lived cipher object of one session key. */
export function keystreamCipher(key: Uint8Array): Cipheriv {
  return createCipheriv('aes-128-ecb', key, null).setAutoPadding(false)
}

/** Words that so many bytes reach into, counted from a word's begin. */
export function wordsFor(bytes: number): number {
  return (bytes + 3) >> 2
}

function blocksOf(bytes: number): number {
  if (bytes > MAX_SRTP_BYTES) throw new RangeError('packet too long for SRTP')
  return (bytes + BLOCK_BYTES - 1) >> BLOCK_SHIFT
}

function wordsOf(bytes: Buffer): Int32Array {
  const aligned = (bytes.byteOffset & 3) === 0 ? bytes : Buffer.from(new Uint8Array(bytes).buffer)
  return new Int32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 2)
}
