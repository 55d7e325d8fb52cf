// DCEP messages byte by byte, laid out by hand after RFC 8832, section 5.
import { describe, expect, it } from 'vitest'
import { type ChannelParameters, decodeDcep, encodeDcepAck, encodeDcepOpen } from './dcep.ts'
import { seededNumbers } from './test-link.ts'

function hex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))
}

const RELIABLE: ChannelParameters = {
  label: '_reliable',
  protocol: '',
  ordered: true,
  maxRetransmits: undefined,
  maxLifetimeMs: undefined,
}

const VECTORS: readonly (readonly [string, string, ChannelParameters])[] = [
  ['reliable and ordered', '03 00 0000 00000000 0009 0000 5f72656c6961626c65', RELIABLE],
  [
    'unordered without repetition',
    '03 81 0000 00000000 0006 0000 5f6c6f737379',
    { ...RELIABLE, label: '_lossy', ordered: false, maxRetransmits: 0 },
  ],
  [
    'unordered with a lifetime of 3 s and a protocol',
    '03 82 0000 00000bb8 0002 0003 c3a4 617069',
    { ...RELIABLE, label: 'ä', protocol: 'api', ordered: false, maxLifetimeMs: 3000 },
  ],
]

describe('DATA_CHANNEL_OPEN', () => {
  it.each(VECTORS)('is written and read: %s', (_, bytes, parameters) => {
    expect(encodeDcepOpen(parameters)).toEqual(hex(bytes))
    expect(decodeDcep(hex(bytes))).toEqual({ kind: 'open', parameters })
  })

  it.each([
    ['cut off', '03 00 0000 00000000 0009 0000 5f72'],
    ['shorter than its header', '03 00 0000'],
    ['longer than it says', '03 00 0000 00000000 0001 0000 5f72'],
    ['of an unknown type', '03 03 0000 00000000 0001 0000 5f'],
    ['with a label that is no UTF-8', '03 00 0000 00000000 0001 0000 ff'],
    ['with a label beyond the limit', `03 00 0000 00000000 0101 0000 ${'61'.repeat(257)}`],
  ])('is refused when %s', (_, bytes) => {
    expect(decodeDcep(hex(bytes))).toEqual({ kind: 'bad-open' })
  })
})

describe('DATA_CHANNEL_ACK', () => {
  it('is the single byte 2', () => {
    expect(encodeDcepAck()).toEqual(hex('02'))
    expect(decodeDcep(hex('02'))).toEqual({ kind: 'ack' })
  })

  it('is not confused with other types', () => {
    const next = seededNumbers(5)
    const kinds = new Set<string>()
    for (let round = 0; round < 200; round++) {
      const bytes = Uint8Array.from({ length: Math.floor(next() * 20) }, () => Math.floor(4 + next() * 252))
      kinds.add(decodeDcep(bytes).kind)
    }
    expect([...kinds]).toEqual(['unknown'])
  })
})
