// Reads the header extensions we know, in one-byte and two-byte form (RFC 8285 sections 4.2 and 4.3), into a reusable cursor.
import { u16, u8 } from './bytes.ts'
import type { RtpPacket } from './rtp-packet.ts'

/** Ids of a description's header extensions, 1 to 255; one set for all bundled sections (RFC 8843 section 9.1). */
export interface ExtensionIds {
  /** urn:ietf:params:rtp-hdrext:sdes:mid (RFC 8843). */
  readonly mid?: number | undefined
  /** urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id (RFC 8852). */
  readonly rid?: number | undefined
  /** urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id (RFC 8852). */
  readonly repairedRid?: number | undefined
  /** urn:ietf:params:rtp-hdrext:ssrc-audio-level (RFC 6464). */
  readonly audioLevel?: number | undefined
  /** draft-holmer-rmcat-transport-wide-cc-extensions-01. */
  readonly twcc?: number | undefined
  /** abs-send-time of WebRTC. */
  readonly absSendTime?: number | undefined
  /** abs-capture-time of WebRTC. */
  readonly absCaptureTime?: number | undefined
}

/** Profile of the one-byte form; the two-byte form has 0x100 in the upper 12 bits. */
export const ONE_BYTE_PROFILE = 0xbede
export const TWO_BYTE_PROFILE = 0x1000

const IGNORED = 0
const MID = 1
const AUDIO_LEVEL = 2
const TWCC = 3
const ABS_CAPTURE_TIME = 4

/** Which id stands for what on one peer connection. */
export class ExtensionTable {
  readonly #kinds = new Uint8Array(256)

  /** Forgets all ids. */
  clear(): void {
    this.#kinds.fill(IGNORED)
  }

  /** Adds the ids of one section; ids outside 1 to 255 are ignored. */
  add(ids: ExtensionIds): void {
    this.#set(ids.mid, MID)
    this.#set(ids.audioLevel, AUDIO_LEVEL)
    this.#set(ids.twcc, TWCC)
    this.#set(ids.absCaptureTime, ABS_CAPTURE_TIME)
  }

  /** What an id stands for. */
  kind(id: number): number {
    return u8(this.#kinds, id)
  }

  #set(id: number | undefined, kind: number): void {
    if (id !== undefined && id > 0) this.#kinds[id] = kind
  }
}

/** The known extensions of one packet; offsets point into the packet's buffer. */
export class RtpExtensions {
  midOffset = 0
  /** Bytes of the mid, 0 without one. */
  midLength = 0
  /** First byte of the audio level extension (voice bit and level in -dBov), -1 without one. */
  audioLevel = -1
  /** Transport-wide sequence number, -1 without one. */
  transportSequence = -1
  captureTimeOffset = 0
  /** 8 or 16 bytes, 0 without one. */
  captureTimeLength = 0

  /** Takes the extensions of a packet; malformed elements end the block silently, as RFC 8285 section 4.2 asks of id 15. */
  read(packet: RtpPacket, table: ExtensionTable): void {
    this.midLength = 0
    this.audioLevel = -1
    this.transportSequence = -1
    this.captureTimeLength = 0
    if (packet.extensionProfile === ONE_BYTE_PROFILE) this.#readElements(packet, table, true)
    else if ((packet.extensionProfile & 0xfff0) === TWO_BYTE_PROFILE) this.#readElements(packet, table, false)
  }

  #readElements(packet: RtpPacket, table: ExtensionTable, short: boolean): void {
    const { buffer, extensionEnd } = packet
    let at = packet.extensionOffset
    while (at < extensionEnd) {
      const first = u8(buffer, at++)
      // A zero byte is padding between elements in both forms.
      if (first === 0) continue
      const id = short ? first >> 4 : first
      if (short && id === 15) return
      if (!short && at >= extensionEnd) return
      const length = short ? (first & 0x0f) + 1 : u8(buffer, at++)
      if (at + length > extensionEnd) return
      this.#take(buffer, table.kind(id), at, length)
      at += length
    }
  }

  #take(buffer: Uint8Array, kind: number, at: number, length: number): void {
    if (kind === TWCC && length >= 2) this.transportSequence = u16(buffer, at)
    else if (kind === AUDIO_LEVEL && length >= 1) this.audioLevel = u8(buffer, at)
    else if (kind === MID && length > 0) {
      this.midOffset = at
      this.midLength = length
    } else if (kind === ABS_CAPTURE_TIME && (length === 8 || length === 16)) {
      this.captureTimeOffset = at
      this.captureTimeLength = length
    }
  }
}
