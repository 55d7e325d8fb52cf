import { describe, expect, test } from 'vitest'
import { RtcpOutbox } from './rtcp-outbox.ts'
import { SenderClock } from './sender-clock.ts'
import { SenderReports } from './sender-reports.ts'
import { ssrc } from './sequence-number.ts'
import { rtcpEntries } from './testing/rtcp-recorder.ts'
import { target, TestFanout } from './testing/test-fanout.ts'

const CNAME = new TextEncoder().encode('someone')

/** Reports written at these times, of a clock that was told at time 0: 1,000 s since 1900 and RTP time 5,000. */
function reports(
  times: readonly number[],
  offset = 0,
): { at: number; values: readonly number[]; bytes: Uint8Array }[] {
  const written: { at: number; values: readonly number[]; bytes: Uint8Array }[] = []
  const fanout = new TestFanout()
  const outbox = new RtcpOutbox(fanout, 1, target(0))
  const clock = new SenderClock(90_000)
  clock.report(0, 1000, 0, 5000)
  const sender = new SenderReports(ssrc(0xb000_0001))
  for (const at of times) {
    fanout.onRtcp = (_target, bytes) =>
      written.push({ at, values: rtcpEntries(bytes).entries[0]?.values ?? [], bytes })
    sender.write(at, outbox, clock, offset, 7, 8, CNAME)
    outbox.flush()
  }
  return written
}

describe('SenderReports', () => {
  test("tell the publisher's wall clock and the subscriber's RTP time of the same moment", () => {
    const [first] = reports([500], 0x7fff_ffff)
    expect(first?.values).toEqual([0xb000_0001, 1000, 0x8000_0000, (5000 + 45_000 + 0x7fff_ffff) >>> 0])
    expect([...(first?.bytes.subarray(20, 28) ?? [])]).toEqual([0, 0, 0, 7, 0, 0, 0, 8])
    expect(new TextDecoder().decode(first?.bytes.subarray(38, 45))).toBe('someone')
  })

  test('come at once, then every three seconds, and not before the publisher has sent one', () => {
    expect(reports([10, 20, 3000, 3010, 3020, 7000]).map(({ at }) => at)).toEqual([10, 3010, 7000])
    const fanout = new TestFanout()
    const outbox = new RtcpOutbox(fanout, 1, target(0))
    let sent = 0
    fanout.onRtcp = () => sent++
    new SenderReports(ssrc(1)).write(0, outbox, new SenderClock(90_000), 0, 1, 1, CNAME)
    outbox.flush()
    expect(sent).toBe(0)
  })

  test('say when they want to be asked again: soon until the clock is known, then when the next is due', () => {
    const outbox = new RtcpOutbox(new TestFanout(), 1, target(0))
    const clock = new SenderClock(90_000)
    const sender = new SenderReports(ssrc(1))
    expect(sender.write(100, outbox, clock, 0, 1, 1, CNAME)).toBe(350)
    clock.report(300, 1000, 0, 5000)
    expect(sender.write(350, outbox, clock, 0, 1, 1, CNAME)).toBe(3350)
    expect(sender.write(1000, outbox, clock, 0, 1, 1, CNAME)).toBe(3350)
  })

  test('the round trip is the time since the echoed report less the delay there; unknown echoes tell nothing', () => {
    const outbox = new RtcpOutbox(new TestFanout(), 1, target(0))
    const clock = new SenderClock(90_000)
    clock.report(0, 1000, 0, 5000)
    const sender = new SenderReports(ssrc(1))
    for (const at of [500, 3500]) sender.write(at, outbox, clock, 0, 1, 1, CNAME)
    const middle = 1000 * 0x10000 + 0x8000
    expect(sender.roundTripTime(1600, middle, 65_536)).toBeCloseTo(100, 6)
    expect(sender.roundTripTime(3580, middle + 3 * 0x10000, 0)).toBeCloseTo(80, 6)
    expect(sender.roundTripTime(3580, middle + 3 * 0x10000, 65_536)).toBe(0)
    expect(sender.roundTripTime(3580, 77, 0)).toBe(-1)
    expect(sender.roundTripTime(3580, 0, 0)).toBe(-1)
  })
})
