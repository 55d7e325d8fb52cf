import { describe, expect, test } from 'vitest'
import { seededRandom } from '../testing/seeded-random.ts'
import {
  readTransportFeedback,
  writeTransportFeedback,
  type TransportFeedback,
} from './transport-feedback.ts'

function feedback(statuses: readonly number[], deltas: readonly number[]): TransportFeedback {
  return {
    senderSsrc: 0x8000_0001,
    mediaSsrc: 2,
    baseSequence: 0xfffe,
    referenceTime: 0x01_0203,
    feedbackCount: 0xfe,
    statusCount: statuses.length,
    statuses: Uint8Array.from(statuses),
    deltas: Int16Array.from(deltas),
  }
}

function written(packet: TransportFeedback): Uint8Array {
  const buffer = new Uint8Array(4000).fill(0xee)
  const end = writeTransportFeedback(buffer, 4, packet)
  expect(buffer[end]).toBe(0xee)
  return buffer.slice(4, end)
}

/** Bytes behind the fixed part. */
function tail(statuses: readonly number[], deltas: readonly number[]): number[] {
  return [...written(feedback(statuses, deltas)).subarray(20)]
}

describe('transport-wide feedback', () => {
  test('the fixed part, by hand', () => {
    expect([...written(feedback([1], [4]))]).toEqual([
      0x8f, 205, 0, 5, 0x80, 0, 0, 1, 0, 0, 0, 2, 0xff, 0xfe, 0, 1, 1, 2, 3, 0xfe, 0x20, 0x01, 4, 0,
    ])
  })

  test('a run-length chunk: 221 packets lost are 0x00dd, as in the draft (section 3.1.3)', () => {
    const statuses = [...Array.from({ length: 221 }, () => 0), 1]
    expect(tail(statuses, [...Array.from({ length: 221 }, () => 0), 9]).slice(0, 4)).toEqual([
      0x00, 0xdd, 0x20, 0x01,
    ])
  })

  test("the draft's one-bit vector (section 3.1.4): 0 1 1 1 1 1 0 0 0 1 1 1 0 0", () => {
    const symbols = [0, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0]
    const bytes = tail([...symbols, 1], [...symbols, 1])
    expect(bytes.slice(0, 2)).toEqual([0b1001_1111, 0b0001_1100])
  })

  test('a two-bit vector: 0 2 2 1 1 1 0 is 1 1 00 10 10 01 01 01 00', () => {
    const symbols = [0, 2, 2, 1, 1, 1, 0]
    const bytes = tail([...symbols, 1], [0, -1, 300, 5, 6, 7, 0, 8])
    expect(bytes.slice(0, 2)).toEqual([0b1100_1010, 0b0101_0100])
    // -1, 300, then small ones, padded to a word.
    expect(bytes.slice(4)).toEqual([0xff, 0xff, 0x01, 0x2c, 5, 6, 7, 8])
  })

  test.each([1, 2, 3, 4, 5])('what is written is read back (seed %i)', (seed) => {
    const random = seededRandom(seed)
    for (let round = 0; round < 300; round++) {
      const count = 1 + Math.floor(random() * 400)
      const statuses: number[] = []
      while (statuses.length < count) {
        const status = Math.floor(random() * 3)
        const run = random() < 0.2 ? Math.floor(random() * 60) : 1
        for (let index = 0; index < run && statuses.length < count; index++) statuses.push(status)
      }
      const deltas = statuses.map((status) => {
        if (status === 0) return 0
        return status === 1 ? Math.floor(random() * 256) : Math.floor(random() * 65_536) - 32_768
      })
      const packet = feedback(statuses, deltas)
      const bytes = written(packet)
      expect(bytes.length % 4).toBe(0)
      expect(readTransportFeedback(bytes, 0, bytes.length)).toEqual(packet)
    }
  })

  test('what is cut off is refused', () => {
    const bytes = written(feedback([1, 2, 2, 1], [1, 300, -5, 2]))
    expect(readTransportFeedback(bytes, 0, 20)).toBeUndefined()
    expect(readTransportFeedback(bytes, 0, 24)).toBeUndefined()
    expect(readTransportFeedback(bytes, 0, bytes.length)).toBeDefined()
  })
})
