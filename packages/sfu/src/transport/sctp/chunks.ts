// Reads and writes the chunks of an SCTP packet (RFC 9260, 3.3; FORWARD-TSN: RFC 3758, 3.2).
import { CHUNK_HEADER_BYTES, viewOf } from './packet.ts'

/** Chunk types we understand. I-DATA (64) is left out on purpose: it is not negotiated. */
export const ChunkType = {
  data: 0,
  init: 1,
  initAck: 2,
  sack: 3,
  heartbeat: 4,
  heartbeatAck: 5,
  abort: 6,
  shutdown: 7,
  shutdownAck: 8,
  error: 9,
  cookieEcho: 10,
  cookieAck: 11,
  shutdownComplete: 14,
  reconfig: 130,
  forwardTsn: 192,
} as const

/** Fixed part of a DATA chunk with its chunk header, bytes. */
export const DATA_HEADER_BYTES = 16

const FLAG_END = 1
const FLAG_BEGIN = 2
const FLAG_UNORDERED = 4
const FLAG_IMMEDIATE = 8
/** T bit of ABORT and SHUTDOWN-COMPLETE: the verification tag is the receiver's own, reflected. */
export const FLAG_REFLECTED_TAG = 1

/** A DATA chunk; `data` may be a view. TSN and SSN are wire values. */
export interface DataChunk {
  readonly tsn: number
  readonly streamId: number
  readonly ssn: number
  readonly ppid: number
  readonly unordered: boolean
  readonly begin: boolean
  readonly end: boolean
  /** The sender asks for a SACK without delay (RFC 9260, 3.3.1, I bit). */
  readonly immediate: boolean
  readonly data: Uint8Array
}

/** Received TSNs after the cumulative one, as distances from it, both ends included. */
export interface GapBlock {
  readonly start: number
  readonly end: number
}

export interface SackChunk {
  readonly cumulativeTsn: number
  readonly window: number
  readonly gaps: readonly GapBlock[]
  readonly duplicates: readonly number[]
}

/** Fixed fields of INIT and INIT-ACK; `parameters` holds the undecoded rest. */
export interface InitChunk {
  readonly tag: number
  readonly window: number
  readonly outboundStreams: number
  readonly inboundStreams: number
  readonly initialTsn: number
  readonly parameters: Uint8Array
}

export interface ForwardTsnChunk {
  readonly cumulativeTsn: number
  readonly streams: readonly { readonly streamId: number; readonly ssn: number }[]
}

/** A chunk of any type around `value`. */
export function encodeChunk(type: number, flags: number, value: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(CHUNK_HEADER_BYTES + value.length)
  writeHeader(viewOf(chunk), type, flags, chunk.length)
  chunk.set(value, CHUNK_HEADER_BYTES)
  return chunk
}

function writeHeader(view: DataView, type: number, flags: number, length: number): void {
  view.setUint8(0, type)
  view.setUint8(1, flags)
  view.setUint16(2, length)
}

/** Chunk header and fixed fields of a DATA chunk whose payload has `chunk.data.length` bytes. */
export function encodeDataHeader(chunk: DataChunk): Uint8Array {
  const header = new Uint8Array(DATA_HEADER_BYTES)
  const view = viewOf(header)
  const flags =
    (chunk.end ? FLAG_END : 0) |
    (chunk.begin ? FLAG_BEGIN : 0) |
    (chunk.unordered ? FLAG_UNORDERED : 0) |
    (chunk.immediate ? FLAG_IMMEDIATE : 0)
  writeHeader(view, ChunkType.data, flags, DATA_HEADER_BYTES + chunk.data.length)
  view.setUint32(4, chunk.tsn)
  view.setUint16(8, chunk.streamId)
  view.setUint16(10, chunk.ssn)
  view.setUint32(12, chunk.ppid)
  return header
}

/** Undefined when the fixed fields are cut off; an empty payload is the caller's matter (RFC 9260, 6.2). */
export function decodeData(flags: number, value: Uint8Array): DataChunk | undefined {
  if (value.length < 12) return undefined
  const view = viewOf(value)
  return {
    tsn: view.getUint32(0),
    streamId: view.getUint16(4),
    ssn: view.getUint16(6),
    ppid: view.getUint32(8),
    unordered: (flags & FLAG_UNORDERED) !== 0,
    begin: (flags & FLAG_BEGIN) !== 0,
    end: (flags & FLAG_END) !== 0,
    immediate: (flags & FLAG_IMMEDIATE) !== 0,
    data: value.subarray(12),
  }
}

export function encodeSack(sack: SackChunk): Uint8Array {
  const chunk = new Uint8Array(16 + 4 * (sack.gaps.length + sack.duplicates.length))
  const view = viewOf(chunk)
  writeHeader(view, ChunkType.sack, 0, chunk.length)
  view.setUint32(4, sack.cumulativeTsn)
  view.setUint32(8, sack.window)
  view.setUint16(12, sack.gaps.length)
  view.setUint16(14, sack.duplicates.length)
  let at = 16
  for (const gap of sack.gaps) {
    view.setUint16(at, gap.start)
    view.setUint16(at + 2, gap.end)
    at += 4
  }
  for (const tsn of sack.duplicates) {
    view.setUint32(at, tsn)
    at += 4
  }
  return chunk
}

/** Undefined when the counts do not match the length. */
export function decodeSack(value: Uint8Array): SackChunk | undefined {
  if (value.length < 12) return undefined
  const view = viewOf(value)
  const gapCount = view.getUint16(8)
  const duplicateCount = view.getUint16(10)
  if (value.length !== 12 + 4 * (gapCount + duplicateCount)) return undefined
  const gaps: GapBlock[] = []
  const duplicates: number[] = []
  let at = 12
  for (let index = 0; index < gapCount; index++, at += 4) {
    gaps.push({ start: view.getUint16(at), end: view.getUint16(at + 2) })
  }
  for (let index = 0; index < duplicateCount; index++, at += 4) duplicates.push(view.getUint32(at))
  return { cumulativeTsn: view.getUint32(0), window: view.getUint32(4), gaps, duplicates }
}

/** INIT or INIT-ACK, according to `type`. */
export function encodeInit(type: 1 | 2, init: InitChunk): Uint8Array {
  const chunk = new Uint8Array(20 + init.parameters.length)
  const view = viewOf(chunk)
  writeHeader(view, type, 0, chunk.length)
  view.setUint32(4, init.tag)
  view.setUint32(8, init.window)
  view.setUint16(12, init.outboundStreams)
  view.setUint16(14, init.inboundStreams)
  view.setUint32(16, init.initialTsn)
  chunk.set(init.parameters, 20)
  return chunk
}

export function decodeInit(value: Uint8Array): InitChunk | undefined {
  if (value.length < 16) return undefined
  const view = viewOf(value)
  return {
    tag: view.getUint32(0),
    window: view.getUint32(4),
    outboundStreams: view.getUint16(8),
    inboundStreams: view.getUint16(10),
    initialTsn: view.getUint32(12),
    parameters: value.subarray(16),
  }
}

export function encodeForwardTsn(forward: ForwardTsnChunk): Uint8Array {
  const chunk = new Uint8Array(8 + 4 * forward.streams.length)
  const view = viewOf(chunk)
  writeHeader(view, ChunkType.forwardTsn, 0, chunk.length)
  view.setUint32(4, forward.cumulativeTsn)
  let at = 8
  for (const stream of forward.streams) {
    view.setUint16(at, stream.streamId)
    view.setUint16(at + 2, stream.ssn)
    at += 4
  }
  return chunk
}

export function decodeForwardTsn(value: Uint8Array): ForwardTsnChunk | undefined {
  if (value.length < 4 || value.length % 4 !== 0) return undefined
  const view = viewOf(value)
  const streams: { streamId: number; ssn: number }[] = []
  for (let at = 4; at < value.length; at += 4) {
    streams.push({ streamId: view.getUint16(at), ssn: view.getUint16(at + 2) })
  }
  return { cumulativeTsn: view.getUint32(0), streams }
}

/** SHUTDOWN (RFC 9260, 3.3.8) with the last TSN received in sequence. */
export function encodeShutdown(cumulativeTsn: number): Uint8Array {
  const value = new Uint8Array(4)
  viewOf(value).setUint32(0, cumulativeTsn)
  return encodeChunk(ChunkType.shutdown, 0, value)
}
