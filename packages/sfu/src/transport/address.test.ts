import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { AddressTable, ipv4Bytes, ipv6Bytes, PeerAddress } from './address.ts'

describe('PeerAddress', () => {
  const address = PeerAddress.from('203.0.113.77', 54_321)

  it.each([
    ['string', String(address)],
    ['JSON', JSON.stringify({ address, list: [address] })],
    ['inspect', inspect({ address }, { depth: 5, showHidden: true })],
    ['keys', Object.keys(address).join(',') + Object.values(address).join(',')],
    ['error text', String(new Error('no way to', { cause: address }).cause)],
  ])('is not printed as %s', (_name, text) => {
    expect(text).not.toMatch(/203|113|77|54321/)
  })

  it('says instead that there is one', () => {
    expect([String(address), JSON.stringify(address), inspect(address)]).toEqual([
      '[address]',
      '"[address]"',
      '[address]',
    ])
  })

  it('holds IPv4-mapped addresses as IPv4', () => {
    const mapped = PeerAddress.from('::ffff:203.0.113.77', 54_321)
    expect(mapped.family).toBe(4)
    expect(mapped.equals(address)).toBe(true)
    expect(PeerAddress.from('::FFFF:203.0.113.77', 54_321).equals(address)).toBe(true)
    expect(PeerAddress.from('2001:db8::1', 1).family).toBe(6)
  })

  it('differs by host and by port', () => {
    expect(address.equals(PeerAddress.from('203.0.113.77', 54_322))).toBe(false)
    expect(address.equals(PeerAddress.from('203.0.113.78', 54_321))).toBe(false)
    expect(address.is('203.0.113.77', 54_321)).toBe(true)
  })
})

describe('address text', () => {
  const hex = (bytes: Uint8Array | undefined): string | undefined =>
    bytes && Buffer.from(bytes).toString('hex')

  it.each([
    ['2001:db8::1', '20010db8000000000000000000000001'],
    ['::', '00000000000000000000000000000000'],
    ['::1', '00000000000000000000000000000001'],
    ['fe80::1%eth0', 'fe800000000000000000000000000001'],
    ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
    ['64:ff9b::192.0.2.33', '0064ff9b0000000000000000c0000221'],
  ])('%s', (text, expected) => {
    expect(hex(ipv6Bytes(text))).toBe(expected)
  })

  it.each([
    '',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '12345::',
    'g::',
    '::1.2.3',
    '1:2:3:4:5:6:7::8',
  ])('is no IPv6 address: %s', (text) => {
    expect(ipv6Bytes(text)).toBeUndefined()
  })

  it.each(['', '1.2.3', '1.2.3.4.5', '256.1.1.1', '1.2.3.-4', '1.2.3.4 ', 'a.b.c.d', '1..2.3'])(
    'is no IPv4 address: %s',
    (text) => {
      expect(ipv4Bytes(text)).toBeUndefined()
    },
  )

  it('reads IPv4', () => {
    expect(hex(ipv4Bytes('192.0.2.255'))).toBe('c00002ff')
  })
})

describe('AddressTable', () => {
  it('keeps hosts on the same port apart, and the family of mapped ones together', () => {
    const table = new AddressTable<string>()
    table.set(PeerAddress.from('192.0.2.1', 5), 'a')
    table.set(PeerAddress.from('192.0.2.2', 5), 'b')
    table.set(PeerAddress.from('2001:db8::1', 5), 'c')
    expect(table.get('192.0.2.1', 5)).toBe('a')
    expect(table.get('::ffff:192.0.2.2', 5)).toBe('b')
    expect(table.get('2001:db8::1', 5)).toBe('c')
    expect(table.get('192.0.2.1', 6)).toBeUndefined()
    expect(table.get('192.0.2.3', 5)).toBeUndefined()
    expect(table.size).toBe(3)
  })

  it('replaces and deletes', () => {
    const table = new AddressTable<string>()
    const address = PeerAddress.from('192.0.2.1', 5)
    table.set(address, 'a')
    table.set(PeerAddress.from('192.0.2.1', 5), 'b')
    expect(table.size).toBe(1)
    expect(table.get('192.0.2.1', 5)).toBe('b')
    expect(table.addressOf('192.0.2.1', 5)).toBe(address)
    expect(table.delete(PeerAddress.from('192.0.2.2', 5))).toBe(false)
    expect(table.delete(address)).toBe(true)
    expect(table.delete(address)).toBe(false)
    expect(table.get('192.0.2.1', 5)).toBeUndefined()
    expect(table.size).toBe(0)
  })
})
