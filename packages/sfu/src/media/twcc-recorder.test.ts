import { describe, expect, test } from 'vitest'
import { readTransportFeedback, type TransportFeedback } from './rtcp/transport-feedback.ts'
import { seededRandom } from './testing/seeded-random.ts'
import { TwccRecorder } from './twcc-recorder.ts'

function drain(recorder: TwccRecorder, now: number): TransportFeedback[] {
  const packets: TransportFeedback[] = []
  for (;;) {
    const buffer = new Uint8Array(1200)
    const end = recorder.write(now, buffer, 0, 1)
    if (end === 0) return packets
    expect(end).toBeLessThanOrEqual(1000)
    const packet = readTransportFeedback(buffer, 0, end)
    if (!packet) throw new Error('unreadable feedback')
    packets.push(packet)
  }
}

/** Arrival times in ms by 16-bit sequence number, as a sender would reconstruct them. */
function arrivals(packets: readonly TransportFeedback[]): Map<number, number> {
  const times = new Map<number, number>()
  for (const { referenceTime, baseSequence, statuses, deltas } of packets) {
    let ticks = referenceTime * 256
    statuses.forEach((status, index) => {
      if (status === 0) return
      ticks += deltas[index] ?? 0
      times.set((baseSequence + index) & 0xffff, ticks / 4)
    })
  }
  return times
}

describe('when feedback is due', () => {
  /** Index of the packet at which feedback is due. */
  function dueAfter(spacing: number, markerEvery: number): number {
    const recorder = new TwccRecorder()
    for (let index = 0; index < 500; index++) {
      const marker = markerEvery > 0 && index % markerEvery === markerEvery - 1 ? 0x80 : 0
      if (recorder.record(1000 + index * spacing, index, 7, marker)) return index
    }
    return -1
  }

  test.each([
    ['more than 100 packets at once', 0, 0, 100],
    ['more than 20 packets after 100 ms', 5, 0, 20],
    ['more than 20 packets, but time comes later', 2, 0, 50],
    ['the end of a frame after 50 ms', 4, 5, 14],
    ['without ends of frames few packets wait', 10, 0, 20],
  ])('%s', (_name, spacing, markerEvery, expected) => {
    expect(dueAfter(spacing, markerEvery)).toBe(expected)
  })

  test('nothing waits longer than 250 ms', () => {
    const recorder = new TwccRecorder()
    expect(recorder.deadline()).toBe(Infinity)
    recorder.record(1000, 0, 7, 0)
    expect(recorder.deadline()).toBe(1250)
    drain(recorder, 1250)
    expect(recorder.deadline()).toBe(Infinity)
  })
})

describe('what feedback says', () => {
  test('losses between and before arrivals, over the wrap', () => {
    const recorder = new TwccRecorder()
    recorder.record(1000, 65_534, 7, 0)
    drain(recorder, 1000)
    recorder.record(1010, 1, 7, 0)
    recorder.record(1020.25, 3, 9, 0)
    const [packet, ...rest] = drain(recorder, 1030)
    expect(rest).toEqual([])
    expect(packet).toMatchObject({ baseSequence: 65_535, statusCount: 5, mediaSsrc: 9, feedbackCount: 1 })
    expect([...(packet?.statuses ?? [])]).toEqual([0, 0, 1, 0, 1])
    expect([...arrivals(packet ? [packet] : [])]).toEqual([
      [1, 1010],
      [3, 1020.25],
    ])
  })

  test('a late packet is told afterwards, a duplicate never again', () => {
    const recorder = new TwccRecorder()
    for (const sequence of [10, 11, 13]) recorder.record(1000, sequence, 7, 0)
    drain(recorder, 1000)
    recorder.record(1300, 12, 7, 0)
    const packets = drain(recorder, 1300)
    expect(arrivals(packets).get(12)).toBe(1300)
    expect(recorder.record(1400, 12, 7, 0)).toBe(false)
    expect(recorder.deadline()).toBe(Infinity)
  })

  test('a pause of ten seconds begins another packet', () => {
    const recorder = new TwccRecorder()
    recorder.record(1000, 10, 7, 0)
    recorder.record(11_000, 11, 7, 0)
    const packets = drain(recorder, 11_000)
    expect(packets).toHaveLength(2)
    expect([...arrivals(packets)]).toEqual([
      [10, 1000],
      [11, 11_000],
    ])
  })

  test('a jump of half the number space stays small', () => {
    const recorder = new TwccRecorder()
    recorder.record(1000, 0, 7, 0)
    recorder.record(1001, 32_000, 7, 0)
    const packets = drain(recorder, 1001)
    expect(packets.length).toBeLessThanOrEqual(2)
    expect(arrivals(packets).get(32_000)).toBe(1001)
  })

  test.each([1, 2, 3])(
    'every arrival is told with its time within 125 us, every loss as lost (seed %i)',
    (seed) => {
      const random = seededRandom(seed)
      const recorder = new TwccRecorder()
      const sent = new Map<number, number>()
      const told = new Map<number, number>()
      let now = 5000
      const late: number[] = []
      for (let sequence = 64_000; sequence < 74_000; sequence++) {
        now += random() * 6
        if (random() < 0.1) {
          late.push(sequence & 0xffff)
          continue
        }
        const first = random() < 0.3 ? late.shift() : undefined
        for (const number of first === undefined ? [sequence & 0xffff] : [sequence & 0xffff, first]) {
          sent.set(number, now)
          const marker = random() < 0.2 ? 0x80 : 0
          if (recorder.record(now, number, 7, marker))
            for (const entry of arrivals(drain(recorder, now))) told.set(...entry)
        }
      }
      for (const entry of arrivals(drain(recorder, now))) told.set(...entry)
      expect(told.size).toBe(sent.size)
      let worst = 0
      for (const [sequence, at] of sent)
        worst = Math.max(worst, Math.abs((told.get(sequence) ?? Infinity) - at))
      expect(worst).toBeLessThanOrEqual(0.125)
    },
  )
})
