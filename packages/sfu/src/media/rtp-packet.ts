// Reads the fixed header of an RTP packet (RFC 3550 section 5.1) into a reusable cursor of numbers.
import { i32, u16, u8 } from './bytes.ts'

/** Bytes of an RTP header without contributors and extensions. */
export const RTP_HEADER_BYTES = 12

const NOTHING = new Uint8Array(0)

/** One packet in a foreign buffer; `read` moves the same object on to the next packet. */
export class RtpPacket {
  buffer: Uint8Array = NOTHING
  start = 0
  end = 0
  /** 0x80 or 0, as in the second byte. */
  marker = 0
  payloadType = 0
  sequenceNumber = 0
  /** Signed 32 bits, as all timestamps and SSRCs within the engine: only their differences and identity count. */
  timestamp = 0
  /** Signed 32 bits. */
  ssrc = 0
  /** Profile field of the extension block, 0 without one. */
  extensionProfile = 0
  extensionOffset = 0
  extensionEnd = 0
  payloadOffset = 0
  /** End of the payload, padding left out. */
  payloadEnd = 0

  /** Takes `buffer[start, end)`; false if that is no well-formed RTP packet. */
  read(buffer: Uint8Array, start: number, end: number): boolean {
    if (end - start < RTP_HEADER_BYTES || end > buffer.length) return false
    const first = u8(buffer, start)
    if (first >> 6 !== 2) return false
    let at = start + RTP_HEADER_BYTES + (first & 0x0f) * 4
    this.extensionProfile = 0
    this.extensionOffset = at
    this.extensionEnd = at
    if ((first & 0x10) !== 0) {
      if (at + 4 > end) return false
      this.extensionProfile = u16(buffer, at)
      this.extensionOffset = at + 4
      at += 4 + u16(buffer, at + 2) * 4
      this.extensionEnd = at
    }
    if (at > end) return false
    const padding = (first & 0x20) !== 0 ? u8(buffer, end - 1) : 0
    if ((first & 0x20) !== 0 && (padding === 0 || at + padding > end)) return false
    const second = u8(buffer, start + 1)
    this.buffer = buffer
    this.start = start
    this.end = end
    this.marker = second & 0x80
    this.payloadType = second & 0x7f
    this.sequenceNumber = u16(buffer, start + 2)
    this.timestamp = i32(buffer, start + 4)
    this.ssrc = i32(buffer, start + 8)
    this.payloadOffset = at
    this.payloadEnd = end - padding
    return true
  }

  /** Bytes of payload; 0 means the packet only fills a gap (padding, keep-alive, probe). */
  get payloadLength(): number {
    return this.payloadEnd - this.payloadOffset
  }
}
