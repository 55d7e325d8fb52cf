// Known answers of CRC32c: RFC 3720, appendix B.4, and the usual check value.
import { describe, expect, it } from 'vitest'
import { crc32c, packetChecksum } from './crc32c.ts'

const READ_PDU =
  '01c000000000000000000000000000001400000000000400000000140000001828000000000000000200000000000000'

const VECTORS: readonly (readonly [string, Uint8Array, number])[] = [
  ['32 bytes of zeroes', new Uint8Array(32), 0x8a9136aa],
  ['32 bytes of ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
  ['32 incrementing bytes', Uint8Array.from({ length: 32 }, (_, index) => index), 0x46dd794e],
  ['32 decrementing bytes', Uint8Array.from({ length: 32 }, (_, index) => 31 - index), 0x113fdb5c],
  ['an iSCSI read command', Uint8Array.from(Buffer.from(READ_PDU, 'hex')), 0xd9963a56],
  ['the digits 1 to 9', Uint8Array.from(Buffer.from('123456789')), 0xe3069283],
]

describe('crc32c', () => {
  it.each(VECTORS)('matches the published value for %s', (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected)
  })

  it('takes the checksum field of a packet as zero', () => {
    const packet = Uint8Array.from({ length: 40 }, (_, index) => index * 3)
    const zeroed = packet.slice()
    zeroed.fill(0, 8, 12)
    expect(packetChecksum(packet)).toBe(crc32c(zeroed))
  })
})
