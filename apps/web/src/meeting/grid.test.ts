// The table of ui.md, section 4, as data, and properties that hold for every box.
import { describe, expect, it } from 'vitest'
import { grid } from './grid.ts'

const COUNTS = [1, 2, 3, 4, 6, 9, 16, 25, 49] as const

// Per box: `cols x rows` and tile size on one page, or pages and tiles per page.
const TABLE: readonly (readonly [number, number, readonly string[]])[] = [
  [
    1416,
    812,
    [
      '1x1 1416x812',
      '2x1 704x528',
      '2x2 704x402',
      '2x2 704x402',
      '3x2 466x350',
      '3x3 466x265',
      '4x4 348x197',
      '5x5 276x156',
      '7x7 194x109',
    ],
  ],
  [
    1040,
    812,
    [
      '1x1 1040x780',
      '1x2 714x402',
      '2x2 516x387',
      '2x2 516x387',
      '2x3 471x265',
      '3x3 341x256',
      '4x4 254x190',
      '5x5 201x151',
      '6x8 166x94 2 pages of 48',
    ],
  ],
  [
    752,
    900,
    [
      '1x1 752x564',
      '1x2 752x446',
      '1x3 523x294',
      '2x2 372x279',
      '2x3 372x279',
      '2x5 308x173',
      '3x6 245x143',
      '4x7 182x121',
      '4x9 165x92 2 pages of 36',
    ],
  ],
  [
    348,
    668,
    [
      '1x1 348x580',
      '1x2 348x331',
      '1x3 348x218',
      '2x2 171x285',
      '2x3 171x218',
      '2x5 171x128',
      '2 pages of 10',
      '3 pages of 10',
      '5 pages of 10',
    ],
  ],
  [
    700,
    344,
    [
      '1x1 611x344',
      '2x1 347x260',
      '2x2 300x169',
      '2x2 300x169',
      '3x2 229x169',
      '3x3 196x110',
      '2 pages of 12',
      '3 pages of 12',
      '5 pages of 12',
    ],
  ],
]

describe('grid', () => {
  for (const [width, height, cells] of TABLE) {
    cells.forEach((cell, index) => {
      const n = COUNTS[index] ?? 0
      it(`lays out ${n} tiles in ${width}x${height} as ${cell}`, () => {
        const { cols, rows, w, h, pages, count } = grid(n, width, height)
        const size = `${cols}x${rows} ${w}x${h}`
        const paging = `${pages} pages of ${count}`
        const all = pages === 1 ? size : cell.startsWith(`${cols}x`) ? `${size} ${paging}` : paging
        expect(all).toBe(cell)
      })
    })
  }

  it('keeps every tile inside the box, apart from each other and within the allowed shapes', () => {
    for (let n = 1; n <= 60; n += 1) {
      for (const [width, height] of [
        [1416, 812],
        [320, 480],
        [700, 260],
        [1920, 1000],
      ] as const) {
        const { boxes, w, h } = grid(n, width, height)
        for (const [at, box] of boxes.entries()) {
          expect(box.x).toBeGreaterThanOrEqual(-1)
          expect(box.y).toBeGreaterThanOrEqual(-1)
          expect(box.x + w).toBeLessThanOrEqual(width + 1)
          expect(box.y + h).toBeLessThanOrEqual(height + 1)
          for (const other of boxes.slice(at + 1)) {
            expect(Math.abs(other.x - box.x) >= w || Math.abs(other.y - box.y) >= h).toBe(true)
          }
        }
        expect(w / h).toBeLessThan(16 / 9 + 0.05)
        expect(w / h).toBeGreaterThan(3 / 5 - 0.05)
      }
    }
  })

  it('centres the last row', () => {
    const { boxes, w } = grid(3, 1416, 812)
    expect(boxes[2]?.x).toBe(Math.round((1416 - w) / 2))
  })

  it('yields something harmless for a box without size', () => {
    expect(grid(4, 0, 0)).toMatchObject({ w: 0, h: 0, count: 1, pages: 4 })
  })
})
