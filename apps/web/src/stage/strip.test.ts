// How many tiles a strip holds.
import { describe, expect, it } from 'vitest'
import { stripOf } from './strip.ts'

describe('stripOf', () => {
  it('is one column beside a share on wide screens', () => {
    expect(stripOf({ width: 224, height: 812 })).toEqual({ w: 224, fit: 5 })
  })

  it('is one row below a share on tablets in landscape', () => {
    expect(stripOf({ width: 1000, height: 100 })).toEqual({ w: 160, fit: 6 })
  })

  it('has several columns on phones', () => {
    expect(stripOf({ width: 344, height: 400 })).toEqual({ w: 168, fit: 6 })
  })

  it('always holds one tile', () => {
    expect(stripOf({ width: 136, height: 60 }).fit).toBe(1)
    expect(stripOf({ width: 0, height: 0 }).fit).toBe(1)
  })
})
