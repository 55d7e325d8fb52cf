import { describe, expect, test } from 'vitest'
import type { DownTrackWish } from './answer-model.ts'
import { assignLines, balanceOf } from './line-assignment.ts'
import type { Line, LineCandidate } from './line-assignment.ts'
import { seeded, wish } from './testing/fixtures.ts'

const line = (
  mid: string,
  kind: 'audio' | 'video' = 'video',
  open = true,
  receives = open,
): LineCandidate => ({
  mid,
  kind,
  open,
  receives,
})
const wishes = (...sids: string[]): Map<string, DownTrackWish> =>
  new Map(sids.map((sid) => [sid, wish(sid, sid.startsWith('A') ? 'audio' : 'video')]))
const sids = (lines: readonly Line[]): (string | undefined)[] => lines.map(({ trackSid }) => trackSid)

describe('placing', () => {
  test('takes open lines of the same kind in their order, wishes in theirs', () => {
    const lines = assignLines([], [line('0', 'audio'), line('1'), line('2')], wishes('V1', 'A1', 'V2', 'V3'))
    expect(sids(lines)).toEqual(['A1', 'V1', 'V2'])
    expect(balanceOf(lines, wishes('V1', 'A1', 'V2', 'V3'), 'video')).toEqual({
      waiting: 1,
      available: 0,
      stale: 0,
    })
  })

  test('never moves a track that keeps its line, whatever the order of wishes', () => {
    const candidates = [line('0'), line('1'), line('2')]
    const before = assignLines([], candidates, wishes('V1', 'V2'))
    expect(sids(assignLines(before, candidates, wishes('V3', 'V2', 'V1')))).toEqual(['V1', 'V2', 'V3'])
  })

  test('lets a freed line rest for one answer before it carries another track', () => {
    const candidates = [line('0'), line('1')]
    const first = assignLines([], candidates, wishes('V1', 'V2'))
    const wanted = wishes('V2', 'V3')
    expect(balanceOf(first, wanted, 'video')).toEqual({ waiting: 1, available: 1, stale: 1 })
    const second = assignLines(first, candidates, wanted)
    expect(sids(second)).toEqual([undefined, 'V2'])
    expect(balanceOf(second, wanted, 'video')).toEqual({ waiting: 1, available: 1, stale: 0 })
    expect(sids(assignLines(second, candidates, wanted))).toEqual(['V3', 'V2'])
  })

  test('moves a track away from a line on which the client stopped receiving', () => {
    const before = assignLines([], [line('0'), line('1')], wishes('V1'))
    expect(sids(assignLines(before, [line('0', 'video', false), line('1')], wishes('V1')))).toEqual([
      undefined,
      'V1',
    ])
  })

  test('keeps a track on a line that the client starts to send on as well, but places none there', () => {
    const both = line('0', 'video', false, true)
    const before = assignLines([], [line('0')], wishes('V1'))
    expect(sids(assignLines(before, [both], wishes('V1')))).toEqual(['V1'])
    expect(sids(assignLines([], [both], wishes('V1')))).toEqual([undefined])
  })

  test('forgets a line whose mid changed at the same place: the client recycled it', () => {
    const before = assignLines([], [line('0')], wishes('V1'))
    expect(sids(assignLines(before, [line('9', 'audio')], wishes('V1', 'A1')))).toEqual(['A1'])
  })
})

/** What the rules forbid between one set of lines and the next; empty when all is well. */
function violations(
  before: readonly Line[],
  after: readonly Line[],
  wanted: ReadonlyMap<string, DownTrackWish>,
): string[] {
  const found: string[] = []
  const placed = sids(after).filter((sid) => sid !== undefined)
  if (new Set(placed).size !== placed.length) found.push('a track has two lines')
  after.forEach((now, index) => {
    const then = before[index]
    if (now.trackSid === undefined) return
    if (wanted.get(now.trackSid)?.kind !== now.kind) found.push('an unwanted track, or one of another kind')
    if (!now.receives) found.push('a track where the client does not receive')
    const changed = then?.mid === now.mid && then.trackSid !== undefined && then.trackSid !== now.trackSid
    if (changed) found.push('a line changed its track without a rest')
  })
  for (const kind of ['audio', 'video'] as const) {
    const { waiting, stale, available } = balanceOf(after, wanted, kind)
    const rests = (now: Line, index: number): boolean =>
      now.kind === kind && now.open && now.trackSid === undefined && before[index]?.trackSid !== undefined
    if (waiting < 0 || stale !== 0) found.push('the balance is wrong')
    if (waiting > 0 && available > after.filter(rests).length) found.push('a wish waits beside an open line')
  }
  return found
}

test('holds its promises over random histories', () => {
  const random = seeded(7)
  const pick = (below: number): number => random() % below
  let lines: readonly Line[] = []
  let placements = 0
  for (let round = 0; round < 3000; round += 1) {
    const count = Math.min(lines.length + pick(2), 12)
    const candidates = Array.from({ length: count }, (_, index) => {
      const open = pick(8) !== 0
      const mid = pick(20) === 0 ? `r${round}` : (lines[index]?.mid ?? `m${index}`)
      return line(mid, index % 2 === 0 ? 'audio' : 'video', open, open || pick(2) === 0)
    })
    const wanted = wishes(...Array.from({ length: pick(10) }, () => `${pick(2) === 0 ? 'A' : 'V'}${pick(8)}`))
    const next = assignLines(lines, candidates, wanted)
    expect(violations(lines, next, wanted)).toEqual([])
    placements += sids(next).filter((sid) => sid !== undefined).length
    lines = next
  }
  expect(placements).toBeGreaterThan(3000)
})
