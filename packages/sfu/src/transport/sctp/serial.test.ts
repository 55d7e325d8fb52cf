// Wrapping numbers around their ends.
import { describe, expect, it } from 'vitest'
import { unwrapSsn, unwrapTsn } from './serial.ts'

describe('unwrapTsn', () => {
  it.each([
    [5, 3, 5],
    [0, 0xffffffff, 0x1_0000_0000],
    [0xffffffff, 0x1_0000_0002, 0xffffffff],
    [0xffffffff, 0, -1],
    [7, -1, 7],
    [0xffff_fff0, 3 * 0x1_0000_0000, 3 * 0x1_0000_0000 - 16],
  ])('places %d near %d at %d', (tsn, reference, expected) => {
    expect(unwrapTsn(tsn, reference)).toBe(expected)
  })
})

describe('unwrapSsn', () => {
  it.each([
    [0, 0xffff, 0x1_0000],
    [0xffff, 0x1_0000, 0xffff],
    [3, 0x5_0001, 0x5_0003],
    [0xfffe, 0, -2],
  ])('places %d near %d at %d', (ssn, reference, expected) => {
    expect(unwrapSsn(ssn, reference)).toBe(expected)
  })
})
