// Protects packets by AEAD_AES_128_GCM (RFC 7714). node:crypto wants a new cipher object for each IV, so nothing is kept.
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { eraseKeys, type SessionKeys } from './session-keys.ts'
import {
  RTCP_CLEAR_BYTES,
  RTCP_ENCRYPTED_FLAG,
  RTCP_INDEX_BYTES,
  type PacketFrame,
  type SrtpTransform,
} from './transform.ts'

const TAG_BYTES = 16
const IV_BYTES = 12
const CIPHER = 'aes-128-gcm'
const OPTIONS = { authTagLength: TAG_BYTES } as const
/** Packets planned before one `run`: nothing is done for them together, so any number will do. */
const NOTHING_PLANNED = 0

/** RTP or RTCP under one session key. */
export class GcmTransform implements SrtpTransform {
  readonly tagLength: number = TAG_BYTES
  readonly #key: Buffer
  readonly #salt: Buffer
  readonly #iv = Buffer.alloc(IV_BYTES)

  /** Takes the keys over and erases the copies handed in. */
  constructor(keys: SessionKeys) {
    this.#key = Buffer.from(keys.key)
    this.#salt = Buffer.from(keys.salt)
    eraseKeys(keys)
  }

  hasRoom(): boolean {
    return true
  }

  plan(): number {
    return NOTHING_PLANNED
  }

  run(): void {
    // Each packet is encrypted by itself.
  }

  sealRtp(
    frame: PacketFrame,
    _planned: number,
    start: number,
    payload: number,
    end: number,
    roc: number,
  ): number {
    const { bytes } = frame
    this.#setRtpIv(bytes, start, roc)
    return this.#seal(bytes, bytes.subarray(start, payload), payload, end)
  }

  openRtp(frame: PacketFrame, start: number, payload: number, end: number, roc: number): number {
    const { bytes } = frame
    if (end - TAG_BYTES < payload) return -1
    this.#setRtpIv(bytes, start, roc)
    return this.#open(bytes, bytes.subarray(start, payload), payload, end)
  }

  sealRtcp(frame: PacketFrame, _planned: number, start: number, end: number, index: number): number {
    const { bytes } = frame
    const payload = start + RTCP_CLEAR_BYTES
    const trailer = (RTCP_ENCRYPTED_FLAG | index) >>> 0
    this.#setRtcpIv(bytes, start, index)
    const sealedEnd = this.#seal(bytes, rtcpAad(bytes, start, trailer), payload, end)
    bytes.writeUInt32BE(trailer, sealedEnd)
    return sealedEnd + RTCP_INDEX_BYTES
  }

  openRtcp(frame: PacketFrame, start: number, end: number): number {
    const { bytes } = frame
    const payload = start + RTCP_CLEAR_BYTES
    const sealedEnd = end - RTCP_INDEX_BYTES
    if (sealedEnd - TAG_BYTES < payload) return -1
    const trailer = bytes.readUInt32BE(sealedEnd)
    // Authenticated but clear RTCP (RFC 7714 section 9.3) is not made by WebRTC's sides.
    if (trailer < RTCP_ENCRYPTED_FLAG) return -1
    this.#setRtcpIv(bytes, start, trailer - RTCP_ENCRYPTED_FLAG)
    return this.#open(bytes, rtcpAad(bytes, start, trailer), payload, sealedEnd)
  }

  close(): void {
    this.#key.fill(0)
    this.#salt.fill(0)
    this.#iv.fill(0)
  }

  #seal(bytes: Buffer, aad: Uint8Array, payload: number, end: number): number {
    const cipher = createCipheriv(CIPHER, this.#key, this.#iv, OPTIONS)
    cipher.setAAD(aad)
    bytes.set(cipher.update(bytes.subarray(payload, end)), payload)
    cipher.final()
    bytes.set(cipher.getAuthTag(), end)
    return end + TAG_BYTES
  }

  #open(bytes: Buffer, aad: Uint8Array, payload: number, end: number): number {
    const tag = end - TAG_BYTES
    const decipher = createDecipheriv(CIPHER, this.#key, this.#iv, OPTIONS)
    decipher.setAAD(aad)
    decipher.setAuthTag(bytes.subarray(tag, end))
    const clear = decipher.update(bytes.subarray(payload, tag))
    try {
      decipher.final()
    } catch {
      return -1
    }
    bytes.set(clear, payload)
    return tag
  }

  /** RFC 7714 section 8.1: two zero bytes, SSRC, rollover counter, sequence number, under the salt. */
  #setRtpIv(bytes: Buffer, start: number, roc: number): void {
    const iv = this.#iv
    iv.writeUInt16BE(0, 0)
    iv.writeUInt32BE(bytes.readUInt32BE(start + 8), 2)
    iv.writeUInt32BE(roc, 6)
    iv.writeUInt16BE(bytes.readUInt16BE(start + 2), 10)
    this.#addSalt()
  }

  /** RFC 7714 section 9.1: two zero bytes, SSRC, two zero bytes, index, under the salt. */
  #setRtcpIv(bytes: Buffer, start: number, index: number): void {
    const iv = this.#iv
    iv.writeUInt16BE(0, 0)
    iv.writeUInt32BE(bytes.readUInt32BE(start + 4), 2)
    iv.writeUInt16BE(0, 6)
    iv.writeUInt32BE(index, 8)
    this.#addSalt()
  }

  #addSalt(): void {
    for (let index = 0; index < IV_BYTES; index++)
      this.#iv[index] = (this.#iv[index] ?? 0) ^ (this.#salt[index] ?? 0)
  }
}

/** Associated data of encrypted RTCP: the clear bytes and the index with its flag (RFC 7714 section 9.2). */
function rtcpAad(bytes: Buffer, start: number, trailer: number): Buffer {
  const aad = Buffer.alloc(RTCP_CLEAR_BYTES + RTCP_INDEX_BYTES)
  bytes.copy(aad, 0, start, start + RTCP_CLEAR_BYTES)
  aad.writeUInt32BE(trailer, RTCP_CLEAR_BYTES)
  return aad
}
