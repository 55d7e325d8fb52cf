// Writes generic NACK and picture loss indication (RFC 4585 sections 6.2.1 and 6.3.1). Each function returns the offset behind what it wrote.
import { setU16, setU32 } from '../bytes.ts'
import { distance16 } from '../sequence-number.ts'
import {
  FORMAT_NACK,
  FORMAT_PLI,
  PAYLOAD_FEEDBACK,
  TRANSPORT_FEEDBACK,
  writeRtcpHeader,
} from './rtcp-types.ts'

/** Bytes of a PLI, and of a NACK without entries. */
export const FEEDBACK_BYTES = 12

/** Packets after the first that one NACK entry can name. */
const MASK_BITS = 16

/** Most bytes a NACK for `count` packets takes. */
export function nackBytes(count: number): number {
  return FEEDBACK_BYTES + count * 4
}

/** Asks `media` for packets: 16-bit `sequences[0, count)`, ascending. */
export function writeNack(
  buffer: Uint8Array,
  at: number,
  sender: number,
  media: number,
  sequences: Uint16Array,
  count: number,
): number {
  let end = at + FEEDBACK_BYTES
  let index = 0
  while (index < count) {
    const first = sequences[index++] ?? 0
    let mask = 0
    for (; index < count; index++) {
      const behind = distance16(sequences[index] ?? 0, first)
      if (behind < 1 || behind > MASK_BITS) break
      mask |= 1 << (behind - 1)
    }
    setU16(buffer, end, first)
    setU16(buffer, end + 2, mask)
    end += 4
  }
  setU32(buffer, at + 4, sender)
  setU32(buffer, at + 8, media)
  writeRtcpHeader(buffer, at, end, TRANSPORT_FEEDBACK, FORMAT_NACK)
  return end
}

/** Asks `media` for a key frame. */
export function writePli(buffer: Uint8Array, at: number, sender: number, media: number): number {
  writeRtcpHeader(buffer, at, at + FEEDBACK_BYTES, PAYLOAD_FEEDBACK, FORMAT_PLI)
  setU32(buffer, at + 4, sender)
  setU32(buffer, at + 8, media)
  return at + FEEDBACK_BYTES
}
