import { describe, expect, test } from 'vitest'
import { SenderClock } from './sender-clock.ts'

describe('SenderClock', () => {
  test('LSR and DLSR are those of the example in RFC 3550 section 6.4.1', () => {
    const clock = new SenderClock(90_000)
    expect([clock.lastReport, clock.delaySinceLastReport(99)]).toEqual([0, 0])
    // NTP b44d.b705:2000 0000 -> LSR b705:2000; 5.25 s -> DLSR 0005:4000.
    clock.report(1000, 0xb44d_b705, 0x2000_0000, 0)
    expect(clock.lastReport).toBe(0xb705_2000)
    expect(clock.delaySinceLastReport(6250)).toBe(0x0005_4000)
  })

  test('converts between wall clock and RTP time over the wrap', () => {
    const clock = new SenderClock(48_000)
    clock.report(1000, 3_900_000_000, 0x8000_0000, 0xffff_ff00)
    expect(clock.ntpMsAt(3000)).toBe(3_900_000_002_500)
    expect(clock.rtpAt(1010)).toBe(480 - 256)
    expect(clock.ntpMsOf((0xffff_ff00 + 48_000) | 0)).toBe(3_900_000_001_500)
    expect(clock.rtpAtNtp(3_900_000_000_490)).toBe((0xffff_ff00 - 480) | 0)
  })
})
