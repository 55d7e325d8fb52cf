// Decides how many tiles fit in the strip beside or below the large picture; pure arithmetic.

// Space between tiles of the strip, and the least width of a tile in a strip of several columns, in px.
const GAP = 8
const LEAST_WIDTH = 146
// Height of a tile as a share of its width: 16 to 10.
const RATIO = 10 / 16

/** Width of a tile in px and how many tiles fit into a strip of that inner size. */
export function stripOf({ width, height }: { readonly width: number; readonly height: number }): {
  w: number
  fit: number
} {
  // A low strip is one row: its height decides.
  const row = height > 0 && height < 140 && width > 2 * height
  const cols = row
    ? Math.max(1, Math.floor((width + GAP) / (height / RATIO + GAP)))
    : Math.max(1, Math.floor((width + GAP) / (LEAST_WIDTH + GAP)))
  const w = row ? height / RATIO : (width - (cols - 1) * GAP) / cols
  const rows = Math.max(1, Math.floor((height + GAP) / (w * RATIO + GAP)))
  return { w: Math.floor(w), fit: cols * rows }
}
