import { describe, expect, test } from 'vitest'
import { rtcpEntries } from '../testing/rtcp-recorder.ts'
import { writeNack, writePli } from './write-feedback.ts'
import {
  sourceDescriptionBytes,
  writeCname,
  writeGoodbye,
  writeReceiverReport,
  writeReportBlock,
  writeSenderReport,
} from './write-reports.ts'
import { isRtcp } from './rtcp-types.ts'

function hex(text: string): Uint8Array {
  return Uint8Array.from(text.replace(/\s/g, '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

const block = {
  ssrc: 0x0102_0304,
  fractionLost: 0x40,
  cumulativeLost: 0x0506,
  highest: 0x0001_0002,
  jitter: 9,
  lastReport: 0xb705_2000,
  delaySinceLastReport: 0x0005_4000,
}

describe('writing, byte for byte', () => {
  test('RR with one block (RFC 3550 section 6.4.2)', () => {
    const buffer = new Uint8Array(32)
    const at = writeReceiverReport(buffer, 0, 0xaabb_ccdd, 1)
    expect(writeReportBlock(buffer, at, block)).toBe(32)
    expect(buffer).toEqual(hex('81c90007 aabbccdd 01020304 40000506 00010002 00000009 b7052000 00054000'))
  })

  test('SR without blocks (section 6.4.1): half a second is the upper bit of the fraction', () => {
    const buffer = new Uint8Array(28)
    const report = { ssrc: 0xffff_fffe, ntpMs: 3_900_000_000_500, rtp: -2, packets: 3, octets: 2 ** 32 + 4 }
    expect(writeSenderReport(buffer, 0, report)).toBe(28)
    expect(buffer).toEqual(hex('80c80006 fffffffe e8754700 80000000 fffffffe 00000003 00000004'))
  })

  test.each([
    ['ab', '81ca0003 00000007 0102 6162 00000000'],
    ['a', '81ca0002 00000007 0101 6100'],
    ['', '81ca0002 00000007 0100 0000'],
  ])('SDES with CNAME "%s" ends in at least one zero on a word (section 6.5)', (name, expected) => {
    const cname = new TextEncoder().encode(name)
    const buffer = new Uint8Array(sourceDescriptionBytes(cname)).fill(0xee)
    expect(writeCname(buffer, 0, 7, cname)).toBe(buffer.length)
    expect(buffer).toEqual(hex(expected))
  })

  test('BYE (section 6.6) and PLI (RFC 4585 section 6.3.1)', () => {
    const buffer = new Uint8Array(20)
    expect(writePli(buffer, writeGoodbye(buffer, 0, 5), 1, 2)).toBe(20)
    expect(buffer).toEqual(hex('81cb0001 00000005 81ce0002 00000001 00000002'))
  })

  test('NACK (RFC 4585 section 6.2.1): the mask holds the 16 after the first, over the wrap', () => {
    const sequences = Uint16Array.of(0xfffe, 0xffff, 0, 14, 15, 100)
    const buffer = new Uint8Array(12 + 4 * 6)
    const end = writeNack(buffer, 0, 1, 2, sequences, 6)
    // fffe + {1, 2, 16}; 15 is 17 behind and begins the next.
    expect(buffer.slice(0, end)).toEqual(hex('81cd0005 00000001 00000002 fffe8003 000f0000 00640000'))
  })
})

describe('reading', () => {
  test('a compound of SR with block, SDES, NACK, PLI and BYE', () => {
    const compound = hex(`
      81c8000c 00000001 e8754700 80000000 00000010 00000002 00000003
        01020304 40fffffe 00010002 00000009 b7052000 00054000
      81ca0002 00000001 0101 6100
      81cd0003 00000001 00000002 fffe8001
      81ce0002 00000001 00000003
      82cb0002 00000001 00000004`)
    expect(rtcpEntries(compound)).toEqual({
      ok: true,
      entries: [
        { kind: 'senderReport', values: [1, 3_900_000_000, 0x8000_0000, 16] },
        { kind: 'reportBlock', values: [0x0102_0304, 64, -2, 0x1_0002, 9, 0xb705_2000, 0x5_4000] },
        { kind: 'nack', values: [2, 0xfffe] },
        { kind: 'nack', values: [2, 0xffff] },
        { kind: 'nack', values: [2, 14] },
        { kind: 'keyframeRequest', values: [3] },
        { kind: 'bye', values: [1] },
        { kind: 'bye', values: [4] },
      ],
    })
  })

  test('FIR names its targets in entries, not in the media field (RFC 5104 section 4.3.1)', () => {
    const fir = hex('84ce0006 00000001 00000000 0000000a 01000000 0000000b 02000000')
    expect(rtcpEntries(fir).entries).toEqual([
      { kind: 'keyframeRequest', values: [10] },
      { kind: 'keyframeRequest', values: [11] },
    ])
  })

  test('REMB: 6 bits of exponent, 18 of mantissa', () => {
    // exponent 3, mantissa 0x12345
    const remb = hex('8fce0005 00000001 00000000 52454d42 010d2345 0000000a')
    expect(rtcpEntries(remb).entries).toEqual([{ kind: 'bandwidthEstimate', values: [0x1_2345 * 8] }])
  })

  test('what we do not know is passed over, padding is taken off', () => {
    const compound = hex('80cf0002 00000001 00000000 a1c90002 00000001 00000004 81ce0002 00000001 00000003')
    const { ok, entries } = rtcpEntries(compound)
    // The RR claims one block, which does not fit.
    expect({ ok, entries }).toEqual({ ok: false, entries: [] })
    compound[12] = 0xa0
    expect(rtcpEntries(compound)).toEqual({ ok: true, entries: [{ kind: 'keyframeRequest', values: [3] }] })
  })

  test.each([
    ['a length beyond the end', '80c90001'],
    ['version 1', '40c90000'],
    ['half a header', '80c9'],
    ['SR without its figures', '80c80001 00000001'],
    ['padding longer than the packet', 'a0c90001 000000ff'],
    ['PLI without media', '81ce0001 00000001'],
    ['BYE with fewer sources than it says', '85cb0001 00000001'],
  ])('%s is malformed', (_name, text) => {
    expect(rtcpEntries(hex(text)).ok).toBe(false)
  })

  test('no more than 32 packets and 512 NACKed numbers are taken of one compound', () => {
    const pli = [0x81, 0xce, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2]
    const many = Uint8Array.from(Array.from({ length: 100 }, () => pli).flat())
    expect(rtcpEntries(many).entries).toHaveLength(32)
    const nacks = new Uint8Array(12 + 100 * 4).fill(0xff)
    nacks.set(hex('81cd0066 00000001 00000002'))
    expect(rtcpEntries(nacks).entries).toHaveLength(512)
    const two = Uint8Array.from([...nacks, ...nacks])
    expect(rtcpEntries(two).entries).toHaveLength(512)
  })
})

test('RTCP is told from RTP by its second byte (RFC 5761 section 4)', () => {
  expect([hex('80c8'), hex('80df'), hex('80bf'), hex('80e0'), hex('8060'), hex('80')].map(isRtcp)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ])
})
