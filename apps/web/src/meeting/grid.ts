// Decides how many tiles of which size fill a box best (ui.md, section 4); pure arithmetic.

/** A tile's place in pixels from the top left corner of the box. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** A page of tiles. `count` tiles fit on it; the rest goes to further pages. */
export interface Grid {
  readonly cols: number
  readonly rows: number
  readonly w: number
  readonly h: number
  readonly count: number
  readonly pages: number
  readonly boxes: readonly Box[]
}

// Space between tiles in px, and the smaller one on phones: boxes that are narrow, or low when the phone lies on its side.
const GAP = 8
const GAP_PHONE = 6
const NARROW = 600
const LOW = 480
const WIDEST = 16 / 9
// A narrow upright screen may show upright tiles; elsewhere people would lose their shoulders.
const NARROWEST = 4 / 3
const NARROWEST_UPRIGHT = 3 / 5
// Smallest useful tile in px: a face is still recognisable, a name still fits.
const LEAST = { w: 156, h: 88 } as const
const LEAST_UPRIGHT = { w: 140, h: 120 } as const
// What one empty cell costs, as a share of the tile's area: ties go to the fuller last row.
const EMPTY_CELL_COST = 0.02

interface Fit {
  readonly cols: number
  readonly rows: number
  readonly w: number
  readonly h: number
}

function fitCols(
  cols: number,
  count: number,
  width: number,
  height: number,
  gap: number,
  narrowest: number,
): Fit & { score: number } {
  const rows = Math.ceil(count / cols)
  let w = (width - (cols - 1) * gap) / cols
  let h = (height - (rows - 1) * gap) / rows
  // More rows or columns than their gaps leave room for: no layout at all, and a negative shape must not pass for one.
  if (w <= 0 || h <= 0) return { cols, rows, w: 0, h: 0, score: 0 }
  if (w / h > WIDEST) w = h * WIDEST
  else if (w / h < narrowest) h = w / narrowest
  const score = w * h * (1 - EMPTY_CELL_COST * (cols * rows - count))
  return { cols, rows, w: Math.floor(w), h: Math.floor(h), score }
}

function fit(count: number, width: number, height: number, gap: number, narrowest: number): Fit {
  let best = fitCols(1, count, width, height, gap, narrowest)
  for (let cols = 2; cols <= count; cols++) {
    const next = fitCols(cols, count, width, height, gap, narrowest)
    if (next.score > best.score + 0.5) best = next
  }
  return best
}

function place({ cols, rows, w, h }: Fit, count: number, width: number, height: number, gap: number): Box[] {
  const top = (height - rows * h - (rows - 1) * gap) / 2
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / cols)
    const inRow = row === rows - 1 ? count - cols * (rows - 1) : cols
    const left = (width - inRow * w - (inRow - 1) * gap) / 2
    return {
      x: Math.round(left + (index - row * cols) * (w + gap)),
      y: Math.round(top + row * (h + gap)),
      w,
      h,
    }
  })
}

/**
 * Lays out `n` tiles (at least one) in a box of `width` x `height` px.
 * A box without size yields one tile of size 0.
 */
export function grid(n: number, width: number, height: number): Grid {
  const upright = height > width && width < NARROW
  const gap = width < NARROW || height <= LOW ? GAP_PHONE : GAP
  const narrowest = upright ? NARROWEST_UPRIGHT : NARROWEST
  const least = upright ? LEAST_UPRIGHT : LEAST
  let count = Math.max(1, n)
  let best = fit(count, width, height, gap, narrowest)
  while (count > 1 && (best.w < least.w || best.h < least.h)) {
    count -= 1
    best = fit(count, width, height, gap, narrowest)
  }
  const { cols, rows, w, h } = best
  return {
    cols,
    rows,
    w: Math.max(0, w),
    h: Math.max(0, h),
    count,
    pages: Math.ceil(Math.max(1, n) / count),
    boxes: place(best, count, width, height, gap),
  }
}
