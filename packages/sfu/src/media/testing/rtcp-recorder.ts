// Collects what RTCP says into lists, for tests and for the simulated clients.
import { readRtcp, type RtcpSink } from '../rtcp/read-rtcp.ts'
import { u32 } from '../bytes.ts'

/** One thing that was said; numbers as the sink gets them. */
export interface RtcpEntry {
  readonly kind: keyof RtcpSink
  readonly values: readonly number[]
}

/** All that one compound says; `ok` is false if it is malformed. */
export function rtcpEntries(packet: Uint8Array): { ok: boolean; entries: readonly RtcpEntry[] } {
  const entries: RtcpEntry[] = []
  const note =
    (kind: keyof RtcpSink) =>
    (...values: number[]): void => {
      entries.push({ kind, values })
    }
  const ok = readRtcp(packet, packet.length, {
    senderReport: note('senderReport'),
    reportBlock: note('reportBlock'),
    nack: note('nack'),
    keyframeRequest: note('keyframeRequest'),
    bye: note('bye'),
    bandwidthEstimate: note('bandwidthEstimate'),
  })
  return { ok, entries }
}

/** Calls `visit` with type, format, offset and end of each packet of a well-formed compound. */
export function eachRtcpPacket(
  compound: Uint8Array,
  visit: (type: number, format: number, at: number, end: number) => void,
): void {
  for (let at = 0; at + 4 <= compound.length;) {
    const head = u32(compound, at)
    const end = at + ((head & 0xffff) + 1) * 4
    visit((head >>> 16) & 0xff, (head >>> 24) & 0x1f, at, end)
    at = end
  }
}
