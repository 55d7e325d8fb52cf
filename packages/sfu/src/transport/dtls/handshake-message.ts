// The frame of a handshake message and of its fragments (RFC 6347 section 4.2.2).
import { concat, uint } from './bytes.ts'

export const HANDSHAKE_HEADER_BYTES = 12

/** A whole message; `raw` is header and body unfragmented, as the transcript hashes it (RFC 6347 section 4.2.6). */
export interface HandshakeMessage {
  readonly type: number
  readonly sequence: number
  readonly body: Uint8Array
  readonly raw: Uint8Array
}

/** A piece of a message as it came in; `bytes` is a view into its record. */
export interface HandshakeFragment {
  readonly type: number
  /** Bytes of the whole message. */
  readonly length: number
  readonly sequence: number
  readonly offset: number
  readonly bytes: Uint8Array
}

/** Frames a body as one message with message_seq `sequence`. */
export function frameMessage(type: number, sequence: number, body: Uint8Array): HandshakeMessage {
  const raw = concat(fragmentHeader(type, body.length, sequence, 0, body.length), body)
  return { type, sequence, body: raw.subarray(HANDSHAKE_HEADER_BYTES), raw }
}

/** The 12 bytes before a fragment. */
export function fragmentHeader(
  type: number,
  length: number,
  sequence: number,
  offset: number,
  fragmentLength: number,
): Uint8Array {
  return concat(
    Uint8Array.of(type),
    uint(length, 3),
    uint(sequence, 2),
    uint(offset, 3),
    uint(fragmentLength, 3),
  )
}

/** The fragment at `start` of a handshake record, or undefined when its lengths contradict each other. */
export function readFragment(record: Uint8Array, start: number): HandshakeFragment | undefined {
  if (record.length - start < HANDSHAKE_HEADER_BYTES) return undefined
  const view = new DataView(record.buffer, record.byteOffset + start, HANDSHAKE_HEADER_BYTES)
  const length = (view.getUint8(1) << 16) | view.getUint16(2)
  const offset = (view.getUint8(6) << 16) | view.getUint16(7)
  const size = (view.getUint8(9) << 16) | view.getUint16(10)
  const begin = start + HANDSHAKE_HEADER_BYTES
  if (begin + size > record.length || offset + size > length) return undefined
  // A fragment of nothing moves nothing; only an empty message may come as one.
  if (size === 0 && length > 0) return undefined
  return {
    type: view.getUint8(0),
    length,
    sequence: view.getUint16(4),
    offset,
    bytes: record.subarray(begin, begin + size),
  }
}
