import { expect, test } from 'vitest'
import { readCbor } from './cbor.ts'
import { readCoseKey } from './cose-key.ts'

const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex')

// The examples of RFC 8949, appendix A, as far as these kinds are read.
test.each([
  ['00', 0],
  ['17', 23],
  ['1818', 24],
  ['190400', 1024],
  ['1a000f4240', 1_000_000],
  ['1b000000e8d4a51000', 1_000_000_000_000],
  ['20', -1],
  ['3863', -100],
  ['f4', false],
  ['f5', true],
  ['f6', null],
  ['6161', 'a'],
  ['62c3bc', 'ü'],
  ['40', Buffer.alloc(0)],
  ['4401020304', Buffer.from([1, 2, 3, 4])],
  ['83010203', [1, 2, 3]],
  [
    'a201020304',
    new Map([
      [1, 2],
      [3, 4],
    ]),
  ],
  [
    'a26161016162820203',
    new Map<string, unknown>([
      ['a', 1],
      ['b', [2, 3]],
    ]),
  ],
])('%s is %j', (hex, value) => {
  expect(readCbor(bytes(hex))).toEqual({ value, end: hex.length / 2 })
})

test.each([
  ['', 'nothing'],
  ['18', 'a number that is cut off'],
  ['1bffffffffffffffff', 'a number that cannot be kept exactly'],
  ['1c', 'a reserved length'],
  ['5f41014102ff', 'bytes of indefinite length'],
  ['bf6161f5ff', 'a map of indefinite length'],
  ['c11a514b67b0', 'a tag'],
  ['f93c00', 'a half-precision number'],
  ['f7', 'undefined'],
  ['62c328', 'broken UTF-8'],
  ['4403', 'bytes that are not there'],
  ['5affffffff00', 'a length of 4 GiB'],
  ['9affffffff', 'four thousand million entries'],
  ['a1410102', 'a key that is neither number nor text'],
  ['a201020103', 'the same key twice'],
  ['818181818100', 'nesting of five'],
  [`98ff${'00'.repeat(255)}`.replace('98ff', '990101') + '0000', 'more than 256 items'],
])('%s is refused: %s', (hex) => {
  expect(readCbor(bytes(hex))).toBeUndefined()
})

test.each([
  ['an unknown algorithm', 'a3010203382e2001'],
  ['a point that is not on the curve', `a5010203262001215820${'01'.repeat(32)}225820${'01'.repeat(32)}`],
  [
    'a coordinate of 31 bytes',
    `a50102032620012158 1f${'01'.repeat(31)}225820${'01'.repeat(32)}`.replace(' ', ''),
  ],
  ['a point of another kind of key', `a5010103262001215820${'01'.repeat(32)}225820${'01'.repeat(32)}`],
  ['RSA with 1024 bits', `a401030339010020588 0${'ff'.repeat(128)}2143010001`.replace(' ', '')],
  ['bytes behind the key', `a4010103272006215820${'01'.repeat(32)}00`],
  ['no map', '01'],
])('a key with %s is refused', (_name, hex) => {
  expect(readCoseKey(bytes(hex))).toBeUndefined()
})
