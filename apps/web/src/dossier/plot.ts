// Places the runs of a proof on a line of 90 days.
import type { ProofRun } from './dsc-api.ts'

/** A run on the line. */
export interface PlottedRun {
  /** 0 at the left end, 1 at the right. */
  readonly x: number
  readonly passed: boolean
}

/** How far back the line goes, in days; the server sends as much. */
export const PLOT_DAYS = 90

const SPAN_MS = PLOT_DAYS * 86_400_000

// More marks than this cannot be told apart on the line; of several runs at one place the worst is shown.
const PLACES = 90

/**
 * The runs as marks, oldest first; one per place, and a failure is never hidden behind a success.
 * @param now ms since 1970, the right end of the line
 */
export function plotRuns(runs: readonly ProofRun[], now: number): PlottedRun[] {
  const places = new Map<number, boolean>()
  for (const { at, passed } of runs) {
    const x = 1 - (now - Date.parse(at)) / SPAN_MS
    if (!(x >= 0 && x <= 1.001)) continue
    const place = Math.min(PLACES, Math.max(0, Math.round(x * PLACES)))
    places.set(place, (places.get(place) ?? true) && passed)
  }
  return [...places].sort(([a], [b]) => a - b).map(([place, passed]) => ({ x: place / PLACES, passed }))
}
