import { describe, expect, test, vi } from 'vitest'
import { mutate } from '../testing/mutate.ts'
import { rtcpEntries } from '../testing/rtcp-recorder.ts'
import { FUZZ_CASES, seededRandom } from '../testing/seeded-random.ts'
import { readTransportFeedback, writeTransportFeedback } from './transport-feedback.ts'
import { writeNack, writePli } from './write-feedback.ts'
import { writeGoodbye, writeReceiverReport, writeReportBlock, writeSenderReport } from './write-reports.ts'

const block = {
  ssrc: 1,
  fractionLost: 2,
  cumulativeLost: 3,
  highest: 4,
  jitter: 5,
  lastReport: 6,
  delaySinceLastReport: 7,
}

function compound(): Uint8Array {
  const buffer = new Uint8Array(400)
  let at = writeSenderReport(buffer, 0, { ssrc: 1, ntpMs: 3.9e12, rtp: 5, packets: 6, octets: 7 })
  at = writeReceiverReport(buffer, at, 1, 2)
  at = writeReportBlock(buffer, at, block)
  at = writeReportBlock(buffer, at, block)
  at = writeNack(buffer, at, 1, 2, Uint16Array.of(1, 5, 9, 100), 4)
  at = writePli(buffer, at, 1, 2)
  return buffer.slice(0, writeGoodbye(buffer, at, 9))
}

// The fuzz command runs a hundred thousand cases.
vi.setConfig({ testTimeout: 600_000 })

describe('hostile RTCP', () => {
  test('a compound is read without throwing, and what it brings is bounded', () => {
    const random = seededRandom(21)
    const seed = compound()
    let well = 0
    let most = 0
    for (let round = 0; round < FUZZ_CASES; round++) {
      const { ok, entries } = rtcpEntries(mutate(seed, random))
      if (ok) well++
      most = Math.max(most, entries.length)
    }
    expect(well).toBeGreaterThan(FUZZ_CASES / 20)
    expect(most).toBeLessThan(600)
  })

  test('transport-wide feedback is read without throwing', () => {
    const random = seededRandom(22)
    const buffer = new Uint8Array(200)
    const statuses = Uint8Array.of(1, 0, 2, 2, 1, 0, 0, 0, 1, 1, 2, 1, 0, 1, 1, 1)
    const end = writeTransportFeedback(buffer, 0, {
      senderSsrc: 1,
      mediaSsrc: 2,
      baseSequence: 3,
      referenceTime: 4,
      feedbackCount: 5,
      statusCount: statuses.length,
      statuses,
      deltas: new Int16Array(statuses.length).fill(6),
    })
    let read = 0
    for (let round = 0; round < FUZZ_CASES; round++) {
      const bytes = mutate(buffer.subarray(0, end), random)
      if (readTransportFeedback(bytes, 0, bytes.length)) read++
    }
    expect(read).toBeGreaterThan(FUZZ_CASES / 20)
  })
})
