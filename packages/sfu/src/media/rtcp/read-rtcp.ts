// Reads a compound RTCP packet, reduced-size ones included (RFC 3550 section 6.1, RFC 5506), and calls a sink with plain numbers.
//
// omits: SDES (browsers' names are of no use here), APP, XR, and what is malformed, which ends the compound.
import { u16, u24, u32, u8 } from '../bytes.ts'
import { MAX_NACKED_PER_COMPOUND, MAX_RTCP_PACKETS_PER_COMPOUND } from '../limits.ts'
import {
  FORMAT_APPLICATION,
  FORMAT_FIR,
  FORMAT_NACK,
  FORMAT_PLI,
  GOODBYE,
  PAYLOAD_FEEDBACK,
  RECEIVER_REPORT,
  REPORT_BLOCK_BYTES,
  SENDER_REPORT,
  TRANSPORT_FEEDBACK,
} from './rtcp-types.ts'

/** Hears what a compound says. SSRCs are those of media unless named otherwise. */
export interface RtcpSink {
  /** A publisher's clock: `ntpHigh`, `ntpLow` seconds and fraction since 1900. */
  senderReport(ssrc: number, ntpHigh: number, ntpLow: number, rtp: number): void
  /** Reception of something we send; `fractionLost` in 1/256, `jitter` in clock units, times in 1/65,536 s. */
  reportBlock(
    ssrc: number,
    fractionLost: number,
    cumulativeLost: number,
    highest: number,
    jitter: number,
    lastReport: number,
    delaySinceLastReport: number,
  ): void
  /** One lost packet of something we send. */
  nack(ssrc: number, sequenceNumber: number): void
  /** PLI or FIR. */
  keyframeRequest(ssrc: number): void
  bye(ssrc: number): void
  /** REMB, bits per second (draft-alvestrand-rmcat-remb-03). */
  bandwidthEstimate(bitsPerSecond: number): void
}

/** Reads `packet[0, length)`; false if any of it is malformed, in which case what came before has been told already. */
export function readRtcp(packet: Uint8Array, length: number, sink: RtcpSink): boolean {
  let at = 0
  let nackBudget = MAX_NACKED_PER_COMPOUND
  for (let count = 0; count < MAX_RTCP_PACKETS_PER_COMPOUND && at < length; count++) {
    if (at + 4 > length) return false
    const first = u8(packet, at)
    const next = at + 4 + u16(packet, at + 2) * 4
    if (first >> 6 !== 2 || next > length) return false
    const padding = (first & 0x20) === 0 ? 0 : u8(packet, next - 1)
    const end = next - padding
    if (end < at + 4) return false
    const format = first & 0x1f
    const type = u8(packet, at + 1)
    if (type === TRANSPORT_FEEDBACK && format === FORMAT_NACK) {
      nackBudget = readNack(packet, at, end, nackBudget, sink)
    } else if (!readPacket(packet, at, end, type, format, sink)) return false
    at = next
  }
  return true
}

function readPacket(
  packet: Uint8Array,
  at: number,
  end: number,
  type: number,
  format: number,
  sink: RtcpSink,
): boolean {
  switch (type) {
    case SENDER_REPORT:
      if (end - at < 28) return false
      sink.senderReport(u32(packet, at + 4), u32(packet, at + 8), u32(packet, at + 12), u32(packet, at + 16))
      return readBlocks(packet, at + 28, end, format, sink)
    case RECEIVER_REPORT:
      return readBlocks(packet, at + 8, end, format, sink)
    case GOODBYE:
      if (at + 4 + format * 4 > end) return false
      for (let index = 0; index < format; index++) sink.bye(u32(packet, at + 4 + index * 4))
      return true
    case PAYLOAD_FEEDBACK:
      return readPayloadFeedback(packet, at, end, format, sink)
    default:
      return true
  }
}

function readBlocks(packet: Uint8Array, start: number, end: number, count: number, sink: RtcpSink): boolean {
  if (start + count * REPORT_BLOCK_BYTES > end) return false
  for (let at = start; at < start + count * REPORT_BLOCK_BYTES; at += REPORT_BLOCK_BYTES) {
    // 24 signed bits.
    const cumulativeLost = (u24(packet, at + 5) << 8) >> 8
    sink.reportBlock(
      u32(packet, at),
      u8(packet, at + 4),
      cumulativeLost,
      u32(packet, at + 8),
      u32(packet, at + 12),
      u32(packet, at + 16),
      u32(packet, at + 20),
    )
  }
  return true
}

function readNack(packet: Uint8Array, at: number, end: number, budget: number, sink: RtcpSink): number {
  const media = u32(packet, at + 8)
  let left = budget
  for (let entry = at + 12; entry + 4 <= end; entry += 4) {
    const first = u16(packet, entry)
    // Bit 0 is the named packet itself, the others the mask.
    let mask = (u16(packet, entry + 2) << 1) | 1
    for (let sequence = first; mask !== 0; sequence++, mask >>>= 1) {
      if ((mask & 1) === 0) continue
      if (left-- <= 0) return 0
      sink.nack(media, sequence & 0xffff)
    }
  }
  return left
}

function readPayloadFeedback(
  packet: Uint8Array,
  at: number,
  end: number,
  format: number,
  sink: RtcpSink,
): boolean {
  if (at + 12 > end) return false
  if (format === FORMAT_PLI) sink.keyframeRequest(u32(packet, at + 8))
  // FIR names its targets in entries of SSRC and command number (RFC 5104 section 4.3.1); repeats are throttled like PLI.
  else if (format === FORMAT_FIR) {
    for (let entry = at + 12; entry + 8 <= end; entry += 8) sink.keyframeRequest(u32(packet, entry))
  } else if (format === FORMAT_APPLICATION && at + 20 <= end && u32(packet, at + 12) === 0x52454d42) {
    // "REMB", number of SSRCs, then 6 bits of exponent and 18 of mantissa.
    const value = u24(packet, at + 17)
    sink.bandwidthEstimate((value & 0x3ffff) * 2 ** (value >> 18))
  }
  return true
}
