// Truncated addresses name the right network and never the connection, whatever form the socket gives.
import { BlockList } from 'node:net'
import { expect, test } from 'vitest'
import { truncatedAddress } from './truncate.ts'

const CASES = Number(process.env['RUNDE_FUZZ_CASES'] ?? '3000')

test.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['::ffff:203.0.113.77', '203.0.113.0/24'],
  ['::ffff:cb00:714d', '203.0.113.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
  ['2001:db8::7', '2001:db8:0::/48'],
  ['fe80::1%eth0', 'fe80:0:0::/48'],
  ['::1', '0:0:0::/48'],
  ['64:ff9b::203.0.113.77', '64:ff9b:0::/48'],
  ['127.0.0.1', '127.0.0.0/24'],
])('%s becomes %s', (address, network) => {
  expect(truncatedAddress(address)).toBe(network)
})

test.each([
  undefined,
  '',
  'x',
  '1.2.3',
  '1.2.3.4.5',
  '::g',
  'Erika',
  '203.0.113.77, 198.51.100.1',
  '/tmp/socket',
])('what is no address is not repeated: %s', (text) => {
  expect(truncatedAddress(text)).toBe('unknown')
})

/** A small generator with a fixed seed (mulberry32), so that a failure can be repeated. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

test('every address lies in the network it becomes, and all of the network becomes the same', () => {
  const random = randomNumbers(7)
  for (let index = 0; index < CASES; index++) {
    const four = [1 + random(223), random(256), random(256)]
    const six = [0x2001, random(65_536), random(65_536)].map((group) => group.toString(16))
    const ends = () => Array.from({ length: 5 }, () => random(65_536).toString(16))
    const pairs = [
      [`${four.join('.')}.${random(256)}`, `${four.join('.')}.${random(256)}`, 'ipv4'],
      [[...six, ...ends()].join(':'), [...six, ...ends()].join(':'), 'ipv6'],
    ] as const
    for (const [one, other, family] of pairs) {
      const network = truncatedAddress(one)
      expect(truncatedAddress(other)).toBe(network)
      const [base = '', bits] = network.split('/')
      const list = new BlockList()
      list.addSubnet(base, Number(bits), family)
      expect(list.check(one, family)).toBe(true)
    }
  }
})
