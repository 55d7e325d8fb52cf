// Decides which recvonly section of the client carries which down-track, over any number of renegotiations.
import type { DownTrackWish, MediaKind } from './answer-model.ts'

/** What one section of the latest offer could carry. */
export interface LineCandidate {
  readonly mid: string
  readonly kind: MediaKind | undefined
  /** The client still receives here: an assignment may stay. */
  readonly receives: boolean
  /** The client only receives here: a new assignment may be made. */
  readonly open: boolean
}

/** One section with what the latest answer sends on it. */
export interface Line extends LineCandidate {
  readonly trackSid: string | undefined
}

/**
 * Places wishes on the lines of a new offer.
 * A line keeps its track while the track is wanted and the client receives there. A line that loses its track is
 * answered `inactive` once before it is used again: the browser announces a new track only after the old one ended
 * (W3C WebRTC section 4.4.1.5 fires `track` on the change to receiving).
 */
export function assignLines(
  previous: readonly Line[],
  candidates: readonly LineCandidate[],
  wishes: ReadonlyMap<string, DownTrackWish>,
): Line[] {
  const waiting = new Set(wishes.keys())
  const blocked = new Set<number>()
  const assigned = candidates.map((candidate, index): string | undefined => {
    const before = previous[index]
    if (before?.trackSid === undefined || before.mid !== candidate.mid) return undefined
    const wish = wishes.get(before.trackSid)
    if (candidate.receives && wish?.kind === candidate.kind && waiting.delete(before.trackSid))
      return before.trackSid
    blocked.add(index)
    return undefined
  })
  const openLines = { audio: openIndices('audio'), video: openIndices('video') }
  function openIndices(kind: MediaKind): number[] {
    const isOpen = (candidate: LineCandidate, index: number): boolean =>
      candidate.kind === kind && candidate.open && assigned[index] === undefined && !blocked.has(index)
    return candidates.flatMap((candidate, index) => (isOpen(candidate, index) ? [index] : [])).reverse()
  }
  for (const trackSid of waiting) {
    const wish = wishes.get(trackSid)
    const index = wish === undefined ? undefined : openLines[wish.kind].pop()
    if (index !== undefined) assigned[index] = trackSid
  }
  return candidates.map((candidate, index) => ({ ...candidate, trackSid: assigned[index] }))
}

/** How the current wishes stand against what the latest answer carries. */
export interface LineBalance {
  /** Wishes without a line. */
  readonly waiting: number
  /** Lines a further offer would let us use: open ones without a wanted track. */
  readonly available: number
  /** Lines still carrying a track nobody wants any more. */
  readonly stale: number
}

/** Counts one kind of media; see {@link LineBalance}. */
export function balanceOf(
  lines: readonly Line[],
  wishes: ReadonlyMap<string, DownTrackWish>,
  kind: MediaKind,
): LineBalance {
  let waiting = 0
  for (const wish of wishes.values()) if (wish.kind === kind) waiting += 1
  let available = 0
  let stale = 0
  for (const line of lines) {
    if (line.kind !== kind) continue
    if (line.trackSid === undefined) {
      if (line.open) available += 1
    } else if (wishes.get(line.trackSid)?.kind === kind) {
      waiting -= 1
    } else {
      stale += 1
      if (line.open) available += 1
    }
  }
  return { waiting, available, stale }
}
