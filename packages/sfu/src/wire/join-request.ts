// Reads the `join_request` parameter of the single-connection join (livekit-protocol.md 1.3).
import { gunzipSync } from 'node:zlib'
import { JoinRequest, WrappedJoinRequest, WrappedJoinRequest_Compression } from '@livekit/protocol'
import { MAX_JOIN_PARAMETER_CHARS, MAX_JOIN_REQUEST_BYTES } from './limits.ts'

export type JoinRequestRefusal = 'missing' | 'too-large' | 'malformed'

export type JoinRequestResult =
  | { readonly ok: true; readonly joinRequest: Uint8Array }
  | { readonly ok: false; readonly code: JoinRequestRefusal }

/** Unwraps and inflates the parameter; the bytes are a readable JoinRequest. Padded and unpadded base64 of both alphabets are taken. */
export function decodeJoinRequest(parameter: string): JoinRequestResult {
  if (parameter === '') return { ok: false, code: 'missing' }
  if (parameter.length > MAX_JOIN_PARAMETER_CHARS) return { ok: false, code: 'too-large' }
  // A `+` of the standard alphabet that was not percent-encoded arrives as a space.
  const text = parameter.replaceAll(' ', '+')
  // Buffer skips what is not base64 instead of refusing it.
  if (!/^[\w+/-]+={0,2}$/.test(text)) return { ok: false, code: 'malformed' }
  try {
    const wrapped = WrappedJoinRequest.fromBinary(Buffer.from(text, 'base64'))
    const joinRequest = inflated(wrapped)
    if (joinRequest === undefined) return { ok: false, code: 'malformed' }
    JoinRequest.fromBinary(joinRequest)
    return { ok: true, joinRequest }
  } catch (error) {
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    return { ok: false, code: tooLarge ? 'too-large' : 'malformed' }
  }
}

/** Undefined for a compression that is newer than we are. Throws what zlib throws. */
function inflated({ compression, joinRequest }: WrappedJoinRequest): Uint8Array | undefined {
  switch (compression) {
    case WrappedJoinRequest_Compression.NONE:
      return joinRequest
    case WrappedJoinRequest_Compression.GZIP:
      return gunzipSync(joinRequest, { maxOutputLength: MAX_JOIN_REQUEST_BYTES })
    default:
      return undefined
  }
}
