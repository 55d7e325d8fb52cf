// Walks and writes the type-length-value parameters inside INIT, RE-CONFIG and HEARTBEAT chunks and error causes (RFC 9260, 3.2.1).
import { padded, viewOf } from './packet.ts'

/** One parameter; `value` and `raw` are views, `raw` includes the 4-byte header. */
export interface Parameter {
  readonly type: number
  readonly value: Uint8Array
  readonly raw: Uint8Array
}

/** Parameter types of this association. */
export const ParameterType = {
  heartbeatInfo: 1,
  stateCookie: 7,
  unrecognized: 8,
  supportedExtensions: 0x8008,
  forwardTsnSupported: 0xc000,
} as const

/** Error causes we send in ERROR and ABORT chunks (RFC 9260, 3.3.10). */
export const ErrorCause = {
  invalidStream: 1,
  staleCookie: 3,
  unrecognizedChunk: 6,
  unrecognizedParameters: 8,
  noUserData: 9,
  userAbort: 12,
  protocolViolation: 13,
} as const

/** All parameters of `bytes`, or undefined when a length is wrong. */
export function decodeParameters(bytes: Uint8Array): Parameter[] | undefined {
  const view = viewOf(bytes)
  const parameters: Parameter[] = []
  let at = 0
  while (at + 4 <= bytes.length) {
    const length = view.getUint16(at + 2)
    if (length < 4 || at + length > bytes.length) return undefined
    parameters.push({
      type: view.getUint16(at),
      value: bytes.subarray(at + 4, at + length),
      raw: bytes.subarray(at, at + length),
    })
    at += padded(length)
  }
  return at < bytes.length ? undefined : parameters
}

/** One encoded parameter or error cause, padded to four bytes. */
export function encodeParameter(type: number, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(padded(4 + value.length))
  const view = viewOf(bytes)
  view.setUint16(0, type)
  view.setUint16(2, 4 + value.length)
  bytes.set(value, 4)
  return bytes
}

/** The byte strings one after the other. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
