// Writes the clear RTP header of one down-track with the subscriber's extension ids (RFC 3550 section 5.1, RFC 8285).
import { setU16, setU24, setU32, u8 } from './bytes.ts'
import { MAX_MID_BYTES } from './limits.ts'
import { ONE_BYTE_PROFILE, TWO_BYTE_PROFILE, type ExtensionIds, type RtpExtensions } from './rtp-extension.ts'
import { RTP_HEADER_BYTES, type RtpPacket } from './rtp-packet.ts'

/** Most bytes of a header: fixed part, block head, mid, send time, level, capture time (each with two-byte head), padding, OSN. */
export const MAX_HEADER_BYTES: number = RTP_HEADER_BYTES + 4 + (2 + MAX_MID_BYTES) + 5 + 3 + 18 + 3 + 2

/** Lengths and ids the one-byte form can express. */
const SHORT_FORM_MAX_LENGTH = 16
const SHORT_FORM_MAX_ID = 14

/** abs-send-time counts 2^-18 s in 24 bits. */
const ABS_SEND_TIME_PER_MS = 262.144

/** The subscriber's view of a header. */
export interface HeaderOptions {
  readonly mid: string
  readonly extensions: ExtensionIds
  /** Whether abs-send-time may be written, see DownTrack: not where a packet may be sent twice under one number. */
  readonly withSendTime: boolean
}

/** Writes headers for one down-track. */
export class RtpHeaderWriter {
  readonly #mid: Uint8Array
  readonly #midId: number
  readonly #levelId: number
  readonly #sendTimeId: number
  readonly #captureTimeId: number
  readonly #isShort: boolean
  /** Whether the mid is written. */
  withMid = true

  constructor(options: HeaderOptions) {
    const { extensions } = options
    const mid = new TextEncoder().encode(options.mid)
    const fits = mid.length > 0 && mid.length <= MAX_MID_BYTES
    this.#mid = mid
    this.#midId = fits ? validId(extensions.mid) : 0
    this.#levelId = validId(extensions.audioLevel)
    this.#sendTimeId = options.withSendTime ? validId(extensions.absSendTime) : 0
    this.#captureTimeId = validId(extensions.absCaptureTime)
    const highest = Math.max(this.#midId, this.#levelId, this.#sendTimeId, this.#captureTimeId)
    this.#isShort = highest <= SHORT_FORM_MAX_ID && (this.#midId === 0 || mid.length <= SHORT_FORM_MAX_LENGTH)
  }

  /**
   * Writes at `start` of the arena, for which MAX_HEADER_BYTES must be free; returns the offset behind the header.
   * `source` and `found` are the publisher's packet and its extensions.
   */
  write(
    now: number,
    arena: Uint8Array,
    start: number,
    source: RtpPacket,
    found: RtpExtensions,
    payloadType: number,
    sequence: number,
    timestamp: number,
    ssrc: number,
  ): number {
    arena[start + 1] = source.marker | payloadType
    setU16(arena, start + 2, sequence)
    setU32(arena, start + 4, timestamp)
    setU32(arena, start + 8, ssrc)
    const block = start + RTP_HEADER_BYTES
    let at = this.#writeElements(now, arena, block + 4, source.buffer, found)
    if (at === block + 4) {
      arena[start] = 0x80
      return block
    }
    while (((at - block) & 3) !== 0) arena[at++] = 0
    arena[start] = 0x90
    setU16(arena, block, this.#isShort ? ONE_BYTE_PROFILE : TWO_BYTE_PROFILE)
    setU16(arena, block + 2, ((at - block) >> 2) - 1)
    return at
  }

  #writeElements(
    now: number,
    arena: Uint8Array,
    start: number,
    buffer: Uint8Array,
    found: RtpExtensions,
  ): number {
    let at = start
    if (this.withMid && this.#midId !== 0) {
      at = this.#writeHead(arena, at, this.#midId, this.#mid.length)
      at = copy(arena, at, this.#mid, 0, this.#mid.length)
    }
    if (this.#sendTimeId !== 0) {
      at = this.#writeHead(arena, at, this.#sendTimeId, 3)
      setU24(arena, at, (now * ABS_SEND_TIME_PER_MS) & 0xffffff)
      at += 3
    }
    if (this.#levelId !== 0 && found.audioLevel >= 0) {
      at = this.#writeHead(arena, at, this.#levelId, 1)
      arena[at++] = found.audioLevel
    }
    if (this.#captureTimeId !== 0 && found.captureTimeLength !== 0) {
      at = this.#writeHead(arena, at, this.#captureTimeId, found.captureTimeLength)
      at = copy(arena, at, buffer, found.captureTimeOffset, found.captureTimeLength)
    }
    return at
  }

  #writeHead(arena: Uint8Array, at: number, id: number, length: number): number {
    if (this.#isShort) {
      arena[at] = (id << 4) | (length - 1)
      return at + 1
    }
    arena[at] = id
    arena[at + 1] = length
    return at + 2
  }
}

/** Copies a few bytes; for so few a loop is cheaper than making a view. */
function copy(arena: Uint8Array, start: number, from: Uint8Array, offset: number, length: number): number {
  for (let index = 0; index < length; index++) arena[start + index] = u8(from, offset + index)
  return start + length
}

function validId(id: number | undefined): number {
  return id !== undefined && id > 0 && id < 256 && id !== 15 ? id : 0
}
