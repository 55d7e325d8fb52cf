// Turns a retransmission packet back into the original one (RFC 4588 section 4).
import { setU16, setU32, u16 } from './bytes.ts'
import type { RtpPacket } from './rtp-packet.ts'
import type { Ssrc } from './sequence-number.ts'

/** Bytes of the original sequence number in front of the payload. */
export const OSN_BYTES = 2

/**
 * Rewrites the packet under the cursor in place: SSRC, payload type and sequence number of the original, OSN taken out.
 * False for probes and padding, which carry no original (less than two bytes of payload), and for what is malformed.
 */
export function unwrapRtx(packet: RtpPacket, ssrc: Ssrc, payloadType: number): boolean {
  if (packet.payloadLength < OSN_BYTES) return false
  const { buffer, start, end } = packet
  const sequenceNumber = u16(buffer, packet.payloadOffset)
  // The header moves toward the payload, not the payload toward the header: it is shorter.
  buffer.copyWithin(start + OSN_BYTES, start, packet.payloadOffset)
  const moved = start + OSN_BYTES
  buffer[moved + 1] = packet.marker | payloadType
  setU16(buffer, moved + 2, sequenceNumber)
  setU32(buffer, moved + 8, ssrc)
  return packet.read(buffer, moved, end)
}
