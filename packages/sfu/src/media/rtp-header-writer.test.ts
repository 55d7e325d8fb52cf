import { describe, expect, test } from 'vitest'
import { ExtensionTable, RtpExtensions, type ExtensionIds } from './rtp-extension.ts'
import { MAX_HEADER_BYTES, RtpHeaderWriter } from './rtp-header-writer.ts'
import { RtpPacket } from './rtp-packet.ts'
import { buildPacket } from './testing/build-packet.ts'

const source = new RtpPacket()
const found = new RtpExtensions()
const sourceTable = new ExtensionTable()
sourceTable.add({ audioLevel: 1, absCaptureTime: 2 })

function prepare(captureBytes: number): void {
  const values = new Map([
    [1, Uint8Array.of(0x8a)],
    [2, new Uint8Array(captureBytes).fill(7)],
  ])
  const bytes = buildPacket({
    payloadType: 96,
    sequence: 1,
    timestamp: 2,
    ssrc: 3,
    marker: true,
    extensions: values,
  })
  source.read(bytes, 0, bytes.length)
  found.read(source, sourceTable)
}

function write(writer: RtpHeaderWriter, now = 0): Uint8Array {
  const arena = new Uint8Array(MAX_HEADER_BYTES + 10).fill(0xee)
  const end = writer.write(now, arena, 5, source, found, 120, 0x1234, 0x8899_aabb | 0, 0xb000_0001 | 0)
  expect(arena[4]).toBe(0xee)
  expect(arena[end]).toBe(0xee)
  expect(end - 5).toBeLessThanOrEqual(MAX_HEADER_BYTES)
  return arena.slice(5, end)
}

describe('RtpHeaderWriter', () => {
  test('without extensions it is twelve bytes', () => {
    prepare(8)
    const writer = new RtpHeaderWriter({ mid: '1', extensions: {}, withSendTime: true })
    expect([...write(writer)]).toEqual([0x80, 0xf8, 0x12, 0x34, 0x88, 0x99, 0xaa, 0xbb, 0xb0, 0, 0, 1])
  })

  test('hand-made bytes of the one-byte form: mid, send time, level', () => {
    prepare(8)
    const writer = new RtpHeaderWriter({
      mid: '12',
      extensions: { mid: 4, absSendTime: 2, audioLevel: 1 },
      withSendTime: true,
    })
    // 1.5 s = 0x060000 in 2^-18 s. The last two elements end on a word.
    expect([...write(writer, 1500).subarray(12)]).toEqual([
      0xbe, 0xde, 0, 3, 0x41, 0x31, 0x32, 0x22, 0x06, 0, 0, 0x10, 0x8a, 0, 0, 0,
    ])
  })

  test('the send time wraps after 64 s', () => {
    prepare(8)
    const writer = new RtpHeaderWriter({ mid: '', extensions: { absSendTime: 2 }, withSendTime: true })
    expect([...write(writer, 64_000 * 1e6 + 1000).subarray(16)]).toEqual([0x22, 0x04, 0, 0])
  })

  test('no send time where packets may be repeated on the same SSRC', () => {
    prepare(8)
    const writer = new RtpHeaderWriter({ mid: '', extensions: { absSendTime: 2 }, withSendTime: false })
    expect(write(writer)).toHaveLength(12)
  })

  test.each<[string, ExtensionIds, string, number]>([
    ['short ids and mid', { mid: 9, absSendTime: 2, audioLevel: 1, absCaptureTime: 14 }, 'mid-7', 8],
    ['a long mid', { mid: 9, absSendTime: 2, audioLevel: 1, absCaptureTime: 14 }, 'm'.repeat(32), 16],
    ['an id above 14', { mid: 200, absSendTime: 20, audioLevel: 16, absCaptureTime: 17 }, '0', 16],
  ])('what is written can be read back: %s', (_name, ids, mid, captureBytes) => {
    prepare(captureBytes)
    const header = write(new RtpHeaderWriter({ mid, extensions: ids, withSendTime: true }))
    const packet = new RtpPacket()
    const back = new RtpExtensions()
    const table = new ExtensionTable()
    table.add(ids)
    expect(packet.read(header, 0, header.length)).toBe(true)
    back.read(packet, table)
    expect(back).toMatchObject({ audioLevel: 0x8a, midLength: mid.length, captureTimeLength: captureBytes })
    expect(packet.payloadLength).toBe(0)
  })

  test('the mid can be left out, and one that is too long always is', () => {
    prepare(8)
    const writer = new RtpHeaderWriter({ mid: '1', extensions: { mid: 4 }, withSendTime: true })
    writer.withMid = false
    expect(write(writer)).toHaveLength(12)
    expect(
      write(new RtpHeaderWriter({ mid: 'm'.repeat(33), extensions: { mid: 4 }, withSendTime: true })),
    ).toHaveLength(12)
  })
})
