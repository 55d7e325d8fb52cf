import { describe, expect, it } from 'vitest'
import { SsrcTable } from './ssrc-table.ts'

describe('SSRC table', () => {
  it('forgets who was silent longest', () => {
    const table = new SsrcTable<string>(3)
    for (const ssrc of [1, 2, 3]) table.set(ssrc, `s${ssrc}`)
    table.get(1)
    table.set(4, 's4')
    expect(table.get(2)).toBeUndefined()
    expect([1, 3, 4].map((ssrc) => table.get(ssrc))).toEqual(['s1', 's3', 's4'])
    expect(table.size).toBe(3)
  })
})
