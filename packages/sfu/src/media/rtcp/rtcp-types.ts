// Names the RTCP packet types and feedback formats (RFC 3550 section 12.1, RFC 4585 section 6.1, RFC 5104 section 4.2).
import { setU16, u8 } from '../bytes.ts'

export const SENDER_REPORT = 200
export const RECEIVER_REPORT = 201
export const SOURCE_DESCRIPTION = 202
export const GOODBYE = 203
export const TRANSPORT_FEEDBACK = 205
export const PAYLOAD_FEEDBACK = 206

/** Formats of TRANSPORT_FEEDBACK. */
export const FORMAT_NACK = 1
export const FORMAT_TRANSPORT_CC = 15
/** Formats of PAYLOAD_FEEDBACK. */
export const FORMAT_PLI = 1
export const FORMAT_FIR = 4
export const FORMAT_APPLICATION = 15

/** Bytes of a report block. */
export const REPORT_BLOCK_BYTES = 24

/** Writes the common header of a packet that spans `[at, end)`; `count` is the block count or the feedback format. */
export function writeRtcpHeader(
  buffer: Uint8Array,
  at: number,
  end: number,
  type: number,
  count: number,
): void {
  buffer[at] = 0x80 | count
  buffer[at + 1] = type
  setU16(buffer, at + 2, (end - at) / 4 - 1)
}

/** Whether a datagram after DTLS demultiplexing is RTCP rather than RTP (RFC 5761 section 4). */
export function isRtcp(packet: Uint8Array): boolean {
  const type = u8(packet, 1)
  return type >= 192 && type <= 223
}
