import {
  ListRoomsRequest,
  ListRoomsResponse,
  MuteRoomTrackRequest,
  Room,
  RoomParticipantIdentity,
} from '@livekit/protocol'
import { RoomServiceClient } from 'livekit-server-sdk'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { bearerToken, verifyAccessToken, type VideoGrant } from './access-token.ts'
import {
  readTwirpRequest,
  TWIRP_STATUS,
  twirpEncoding,
  twirpMethod,
  writeTwirpResponse,
  type RoomServiceMethod,
} from './twirp.ts'

describe('routes', () => {
  test.each([
    ['/twirp/livekit.RoomService/ListRooms', 'ListRooms'],
    ['/twirp/livekit.RoomService/SendData', 'unimplemented'],
    ['/twirp/livekit.RoomService/toString', 'unimplemented'],
    ['/twirp/livekit.Egress/ListEgress', 'unimplemented'],
    ['/twirp/livekit.RoomService/ListRooms/', 'bad_route'],
    ['/twirp/livekit.RoomService', 'bad_route'],
    ['/twirp/other.Service/Method', 'bad_route'],
    ['/twirp/', 'bad_route'],
  ])('%s is %s', (path, method) => {
    expect(twirpMethod(path)).toBe(method)
  })

  test.each([
    ['application/json;charset=UTF-8', 'json'],
    ['Application/JSON', 'json'],
    ['application/protobuf', 'protobuf'],
    ['text/plain', undefined],
    [undefined, undefined],
  ])('%s is %s', (type, encoding) => {
    expect(twirpEncoding(type)).toBe(encoding)
  })
})

describe('requests', () => {
  const admin: VideoGrant = { roomAdmin: true, room: 'blue' }
  const identity = new RoomParticipantIdentity({ room: 'blue', identity: 'ada' })
  const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))

  test('come in both encodings and leave as protobuf', () => {
    const expected = { ok: true, room: 'blue', request: identity.toBinary() }
    expect(
      readTwirpRequest('GetParticipant', 'json', json({ room: 'blue', identity: 'ada' }), admin),
    ).toEqual(expected)
    expect(readTwirpRequest('GetParticipant', 'protobuf', identity.toBinary(), admin)).toEqual(expected)
  })

  test('names of fields may be written in both ways, and unknown ones are passed over', () => {
    const read = (key: string): unknown =>
      readTwirpRequest(
        'MutePublishedTrack',
        'json',
        json({ room: 'blue', [key]: 'TR_1', novelty: [] }),
        admin,
      )
    const request = new MuteRoomTrackRequest({ room: 'blue', trackSid: 'TR_1' }).toBinary()
    expect(read('track_sid')).toEqual({ ok: true, room: 'blue', request })
    expect(read('trackSid')).toEqual({ ok: true, room: 'blue', request })
  })

  test('a list of rooms is about no room', () => {
    const request = new ListRoomsRequest({ names: ['a'] }).toBinary()
    expect(readTwirpRequest('ListRooms', 'protobuf', request, { roomList: true })).toEqual({
      ok: true,
      room: undefined,
      request,
    })
  })

  test.each<[RoomServiceMethod, VideoGrant, boolean]>([
    ['CreateRoom', { roomCreate: true }, true],
    ['CreateRoom', { roomAdmin: true, room: 'blue', roomList: true, roomJoin: true }, false],
    ['DeleteRoom', { roomCreate: true }, true],
    ['DeleteRoom', { roomAdmin: true, room: 'blue' }, false],
    ['ListRooms', { roomList: true }, true],
    ['ListRooms', { roomCreate: true, roomAdmin: true, room: 'blue' }, false],
    ...(['ListParticipants', 'GetParticipant', 'RemoveParticipant', 'MutePublishedTrack'] as const).flatMap(
      (method): [RoomServiceMethod, VideoGrant, boolean][] => [
        [method, { roomAdmin: true, room: 'blue' }, true],
        [method, { roomAdmin: true, room: 'red' }, false],
        [method, { roomAdmin: true }, false],
        [method, { roomAdmin: false, room: 'blue' }, false],
        [method, { roomJoin: true, room: 'blue', roomCreate: true, roomList: true }, false],
      ],
    ),
  ])('%s with %j: %s', (method, grant, ok) => {
    const body = json(method === 'CreateRoom' ? { name: 'blue' } : { room: 'blue' })
    expect(readTwirpRequest(method, 'json', body, grant)).toMatchObject(
      ok ? { ok } : { ok, code: 'permission_denied' },
    )
  })

  test.each<[string, 'json' | 'protobuf', Uint8Array]>([
    ['no JSON', 'json', Buffer.from('{')],
    ['a list', 'json', Buffer.from('[]')],
    ['a field of another type', 'json', json({ room: 7 })],
    ['nothing at all', 'json', new Uint8Array()],
    ['JSON nested a million times', 'json', Buffer.from('['.repeat(1_000_000))],
    ['a cut protobuf', 'protobuf', Buffer.from([0x0a, 0x7f, 0x41])],
    ['a protobuf of nested groups', 'protobuf', Buffer.alloc(1_000_000, 0x7b)],
  ])('%s is malformed', (_, encoding, body) => {
    expect(readTwirpRequest('GetParticipant', encoding, body, admin)).toMatchObject({
      ok: false,
      code: 'malformed',
    })
  })

  test('responses name their defaults in JSON', () => {
    const response = new ListRoomsResponse({ rooms: [new Room({ name: 'blue' })] }).toBinary()
    expect(writeTwirpResponse('ListRooms', 'protobuf', response)).toBe(response)
    expect(JSON.parse(String(writeTwirpResponse('ListRooms', 'json', response)))).toMatchObject({
      rooms: [{ name: 'blue', metadata: '', numParticipants: 0 }],
    })
  })
})

describe('with the LiveKit server SDK', () => {
  const keys = new Map([['devkey', 'a secret that is long enough for every library']])
  const client = new RoomServiceClient('http://sfu.invalid', 'devkey', keys.get('devkey'))

  afterEach(() => {
    vi.unstubAllGlobals()
  })

  /** Answers the SDK's requests as the edge does, with one prepared response. */
  function serve(response: Uint8Array): {
    readonly calls: { readonly method: RoomServiceMethod; readonly request: Uint8Array }[]
  } {
    const calls: { method: RoomServiceMethod; request: Uint8Array }[] = []
    vi.stubGlobal('fetch', async (url: URL, init: RequestInit): Promise<Response> => {
      const headers = new Headers(init.headers)
      const method = twirpMethod(url.pathname)
      const encoding = twirpEncoding(headers.get('content-type') ?? undefined)
      const token = verifyAccessToken(bearerToken(headers.get('authorization') ?? undefined) ?? '', {
        keys,
        now: Date.now(),
      })
      if (method === 'bad_route' || method === 'unimplemented' || !encoding || !token.ok)
        return failure('unimplemented')
      const read = readTwirpRequest(
        method,
        encoding,
        Buffer.from(typeof init.body === 'string' ? init.body : ''),
        token.grants.video,
      )
      if (!read.ok) return failure(read.code)
      calls.push({ method, request: read.request })
      return new Response(String(writeTwirpResponse(method, encoding, response)))
    })
    return { calls }
  }

  function failure(code: keyof typeof TWIRP_STATUS): Response {
    const headers = { 'content-type': 'application/json' }
    return new Response(JSON.stringify({ code, msg: 'why', meta: {} }), {
      status: TWIRP_STATUS[code],
      headers,
    })
  }

  test('it reads the list of rooms', async () => {
    const { calls } = serve(
      new ListRoomsResponse({ rooms: [new Room({ name: 'blue', numParticipants: 3 })] }).toBinary(),
    )
    const rooms = await client.listRooms(['blue'])
    expect(rooms).toMatchObject([{ name: 'blue', numParticipants: 3 }])
    expect(calls).toEqual([
      { method: 'ListRooms', request: new ListRoomsRequest({ names: ['blue'] }).toBinary() },
    ])
  })

  test('its other calls reach their methods with sufficient grants', async () => {
    const { calls } = serve(new Uint8Array())
    await client.createRoom({ name: 'blue', emptyTimeout: 60, maxParticipants: 5 })
    await client.listParticipants('blue')
    await client.getParticipant('blue', 'ada')
    await client.mutePublishedTrack('blue', 'ada', 'TR_1', true)
    await client.removeParticipant('blue', 'ada')
    await client.deleteRoom('blue')
    expect(calls.map(({ method }) => method)).toEqual([
      'CreateRoom',
      'ListParticipants',
      'GetParticipant',
      'MutePublishedTrack',
      'RemoveParticipant',
      'DeleteRoom',
    ])
  })

  test('it understands our errors', async () => {
    serve(new Uint8Array())
    await expect(client.updateRoomMetadata('blue', 'x')).rejects.toMatchObject({
      status: 501,
      code: 'unimplemented',
      message: 'why',
    })
  })
})
