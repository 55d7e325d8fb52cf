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
  try {
    const wrapped = WrappedJoinRequest.fromBinary(Buffer.from(parameter, 'base64'))
    const joinRequest =
      wrapped.compression === WrappedJoinRequest_Compression.GZIP
        ? gunzipSync(wrapped.joinRequest, { maxOutputLength: MAX_JOIN_REQUEST_BYTES })
        : wrapped.joinRequest
    JoinRequest.fromBinary(joinRequest)
    return { ok: true, joinRequest }
  } catch (error) {
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    return { ok: false, code: tooLarge ? 'too-large' : 'malformed' }
  }
}
