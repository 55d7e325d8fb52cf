// Writes sender and receiver reports, CNAME and BYE (RFC 3550 sections 6.4 to 6.6). Each function returns the offset behind what it wrote.
import { setU24, setU32 } from '../bytes.ts'
import {
  GOODBYE,
  RECEIVER_REPORT,
  REPORT_BLOCK_BYTES,
  SENDER_REPORT,
  SOURCE_DESCRIPTION,
  writeRtcpHeader,
} from './rtcp-types.ts'

/** Bytes of a sender report without blocks, and of a receiver report without blocks. */
export const SENDER_REPORT_BYTES = 28
export const RECEIVER_REPORT_BYTES = 8

/** 2^32: units of the NTP fraction in a second. */
const NTP_FRACTION = 0x1_0000_0000

/** The figures of a report block. */
export interface ReportBlock {
  readonly ssrc: number
  /** In 1/256. */
  readonly fractionLost: number
  readonly cumulativeLost: number
  readonly highest: number
  readonly jitter: number
  readonly lastReport: number
  readonly delaySinceLastReport: number
}

/** Writes one report block. */
export function writeReportBlock(buffer: Uint8Array, at: number, block: ReportBlock): number {
  setU32(buffer, at, block.ssrc)
  buffer[at + 4] = block.fractionLost
  setU24(buffer, at + 5, block.cumulativeLost)
  setU32(buffer, at + 8, block.highest)
  setU32(buffer, at + 12, block.jitter)
  setU32(buffer, at + 16, block.lastReport)
  setU32(buffer, at + 20, block.delaySinceLastReport)
  return at + REPORT_BLOCK_BYTES
}

/** Writes the head of a receiver report; the blocks follow, `count` of them (at most 31). */
export function writeReceiverReport(buffer: Uint8Array, at: number, sender: number, count: number): number {
  const end = at + RECEIVER_REPORT_BYTES + count * REPORT_BLOCK_BYTES
  writeRtcpHeader(buffer, at, end, RECEIVER_REPORT, count)
  setU32(buffer, at + 4, sender)
  return at + RECEIVER_REPORT_BYTES
}

/** The figures of a sender report; `ntpMs` is ms since 1900. */
export interface SenderReport {
  readonly ssrc: number
  readonly ntpMs: number
  readonly rtp: number
  readonly packets: number
  readonly octets: number
}

/** Writes a sender report without blocks. */
export function writeSenderReport(buffer: Uint8Array, at: number, report: SenderReport): number {
  const end = at + SENDER_REPORT_BYTES
  const seconds = Math.floor(report.ntpMs / 1000)
  writeRtcpHeader(buffer, at, end, SENDER_REPORT, 0)
  setU32(buffer, at + 4, report.ssrc)
  setU32(buffer, at + 8, seconds % NTP_FRACTION)
  setU32(buffer, at + 12, Math.floor(((report.ntpMs - seconds * 1000) / 1000) * NTP_FRACTION))
  setU32(buffer, at + 16, report.rtp)
  setU32(buffer, at + 20, report.packets % NTP_FRACTION)
  setU32(buffer, at + 24, report.octets % NTP_FRACTION)
  return end
}

/** Bytes of a source description with this name. */
export function sourceDescriptionBytes(cname: Uint8Array): number {
  // Header, SSRC, item type and length, text, at least one zero byte, up to a whole word.
  return 4 + ((4 + 2 + cname.length + 1 + 3) & ~3)
}

/** Writes a source description with a CNAME of at most 255 bytes. */
export function writeCname(buffer: Uint8Array, at: number, ssrc: number, cname: Uint8Array): number {
  const end = at + sourceDescriptionBytes(cname)
  writeRtcpHeader(buffer, at, end, SOURCE_DESCRIPTION, 1)
  setU32(buffer, at + 4, ssrc)
  buffer[at + 8] = 1
  buffer[at + 9] = cname.length
  buffer.set(cname, at + 10)
  buffer.fill(0, at + 10 + cname.length, end)
  return end
}

/** Writes a BYE for one SSRC. */
export function writeGoodbye(buffer: Uint8Array, at: number, ssrc: number): number {
  writeRtcpHeader(buffer, at, at + 8, GOODBYE, 1)
  setU32(buffer, at + 4, ssrc)
  return at + 8
}
