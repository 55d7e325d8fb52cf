// A fault's line in the log tells the place and nothing that a client sent.
import { describe, expect, it } from 'vitest'
import { faultPlace } from './fault-place.ts'

describe('faultPlace', () => {
  it('names kind and frames, never the message', () => {
    const place = faultPlace(new TypeError('anna@192.0.2.7 is\n    at anna.example:1:2)'))
    expect(place).toMatch(/^TypeError at .*fault-place\.test\.ts:\d+:\d+/)
    expect(place).not.toMatch(/192|@|anna@/)
  })

  it('takes no odd name and no thing that is no error', () => {
    const error = new Error('x')
    error.name = 'anna and her address'
    expect(faultPlace(error)).toMatch(/^Error at /)
    expect(faultPlace('anna')).toBe('not an error')
  })
})
