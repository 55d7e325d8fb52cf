// Writes and reads the arrival times of transport-wide congestion control (draft-holmer-rmcat-transport-wide-cc-extensions-01, section 3.1).
import { setU16, setU24, setU32, u16, u24, u8 } from '../bytes.ts'
import { FORMAT_TRANSPORT_CC, TRANSPORT_FEEDBACK, writeRtcpHeader } from './rtcp-types.ts'

/** Status symbols of a packet. */
export const LOST = 0
export const SMALL_DELTA = 1
export const LARGE_DELTA = 2

/** Bytes before the chunks: header, both SSRCs, base, count, reference time, feedback count. */
export const TRANSPORT_FEEDBACK_HEADER_BYTES = 20

/** Symbols of one status vector chunk with one and with two bits each, and of a run-length chunk at most. */
const ONE_BIT_SYMBOLS = 14
const TWO_BIT_SYMBOLS = 7
const MAX_RUN = 0x1fff

/** What one feedback packet says; times in ticks of 250 us. */
export interface TransportFeedback {
  readonly senderSsrc: number
  readonly mediaSsrc: number
  readonly baseSequence: number
  /** 24 bits, in units of 64 ms. */
  readonly referenceTime: number
  readonly feedbackCount: number
  readonly statusCount: number
  /** One symbol per packet from the base on. */
  readonly statuses: Uint8Array
  /** One delta per packet, 0 for lost ones: 0 to 255 where the status is small, 16 signed bits where it is large. */
  readonly deltas: Int16Array
}

/** Writes a feedback packet and returns the offset behind it. */
export function writeTransportFeedback(buffer: Uint8Array, at: number, feedback: TransportFeedback): number {
  setU32(buffer, at + 4, feedback.senderSsrc)
  setU32(buffer, at + 8, feedback.mediaSsrc)
  setU16(buffer, at + 12, feedback.baseSequence)
  setU16(buffer, at + 14, feedback.statusCount)
  setU24(buffer, at + 16, feedback.referenceTime)
  buffer[at + 19] = feedback.feedbackCount
  let end = writeChunks(buffer, at + TRANSPORT_FEEDBACK_HEADER_BYTES, feedback)
  for (let index = 0; index < feedback.statusCount; index++) {
    const delta = feedback.deltas[index] ?? 0
    const status = feedback.statuses[index]
    if (status === SMALL_DELTA) buffer[end++] = delta
    if (status !== LARGE_DELTA) continue
    setU16(buffer, end, delta)
    end += 2
  }
  while ((end - at) % 4 !== 0) buffer[end++] = 0
  writeRtcpHeader(buffer, at, end, TRANSPORT_FEEDBACK, FORMAT_TRANSPORT_CC)
  return end
}

function writeChunks(buffer: Uint8Array, start: number, feedback: TransportFeedback): number {
  const { statuses, statusCount } = feedback
  let at = start
  let index = 0
  while (index < statusCount) {
    const run = runLength(statuses, index, statusCount)
    const near = Math.min(statusCount, index + ONE_BIT_SYMBOLS)
    const isSimple = !hasLarge(statuses, index, near)
    // Which form says most with its 16 bits: a run as long as what a vector could hold, else the vector.
    const vector = isSimple ? ONE_BIT_SYMBOLS : TWO_BIT_SYMBOLS
    if (run >= vector || index + run === statusCount) {
      setU16(buffer, at, ((statuses[index] ?? 0) << 13) | run)
      index += run
    } else {
      setU16(buffer, at, vectorChunk(statuses, index, statusCount, isSimple))
      index += vector
    }
    at += 2
  }
  return at
}

function runLength(statuses: Uint8Array, from: number, to: number): number {
  const status = statuses[from]
  const most = Math.min(to, from + MAX_RUN)
  let end = from + 1
  while (end < most && statuses[end] === status) end++
  return end - from
}

function hasLarge(statuses: Uint8Array, from: number, to: number): boolean {
  for (let index = from; index < to; index++) if (statuses[index] === LARGE_DELTA) return true
  return false
}

function vectorChunk(statuses: Uint8Array, from: number, to: number, isSimple: boolean): number {
  const bits = isSimple ? 1 : 2
  let chunk = isSimple ? 0x8000 : 0xc000
  for (let index = from; index < to && (index - from + 1) * bits <= ONE_BIT_SYMBOLS; index++) {
    chunk |= (statuses[index] ?? 0) << (ONE_BIT_SYMBOLS - (index - from + 1) * bits)
  }
  return chunk
}

/** Reads the feedback packet `[at, end)`; undefined if it is malformed. For senders, so it may make objects. */
export function readTransportFeedback(
  buffer: Uint8Array,
  at: number,
  end: number,
): TransportFeedback | undefined {
  if (end - at < TRANSPORT_FEEDBACK_HEADER_BYTES + 2) return undefined
  const statusCount = u16(buffer, at + 14)
  const statuses = new Uint8Array(statusCount)
  const deltas = new Int16Array(statusCount)
  let position = readChunks(buffer, at + TRANSPORT_FEEDBACK_HEADER_BYTES, end, statuses)
  for (let index = 0; index < statusCount; index++) {
    const status = statuses[index]
    if (status === SMALL_DELTA) deltas[index] = u8(buffer, position++)
    else if (status === LARGE_DELTA) {
      deltas[index] = u16(buffer, position)
      position += 2
    }
  }
  if (position > end) return undefined
  return {
    senderSsrc: u16(buffer, at + 4) * 0x10000 + u16(buffer, at + 6),
    mediaSsrc: u16(buffer, at + 8) * 0x10000 + u16(buffer, at + 10),
    baseSequence: u16(buffer, at + 12),
    referenceTime: u24(buffer, at + 16),
    feedbackCount: u8(buffer, at + 19),
    statusCount,
    statuses,
    deltas,
  }
}

/** Fills the statuses and returns the offset behind the chunks, beyond `end` if there are too few. */
function readChunks(buffer: Uint8Array, start: number, end: number, statuses: Uint8Array): number {
  let at = start
  let index = 0
  while (index < statuses.length) {
    if (at + 2 > end) return end + 1
    const chunk = u16(buffer, at)
    at += 2
    if ((chunk & 0x8000) === 0) {
      const run = chunk & MAX_RUN
      statuses.fill((chunk >> 13) & 3, index, index + run)
      // A run of nothing is legal and must not hold us up.
      index += run
      continue
    }
    const bits = (chunk & 0x4000) === 0 ? 1 : 2
    for (let shift = ONE_BIT_SYMBOLS - bits; shift >= 0 && index < statuses.length; shift -= bits) {
      statuses[index++] = (chunk >> shift) & (bits === 1 ? 1 : 3)
    }
  }
  return at
}
