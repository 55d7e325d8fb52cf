import { describe, expect, test } from 'vitest'
import { RtpPacket } from './rtp-packet.ts'
import { unwrapRtx } from './rtx.ts'
import { ssrc } from './sequence-number.ts'
import { buildPacket } from './testing/build-packet.ts'

const fields = { payloadType: 97, sequence: 5, timestamp: 0x89ab_cdef, ssrc: 0xa000_0002, marker: true }

describe('unwrapRtx', () => {
  test.each([0, 3])('gives back the original packet with its extensions (padding %i)', (padding) => {
    const extensions = new Map([[3, Uint8Array.of(1, 2)]])
    const bytes = buildPacket({ ...fields, extensions, payload: Uint8Array.of(0xff, 0xfe, 7, 8, 9), padding })
    const packet = new RtpPacket()
    packet.read(bytes, 0, bytes.length)
    expect(unwrapRtx(packet, ssrc(0xa000_0001), 96)).toBe(true)
    const original = buildPacket({
      ...fields,
      payloadType: 96,
      sequence: 0xfffe,
      ssrc: 0xa000_0001,
      extensions,
      payload: Uint8Array.of(7, 8, 9),
      padding,
    })
    expect(packet.buffer.slice(packet.start, packet.end)).toEqual(original)
    expect(packet).toMatchObject({
      sequenceNumber: 0xfffe,
      payloadType: 96,
      ssrc: 0xa000_0001 | 0,
      marker: 0x80,
    })
  })

  test.each([[[]], [[1]]])('a probe with payload %j carries nothing', (payload) => {
    const bytes = buildPacket({ ...fields, payload: Uint8Array.from(payload), padding: 100 })
    const packet = new RtpPacket()
    packet.read(bytes, 0, bytes.length)
    expect(unwrapRtx(packet, ssrc(1), 96)).toBe(false)
  })

  test('an original without payload is a packet without payload', () => {
    const bytes = buildPacket({ ...fields, payload: Uint8Array.of(0, 9) })
    const packet = new RtpPacket()
    packet.read(bytes, 0, bytes.length)
    expect(unwrapRtx(packet, ssrc(1), 96)).toBe(true)
    expect(packet.payloadLength).toBe(0)
    expect(packet.sequenceNumber).toBe(9)
  })
})
