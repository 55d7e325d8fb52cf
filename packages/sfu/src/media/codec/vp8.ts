// Finds the beginnings of VP8 key frames by the payload descriptor and payload header (RFC 7741 sections 4.2 and 4.3).
//
// assumes: end-to-end encryption leaves the first bytes of the payload clear (LiveKit: 10 of a key frame, 3 of others).
import { u8 } from '../bytes.ts'
import type { Codec } from './codec.ts'

/** Bytes of the payload descriptor at `offset`, 0 if it does not fit before `end`. */
export function vp8DescriptorLength(buffer: Uint8Array, offset: number, end: number): number {
  if (offset >= end) return 0
  let at = offset + 1
  if ((u8(buffer, offset) & 0x80) !== 0) {
    if (at >= end) return 0
    const fields = u8(buffer, at++)
    // I: picture id of 7 bits, or 15 with the M bit; L: TL0PICIDX; T or K: one byte for TID, Y and KEYIDX.
    if ((fields & 0x80) !== 0) at += at < end && (u8(buffer, at) & 0x80) !== 0 ? 2 : 1
    if ((fields & 0x40) !== 0) at += 1
    if ((fields & 0x30) !== 0) at += 1
  }
  return at <= end ? at - offset : 0
}

export const vp8: Codec = {
  name: 'vp8',
  kind: 'video',
  hasKeyframes: true,
  isKeyframeStart(buffer, offset, end) {
    // S bit set and partition index 0: the packet begins with the frame's payload header.
    if (offset >= end || (u8(buffer, offset) & 0x17) !== 0x10) return false
    const descriptor = vp8DescriptorLength(buffer, offset, end)
    if (descriptor === 0 || offset + descriptor >= end) return false
    // P bit: 0 in key frames.
    return (u8(buffer, offset + descriptor) & 0x01) === 0
  },
}
