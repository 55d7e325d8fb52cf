import { gzipSync } from 'node:zlib'
import {
  ConnectionSettings,
  JoinRequest,
  SessionDescription,
  WrappedJoinRequest,
  WrappedJoinRequest_Compression,
} from '@livekit/protocol'
import { describe, expect, test } from 'vitest'
import { decodeJoinRequest } from './join-request.ts'

const request = new JoinRequest({
  connectionSettings: new ConnectionSettings({ autoSubscribe: true, adaptiveStream: true }),
  publisherOffer: new SessionDescription({ type: 'offer', sdp: 'v=0\r\n', id: 1 }),
  participantAttributes: { a: 'b' },
}).toBinary()

const { NONE, GZIP } = WrappedJoinRequest_Compression
const wrap = (compression: WrappedJoinRequest_Compression, bytes: Uint8Array): Buffer =>
  Buffer.from(new WrappedJoinRequest({ compression, joinRequest: new Uint8Array(bytes) }).toBinary())
const plain = wrap(NONE, request)
/** Field 1 is the compression: bytes 08 02 name one that does not exist. */
const unknown = Buffer.concat([Buffer.from([8, 2]), plain])
const zipped = wrap(GZIP, gzipSync(request))

describe('join requests', () => {
  test.each<[string, string]>([
    ['base64url without padding, as livekit-client sends it', zipped.toString('base64url')],
    ['base64url with padding', zipped.toString('base64url').padEnd(Math.ceil(zipped.length / 3) * 4, '=')],
    ['standard base64', zipped.toString('base64')],
    ['not compressed', plain.toString('base64url')],
  ])('%s', (_, parameter) => {
    const decoded = decodeJoinRequest(parameter)
    expect(decoded.ok && Buffer.from(decoded.joinRequest)).toEqual(Buffer.from(request))
  })

  test('a plus sign that a query parser turned into a space', () => {
    // 0xfb 0xef encodes to characters that differ between the alphabets.
    const special = wrap(NONE, new JoinRequest({ metadata: '\u{fbefb}>>>???~~~' }).toBinary()).toString(
      'base64',
    )
    expect(special).toContain('+')
    expect(decodeJoinRequest(special.replaceAll('+', ' '))).toEqual(decodeJoinRequest(special))
    expect(decodeJoinRequest(special.replaceAll('+', ' ')).ok).toBe(true)
  })

  test.each<[string, string, string]>([
    ['nothing', '', 'missing'],
    ['no protobuf', Buffer.from('hello there, this is text').toString('base64url'), 'malformed'],
    ['no gzip', wrap(GZIP, request).toString('base64url'), 'malformed'],
    ['a cut gzip stream', wrap(GZIP, gzipSync(request).subarray(0, -9)).toString('base64url'), 'malformed'],
    ['a compression we do not know', unknown.toString('base64url'), 'malformed'],
    [
      'a wrapped request that is none',
      wrap(NONE, Buffer.from([0x0a, 0xff])).toString('base64url'),
      'malformed',
    ],
    ['a parameter longer than any URL', 'a'.repeat(65_537), 'too-large'],
    ['2 MiB in 2 kB', wrap(GZIP, gzipSync(Buffer.alloc(2_097_152))).toString('base64url'), 'too-large'],
    ['a bomb of 45 MB', wrap(GZIP, gzipSync(Buffer.alloc(45_000_000))).toString('base64url'), 'too-large'],
  ])('%s is refused', (_, parameter, code) => {
    expect(decodeJoinRequest(parameter)).toEqual({ ok: false, code })
  })

  test('a request of nearly 1 MiB fits, one a little larger does not', () => {
    const sized = (bytes: number): string =>
      wrap(GZIP, gzipSync(new JoinRequest({ metadata: 'm'.repeat(bytes) }).toBinary())).toString('base64url')
    expect(decodeJoinRequest(sized(1_048_500)).ok).toBe(true)
    expect(decodeJoinRequest(sized(1_048_577)).ok).toBe(false)
  })
})
