// Cuts a datagram into DTLS records and writes the 13 bytes before each (RFC 6347 section 4.1).
import { MAX_PLAINTEXT } from './limits.ts'
import { ContentType, DTLS_1_0, DTLS_1_2 } from './protocol.ts'

export const RECORD_HEADER_BYTES = 13

/** What AES-GCM adds to a plaintext: 8 bytes of explicit nonce and 16 of tag (RFC 5288 section 3). */
export const AEAD_OVERHEAD = 24

/** A record inside a datagram; `body` is a view, copy what must outlive the call. */
export interface DtlsRecord {
  readonly type: number
  readonly version: number
  readonly epoch: number
  /** 48 bits. */
  readonly sequence: number
  readonly body: Uint8Array
}

/**
 * The record that starts at `offset`, or undefined when what stands there is none of DTLS 1.2: an unknown content type
 * (heartbeats, connection ids, DTLS 1.3's unified header), a foreign version or a length that does not fit. Where one
 * record cannot be trusted, its length cannot either: the rest of the datagram is to be dropped.
 */
export function readRecord(datagram: Uint8Array, offset: number): DtlsRecord | undefined {
  if (datagram.length - offset < RECORD_HEADER_BYTES) return undefined
  const view = new DataView(datagram.buffer, datagram.byteOffset + offset, RECORD_HEADER_BYTES)
  const type = view.getUint8(0)
  if (type < ContentType.changeCipherSpec || type > ContentType.applicationData) return undefined
  const version = view.getUint16(1)
  const epoch = view.getUint16(3)
  // The first ClientHello may say 1.0 in its record header (RFC 6347 section 4.2.1).
  if (version !== DTLS_1_2 && !(version === DTLS_1_0 && epoch === 0)) return undefined
  const length = view.getUint16(11)
  const start = offset + RECORD_HEADER_BYTES
  if (length > MAX_PLAINTEXT + AEAD_OVERHEAD || start + length > datagram.length) return undefined
  const sequence = view.getUint16(5) * 2 ** 32 + view.getUint32(7)
  return { type, version, epoch, sequence, body: datagram.subarray(start, start + length) }
}

/** Writes a record header for a body of `length` bytes at the start of `target`. */
export function writeRecordHeader(
  target: Uint8Array,
  type: number,
  epoch: number,
  sequence: number,
  length: number,
): void {
  const view = new DataView(target.buffer, target.byteOffset, RECORD_HEADER_BYTES)
  view.setUint8(0, type)
  view.setUint16(1, DTLS_1_2)
  view.setUint16(3, epoch)
  view.setUint16(5, Math.floor(sequence / 2 ** 32))
  view.setUint32(7, sequence % 2 ** 32)
  view.setUint16(11, length)
}
