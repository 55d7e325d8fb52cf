import { gzipSync } from 'node:zlib'
import {
  CreateRoomRequest,
  JoinRequest,
  MuteRoomTrackRequest,
  SignalRequest,
  WrappedJoinRequest,
  WrappedJoinRequest_Compression,
} from '@livekit/protocol'
import { expect, test, vi } from 'vitest'
import { mintAccessToken, verifyAccessToken } from './access-token.ts'
import { decodeJoinRequest } from './join-request.ts'
import { readTwirpRequest } from './twirp.ts'

// The fuzz command runs a hundred thousand cases.
vi.setConfig({ testTimeout: 600_000 })
const CASES = Number(process.env['RUNDE_FUZZ_CASES'] ?? '3000')

/** A seeded source of 32-bit numbers (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}

/** Flips, cuts, doubles or inserts a few bytes. */
function mutate(bytes: Uint8Array, random: () => number): Buffer {
  let result = Buffer.from(bytes)
  for (let edits = 1 + (random() % 4); edits > 0; edits -= 1) {
    const at = random() % (result.length + 1)
    const [head, tail] = [result.subarray(0, at), result.subarray(at)]
    switch (random() % 4) {
      case 0:
        if (at < result.length) result[at] = random() % 256
        break
      case 1:
        result = Buffer.from(head)
        break
      case 2:
        result = Buffer.concat([head, Buffer.from([random() % 256, random() % 256]), tail])
        break
      default:
        result = Buffer.concat([head, tail.subarray(random() % (tail.length + 1)), tail])
    }
  }
  return result
}

test('changed tokens are refused without throwing', () => {
  const random = seeded(1)
  const secret = 'a secret that is long enough for every library'
  const options = { apiKey: 'k', secret, lifetimeSeconds: 600, now: 1_790_000_000_000 }
  const token = mintAccessToken({ identity: 'ada', video: { roomJoin: true, room: 'r' } }, options)
  const keys = new Map([['k', secret]])
  const codes = new Set<string>()
  for (let round = 0; round < CASES; round += 1) {
    const changed = mutate(Buffer.from(token), random).toString('latin1')
    const result = verifyAccessToken(changed, { keys, now: options.now })
    // The last base64 character carries unused bits, so a changed text may decode to the same signature.
    const same = changed
      .split('.')
      .every((part, index) =>
        Buffer.from(part, 'base64url').equals(Buffer.from(token.split('.')[index] ?? '', 'base64url')),
      )
    expect(result.ok && !same).toBe(false)
    codes.add(result.ok ? 'same' : result.code)
  }
  expect([...codes]).toEqual(expect.arrayContaining(['malformed', 'bad-signature']))
})

test('join requests are read or refused', () => {
  const random = seeded(2)
  const request = new JoinRequest({
    metadata: 'm',
    participantAttributes: { a: 'b' },
    addTrackRequests: [{ cid: 'c' }],
  }).toBinary()
  const seeds = [
    new WrappedJoinRequest({ joinRequest: request }).toBinary(),
    new WrappedJoinRequest({
      compression: WrappedJoinRequest_Compression.GZIP,
      joinRequest: new Uint8Array(gzipSync(request)),
    }).toBinary(),
  ]
  const codes = new Set<string>()
  for (let round = 0; round < CASES; round += 1) {
    const bytes = mutate(seeds[round % 2] ?? request, random)
    const decoded = decodeJoinRequest(bytes.toString(round % 3 === 0 ? 'latin1' : 'base64url'))
    codes.add(decoded.ok ? 'ok' : decoded.code)
    if (decoded.ok) JoinRequest.fromBinary(decoded.joinRequest)
  }
  expect([...codes]).toEqual(expect.arrayContaining(['ok', 'malformed']))
})

test('RoomService bodies are read or refused', () => {
  const random = seeded(3)
  const create = new CreateRoomRequest({ name: 'blue', metadata: 'm', emptyTimeout: 5, tags: { a: 'b' } })
  const mute = new MuteRoomTrackRequest({ room: 'blue', identity: 'ada', trackSid: 'TR', muted: true })
  const codes = new Set<string>()
  for (let round = 0; round < CASES; round += 1) {
    const message = round % 2 === 0 ? create : mute
    const encoding = round % 4 < 2 ? 'json' : 'protobuf'
    const body = encoding === 'json' ? Buffer.from(message.toJsonString()) : message.toBinary()
    const read = readTwirpRequest(
      round % 2 === 0 ? 'CreateRoom' : 'MutePublishedTrack',
      encoding,
      mutate(body, random),
      {
        roomCreate: true,
        roomAdmin: true,
        room: 'blue',
      },
    )
    codes.add(read.ok ? 'ok' : read.code)
  }
  expect([...codes]).toEqual(expect.arrayContaining(['ok', 'malformed', 'permission_denied']))
})

test('signal messages are read, or throw errors that can be caught', () => {
  const random = seeded(4)
  const addTrack = { cid: 'c', layers: [{ width: 1 }], simulcastCodecs: [{ codec: 'vp8' }] }
  const seed = new SignalRequest({ message: { case: 'addTrack', value: addTrack } }).toBinary()
  const outcomes = new Set<string>()
  for (let round = 0; round < CASES; round += 1) {
    try {
      SignalRequest.fromBinary(mutate(seed, random))
      outcomes.add('read')
    } catch (error) {
      outcomes.add(error instanceof Error ? 'refused' : 'thrown')
    }
  }
  expect([...outcomes].sort()).toEqual(['read', 'refused'])
})
