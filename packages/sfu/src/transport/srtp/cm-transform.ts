// Protects packets by AES_CM_128_HMAC_SHA1_80 (RFC 3711 sections 4.1.1 and 4.2.1).
import type { Cipheriv } from 'node:crypto'
import { HMAC_TAG_BYTES, HmacSha1 } from './hmac-sha1.ts'
import {
  keystreamCipher,
  keystreamSalt,
  wordsFor,
  type KeystreamBurst,
  type KeystreamSalt,
} from './keystream.ts'
import { eraseKeys, type SessionKeys } from './session-keys.ts'
import {
  RTCP_CLEAR_BYTES,
  RTCP_ENCRYPTED_FLAG,
  RTCP_INDEX_BYTES,
  type PacketFrame,
  type SrtpTransform,
} from './transform.ts'

/** RTP or RTCP under one session key; the keystream burst is shared with other keys of the thread. */
export class CmTransform implements SrtpTransform {
  readonly tagLength: number = HMAC_TAG_BYTES
  readonly #burst: KeystreamBurst
  readonly #cipher: Cipheriv
  readonly #salt: KeystreamSalt
  readonly #hmac: HmacSha1

  /** Takes the keys over and erases the copies handed in. */
  constructor(keys: SessionKeys, burst: KeystreamBurst) {
    this.#burst = burst
    this.#cipher = keystreamCipher(keys.key)
    this.#salt = keystreamSalt(keys.salt)
    this.#hmac = new HmacSha1(keys.auth)
    eraseKeys(keys)
  }

  hasRoom(bytes: number): boolean {
    return this.#burst.hasRoom(bytes)
  }

  plan(ssrc: number, indexHigh: number, indexLow: number, bytes: number): number {
    return this.#burst.add(this.#salt, ssrc, indexHigh, indexLow, bytes)
  }

  run(): void {
    this.#burst.run(this.#cipher)
  }

  sealRtp(
    frame: PacketFrame,
    planned: number,
    start: number,
    payload: number,
    end: number,
    roc: number,
  ): number {
    this.#burst.apply(planned, frame.words, payload >> 2, wordsFor(end))
    return this.#sign(frame, start, end, end, roc)
  }

  openRtp(frame: PacketFrame, start: number, payload: number, end: number, roc: number): number {
    const { bytes } = frame
    const tag = end - HMAC_TAG_BYTES
    if (tag < payload) return -1
    // The rollover counter takes the tag's place for the computation, so the tag moves out of its way.
    bytes.copy(bytes, end, tag, end)
    bytes.writeInt32BE(roc | 0, tag)
    this.#hmac.compute(bytes, start, tag + 4)
    if (!this.#hmac.matchesTag(bytes, end)) return -1
    this.#decrypt(frame, payload, tag, bytes.readUInt32BE(start + 8), roc, bytes.readUInt16BE(start + 2))
    return tag
  }

  sealRtcp(frame: PacketFrame, planned: number, start: number, end: number, index: number): number {
    this.#burst.apply(planned, frame.words, (start + RTCP_CLEAR_BYTES) >> 2, wordsFor(end))
    return this.#sign(frame, start, end, end + RTCP_INDEX_BYTES, RTCP_ENCRYPTED_FLAG | index)
  }

  openRtcp(frame: PacketFrame, start: number, end: number): number {
    const { bytes } = frame
    const tag = end - HMAC_TAG_BYTES
    const clearEnd = tag - RTCP_INDEX_BYTES
    if (clearEnd < start + RTCP_CLEAR_BYTES) return -1
    this.#hmac.compute(bytes, start, tag)
    if (!this.#hmac.matchesTag(bytes, tag)) return -1
    const index = bytes.readInt32BE(clearEnd)
    if (index >= 0) return clearEnd
    const plain = index & ~RTCP_ENCRYPTED_FLAG
    const ssrc = bytes.readUInt32BE(start + 4)
    this.#decrypt(frame, start + RTCP_CLEAR_BYTES, clearEnd, ssrc, plain >>> 16, plain & 0xffff)
    return clearEnd
  }

  close(): void {
    this.#hmac.close()
    this.#salt.word0 = this.#salt.word1 = this.#salt.word2 = this.#salt.word3 = 0
    this.#cipher.destroy()
  }

  /** Signs `[start, end)` and the number written behind it, and puts the tag at `tagAt`. */
  #sign(frame: PacketFrame, start: number, end: number, tagAt: number, trailer: number): number {
    const { bytes } = frame
    bytes.writeInt32BE(trailer | 0, end)
    this.#hmac.compute(bytes, start, end + 4)
    this.#hmac.writeTag(bytes, tagAt)
    return tagAt + HMAC_TAG_BYTES
  }

  #decrypt(
    frame: PacketFrame,
    from: number,
    to: number,
    ssrc: number,
    indexHigh: number,
    indexLow: number,
  ): void {
    const burst = this.#burst
    burst.clear()
    const keystream = burst.add(this.#salt, ssrc, indexHigh, indexLow, to - from)
    burst.run(this.#cipher)
    burst.apply(keystream, frame.words, from >> 2, wordsFor(to))
  }
}
