import { describe, expect, test } from 'vitest'
import { RtpMunger, RESUME_LAG_SECONDS, UNMUTE_LAG_SECONDS } from './rtp-munger.ts'
import { SenderClock } from './sender-clock.ts'
import { incoming, NO_SEQUENCE, type OutgoingSequence } from './sequence-number.ts'
import { seededRandom } from './testing/seeded-random.ts'

const RATE = 90_000

function started(at: number, first = 100): RtpMunger {
  const munger = new RtpMunger(RATE, first)
  munger.start(0, incoming(at), 0, 0, RESUME_LAG_SECONDS)
  return munger
}

describe('sequence numbers', () => {
  // [incoming, what to do, outgoing]: the stream begins with 65536, which becomes 100.
  const tables: [string, [number, 'map' | 'skip', number][]][] = [
    [
      'in order',
      [
        [0, 'map', 100],
        [1, 'map', 101],
        [2, 'map', 102],
      ],
    ],
    [
      'a gap stays a gap and is filled late',
      [
        [0, 'map', 100],
        [3, 'map', 103],
        [1, 'map', 101],
        [2, 'map', 102],
      ],
    ],
    [
      'what is left out closes up',
      [
        [0, 'map', 100],
        [1, 'skip', -1],
        [2, 'skip', -1],
        [3, 'map', 101],
      ],
    ],
    [
      'late packets around what was left out',
      [
        [0, 'map', 100],
        [3, 'skip', -1],
        [5, 'map', 104],
        [1, 'map', 101],
        [3, 'map', -1],
        [2, 'map', 102],
        [4, 'map', 103],
      ],
    ],
    [
      'padding in a gap that is kept free already goes out',
      [
        [0, 'map', 100],
        [2, 'map', 102],
        [1, 'skip', 101],
      ],
    ],
    [
      'left out as the very first ones',
      [
        [0, 'map', 100],
        [1, 'skip', -1],
        [2, 'map', 101],
        [1, 'map', -1],
      ],
    ],
    [
      'from before the start',
      [
        [0, 'map', 100],
        [-1, 'map', -1],
        [-5, 'skip', -1],
      ],
    ],
  ]
  test.each(tables)('%s', (_name, rows) => {
    const munger = started(65_536)
    for (const [offset, action, expected] of rows) {
      const sequence = incoming(65_536 + offset)
      const sent: OutgoingSequence = action === 'map' ? munger.map(0, sequence, 0) : munger.skip(sequence)
      expect([offset, sent]).toEqual([offset, expected])
    }
  })

  test('an interruption leaves no gap, and what is older than it is dropped', () => {
    const munger = started(65_536)
    munger.map(0, incoming(65_536), 0)
    munger.start(10, incoming(70_000), 0, 0, RESUME_LAG_SECONDS)
    expect(munger.map(10, incoming(70_000), 0)).toBe(101)
    expect(munger.map(10, incoming(69_999), 0)).toBe(NO_SEQUENCE)
    expect(munger.map(10, incoming(70_001), 0)).toBe(102)
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'random loss, reordering, padding and interruptions: no number twice, each the right one (seed %i)',
    (seed) => {
      const random = seededRandom(seed)
      const munger = started(65_536 + 60_000, 65_000)
      const sent = new Set<number>()
      const late: number[] = []
      let next = 65_536 + 60_000
      let skippedInOrder = 0
      let interruptedAt = next
      let base = 65_000
      const faults: string[] = []
      const note = (number: number): void => {
        if (sent.has(number)) faults.push(`twice ${number}`)
        sent.add(number)
      }
      for (let step = 0; step < 20_000; step++) {
        const choice = random()
        if (choice < 0.05) late.push(next++)
        else if (choice < 0.1) {
          if (munger.skip(incoming(next++)) !== NO_SEQUENCE) faults.push('skipped but numbered')
          skippedInOrder++
        } else if (choice < 0.15 && late.length > 0) {
          const sequence = late.splice(Math.floor(random() * late.length), 1)[0] ?? 0
          const number = munger.map(0, incoming(sequence), 0)
          // Only the last 32 changes are remembered; what is older is dropped rather than misnumbered.
          if (number === NO_SEQUENCE) continue
          if (sequence < interruptedAt) faults.push(`from before ${sequence}`)
          note(number)
        } else if (choice < 0.151) {
          base = munger.lastSequence + 1
          next += Math.floor(random() * 1000)
          interruptedAt = next
          skippedInOrder = 0
          munger.start(0, incoming(next), 0, 0, RESUME_LAG_SECONDS)
        } else {
          const number = munger.map(0, incoming(next), 0)
          if (number !== base + (next - interruptedAt) - skippedInOrder) faults.push(`wrong ${number}`)
          note(number)
          next++
        }
      }
      expect(faults).toEqual([])
      expect(munger.lastSequence).toBeGreaterThan(65_536)
    },
  )
})

describe('timestamps', () => {
  const own = new SenderClock(RATE)

  /** Plays two packets 40 ms apart, pauses, resumes; returns the timestamp after the pause less the last before it. */
  function resume(pauseMs: number, sourceMs: number, lag: number, firstTimestamp = 0xffff_ff00 | 0): number {
    const munger = new RtpMunger(RATE, 1)
    munger.start(0, incoming(65_536), firstTimestamp, 0, lag)
    munger.map(0, incoming(65_536), firstTimestamp)
    const timestamp = (firstTimestamp + sourceMs * 90) | 0
    const mapped = munger.mappedTimestamp(pauseMs, timestamp, own, own)
    munger.start(pauseMs, incoming(65_600), timestamp, mapped, lag)
    munger.map(pauseMs, incoming(65_600), timestamp)
    return (munger.lastTimestamp - firstTimestamp) | 0
  }

  test.each([
    ['the source went on with the time', 5000, 5000, UNMUTE_LAG_SECONDS, 450_000],
    ['the source lags a little', 5000, 4900, UNMUTE_LAG_SECONDS, 4900 * 90],
    ['the source stood still, unmute', 5000, 40, UNMUTE_LAG_SECONDS, 450_000],
    ['the source lags 1.5 s, resume', 5000, 3500, RESUME_LAG_SECONDS, 3500 * 90],
    ['the source lags 2.5 s, resume', 5000, 2500, RESUME_LAG_SECONDS, 450_000],
    ['the source is ahead', 1000, 9000, RESUME_LAG_SECONDS, 810_000],
    ['never back or the same', 100, 0, RESUME_LAG_SECONDS, 1],
    ['never back at all', 0, -500, UNMUTE_LAG_SECONDS, 1],
  ])('%s', (_name, pauseMs, sourceMs, lag, expected) => {
    expect(resume(pauseMs, sourceMs, lag)).toBe(expected)
  })

  test('another source is mapped by both sender reports', () => {
    const before = new SenderClock(RATE)
    const after = new SenderClock(RATE)
    // Same wall clock; RTP times differ by chance.
    before.report(0, 1000, 0, 500_000)
    after.report(0, 1000, 0, 0xff00_0000)
    const munger = new RtpMunger(RATE, 1)
    munger.start(0, incoming(65_536), 500_000, 0, RESUME_LAG_SECONDS)
    munger.map(0, incoming(65_536), 500_000)
    const timestamp = (0xff00_0000 + 90 * 1000) | 0
    const mapped = munger.mappedTimestamp(1100, timestamp, after, before)
    expect(mapped).toBe(590_000)
    munger.start(1100, incoming(80_000), timestamp, mapped, RESUME_LAG_SECONDS)
    munger.map(1100, incoming(80_000), timestamp)
    expect(munger.lastTimestamp).toBe(590_000)
  })

  test('another source without reports is mapped by arrival', () => {
    const munger = new RtpMunger(RATE, 1)
    munger.start(0, incoming(65_536), 1000, 0, RESUME_LAG_SECONDS)
    munger.map(0, incoming(65_536), 1000)
    expect(munger.mappedTimestamp(200, 77, new SenderClock(RATE), own)).toBe(1000 + 200 * 90)
  })

  test('a later down-track goes on where an earlier one stood', () => {
    const first = started(65_536, 500)
    first.map(1000, incoming(65_536), 4000)
    const second = new RtpMunger(RATE, 9, first.position())
    second.start(
      3000,
      incoming(90_000),
      123,
      second.mappedTimestamp(3000, 123, own, undefined),
      RESUME_LAG_SECONDS,
    )
    expect(second.map(3000, incoming(90_000), 123)).toBe(501)
    expect(second.lastTimestamp).toBe(4000 + 2000 * 90)
  })
})
