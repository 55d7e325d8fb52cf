import { expect, test } from 'vitest'
import { distance16, distance32, extendNear, ssrc } from './sequence-number.ts'

test.each([
  [5, 3, 2],
  [0, 65_535, 1],
  [65_535, 0, -1],
  [0x8000, 0, -0x8000],
  [0x7fff, 0, 0x7fff],
])('distance16(%i, %i) is %i', (a, b, distance) => {
  expect(distance16(a, b)).toBe(distance)
})

test('distance32 is the same for signed and unsigned notation', () => {
  expect(distance32(0x0000_0010, 0xffff_fff0)).toBe(0x20)
  expect(distance32(0x0000_0010, 0xffff_fff0 | 0)).toBe(0x20)
  expect(distance32(0xffff_fff0, 0x10)).toBe(-0x20)
})

test('a stream that wraps three times is extended without a step', () => {
  let reference = 65_536 + 65_000
  let faults = 0
  for (let step = 1; step < 200_000; step++) {
    reference = extendNear(reference, (65_000 + step) & 0xffff)
    if (reference !== 65_536 + 65_000 + step) faults++
  }
  expect(faults).toBe(0)
})

test('late numbers are extended backwards over the wrap', () => {
  expect(extendNear(0x20003, 0xfffe)).toBe(0x1fffe)
})

test('an SSRC is unsigned', () => {
  expect(ssrc(-1)).toBe(0xffff_ffff)
})
