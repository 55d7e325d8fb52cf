import { describe, expect, test } from 'vitest'
import { ExtensionTable, RtpExtensions } from './rtp-extension.ts'
import { RtpPacket } from './rtp-packet.ts'
import { buildPacket } from './testing/build-packet.ts'

const fields = { payloadType: 96, sequence: 0xfffe, timestamp: 0xffff_fff0, ssrc: 0xdead_beef }

function read(bytes: Uint8Array): RtpPacket | undefined {
  const packet = new RtpPacket()
  return packet.read(bytes, 0, bytes.length) ? packet : undefined
}

describe('the fixed header', () => {
  test('every field is read, 32-bit ones signed', () => {
    const payload = Uint8Array.of(1, 2, 3)
    const packet = read(buildPacket({ ...fields, marker: true, payload, padding: 4 }))
    expect(packet).toMatchObject({
      marker: 0x80,
      payloadType: 96,
      sequenceNumber: 0xfffe,
      timestamp: 0xffff_fff0 | 0,
      ssrc: 0xdead_beef | 0,
      payloadOffset: 12,
      payloadEnd: 15,
      payloadLength: 3,
    })
  })

  test('contributing sources are skipped', () => {
    const bytes = new Uint8Array(12 + 8 + 1)
    bytes[0] = 0x82
    expect(read(bytes)?.payloadOffset).toBe(20)
  })

  test('a packet inside a larger buffer has offsets into that', () => {
    const inner = buildPacket({ ...fields, payload: Uint8Array.of(9) })
    const outer = new Uint8Array(100)
    outer.set(inner, 40)
    const packet = new RtpPacket()
    expect(packet.read(outer, 40, 40 + inner.length)).toBe(true)
    expect(packet.payloadOffset).toBe(52)
  })

  test.each<[string, number[], number]>([
    ['shorter than a header', [0x80], 11],
    ['of version 1', [0x40], 12],
    ['with more contributors than bytes', [0x8f], 60],
    ['with an extension block cut off', [0x90], 14],
    ['with padding of zero', [0xa0], 20],
  ])('a packet %s is refused', (_name, head, length) => {
    const bytes = new Uint8Array(length)
    bytes.set(head)
    expect(read(bytes)).toBeUndefined()
  })

  test('padding longer than the payload and extensions longer than the packet are refused', () => {
    const padded = buildPacket({ ...fields, padding: 4 })
    padded[padded.length - 1] = 5
    expect(read(padded)).toBeUndefined()
    const extended = buildPacket({ ...fields, extensions: new Map([[1, Uint8Array.of(1)]]) })
    extended[15] = 2
    expect(read(extended)).toBeUndefined()
  })

  test('a packet of padding only has no payload', () => {
    expect(read(buildPacket({ ...fields, padding: 255 }))?.payloadLength).toBe(0)
  })
})

describe('header extensions', () => {
  const table = new ExtensionTable()
  table.add({ mid: 4, audioLevel: 1, twcc: 3, absCaptureTime: 13 })
  const capture = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
  const values = new Map([
    [1, Uint8Array.of(0x85)],
    [6, Uint8Array.of(1, 2, 3)],
    [3, Uint8Array.of(0xab, 0xcd)],
    [4, Uint8Array.of(0x31, 0x32)],
    [13, capture],
  ])

  test.each([false, true])('all known ones are found (two-byte form: %s)', (twoByteExtensions) => {
    const bytes = buildPacket({ ...fields, extensions: values, twoByteExtensions })
    const packet = read(bytes)
    const found = new RtpExtensions()
    if (packet) found.read(packet, table)
    expect(found).toMatchObject({
      audioLevel: 0x85,
      transportSequence: 0xabcd,
      midLength: 2,
      captureTimeLength: 8,
    })
    expect([...bytes.subarray(found.midOffset, found.midOffset + 2)]).toEqual([0x31, 0x32])
    expect(bytes.subarray(found.captureTimeOffset, found.captureTimeOffset + 8)).toEqual(capture)
  })

  test('a packet without them clears what the one before had', () => {
    const found = new RtpExtensions()
    const with3 = read(buildPacket({ ...fields, extensions: values }))
    const without = read(buildPacket(fields))
    if (with3) found.read(with3, table)
    if (without) found.read(without, table)
    expect(found).toMatchObject({ audioLevel: -1, transportSequence: -1, midLength: 0, captureTimeLength: 0 })
  })

  test('id 15 ends the one-byte form, an element beyond the block ends any', () => {
    const found = new RtpExtensions()
    const bytes = buildPacket({
      ...fields,
      extensions: new Map([
        [3, Uint8Array.of(1, 2)],
        [1, Uint8Array.of(9)],
      ]),
    })
    bytes[16] = 0xf1
    const stopped = read(bytes)
    if (stopped) found.read(stopped, table)
    expect(found.transportSequence).toBe(-1)
    expect(found.audioLevel).toBe(-1)
    bytes[16] = 0x3f
    const long = read(bytes)
    if (long) found.read(long, table)
    expect(found.transportSequence).toBe(-1)
  })

  test('ids of a description that cannot be are ignored', () => {
    const odd = new ExtensionTable()
    odd.add({ mid: 0, audioLevel: 256, twcc: -1 })
    expect([0, 255].map((id) => odd.kind(id))).toEqual([0, 0])
  })
})
