import { describe, expect, test } from 'vitest'
import { vp8, vp8DescriptorLength } from './vp8.ts'

// Descriptor bytes by RFC 7741 section 4.2, then the first byte of the payload header where there is one.
const rows: [string, number[], number, boolean][] = [
  ['no extension, key frame', [0x10, 0x00, 1], 1, true],
  ['no extension, delta frame', [0x10, 0x01, 1], 1, false],
  ['continuation of a key frame', [0x00, 0x00, 1], 1, false],
  ['second partition', [0x11, 0x00, 1], 1, false],
  ['non-reference bit changes nothing', [0x30, 0x00, 1], 1, true],
  ['7-bit picture id', [0x90, 0x80, 0x12, 0x00], 3, true],
  ['15-bit picture id', [0x90, 0x80, 0x92, 0x34, 0x00], 4, true],
  ['picture id, TL0PICIDX and TID', [0x90, 0xe0, 0x92, 0x34, 1, 0x20, 0x00], 6, true],
  ['TL0PICIDX and KEYIDX only', [0x90, 0x50, 1, 0x01, 0x00], 4, true],
  ['the same, delta', [0x90, 0x50, 1, 0x01, 0x01], 4, false],
  ['nothing behind the descriptor', [0x90, 0x80, 0x12], 3, false],
  ['descriptor cut off', [0x90, 0x80], 0, false],
  ['extension byte cut off', [0x90], 0, false],
  ['empty', [], 0, false],
]

describe('VP8', () => {
  test.each(rows)('%s', (_name, bytes, length, isKey) => {
    const payload = Uint8Array.from([0xaa, ...bytes, 0xbb])
    expect(vp8DescriptorLength(payload, 1, 1 + bytes.length)).toBe(length)
    expect(vp8.isKeyframeStart(payload, 1, 1 + bytes.length)).toBe(isKey)
  })
})
