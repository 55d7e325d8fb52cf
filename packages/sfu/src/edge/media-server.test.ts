// The LiveKit surface over real HTTP and WebSockets: what is let in, what is refused, and in which words.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSocket } from 'node:dgram'
import { ClientInfo, JoinRequest, SignalResponse, WrappedJoinRequest } from '@livekit/protocol'
import { AccessToken, RoomServiceClient, type VideoGrant } from 'livekit-server-sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { LogFields } from './log.ts'
import { createMediaServer, type MediaServer, type MediaServerEvent } from './media-server.ts'
import { WorkerStartError } from './worker-link.ts'

const KEY = 'testkey'
const SECRET = 'a secret of more than thirty-two characters'
const UDP_PORT = 20_000 + (process.pid % 20_000)

let media: MediaServer
let http: Server
let host = ''
const events: MediaServerEvent[] = []
const lines: { event: string; fields: LogFields }[] = []

beforeAll(async () => {
  media = await createMediaServer({
    keys: new Map([[KEY, SECRET]]),
    udpPort: UDP_PORT,
    workers: 2,
    announcedAddresses: ['127.0.0.1'],
    bindAddresses: ['127.0.0.1'],
    log: (_level, event, fields) => lines.push({ event, fields }),
  })
  media.onEvent((event) => events.push(event))
  http = createServer((request, response) => {
    if (!media.handleRequest(request, response)) response.writeHead(418).end()
  })
  http.on('upgrade', (request, socket, head) => {
    if (!media.handleUpgrade(request, socket, head)) socket.destroy()
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  host = `127.0.0.1:${(http.address() as AddressInfo).port}`
})

afterAll(async () => {
  await media.close()
  http.closeAllConnections()
  await new Promise((resolve) => http.close(resolve))
})

function token(grant: VideoGrant, identity = 'anna'): Promise<string> {
  const access = new AccessToken(KEY, SECRET, { identity, ttl: 60 })
  access.addGrant(grant)
  return access.toJwt()
}

function joinParameter(
  request: Partial<JoinRequest> = { metadata: '', clientInfo: new ClientInfo({ protocol: 16 }) },
): string {
  const joinRequest = new JoinRequest(request).toBinary()
  return Buffer.from(new WrappedJoinRequest({ joinRequest }).toBinary()).toString('base64url')
}

async function validate(jwt: string, parameter: string = joinParameter()): Promise<[number, string]> {
  const response = await fetch(`http://${host}/rtc/v1/validate?access_token=${jwt}&join_request=${parameter}`)
  return [response.status, await response.text()]
}

interface Connection {
  readonly frames: SignalResponse[]
  readonly status: number
  readonly code: number
}

/** Opens a WebSocket and waits until it was refused, or closed after `frames` frames. */
function connect(path: string, frames = 1, first?: Uint8Array | string): Promise<Connection> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://${host}${path}`)
    const heard: SignalResponse[] = []
    let status = 101
    socket.on('open', () => first !== undefined && socket.send(first))
    socket.on('unexpected-response', (_request, response) => {
      status = response.statusCode ?? 0
      socket.terminate()
      resolve({ frames: heard, status, code: 0 })
    })
    socket.on('error', () => undefined)
    socket.on('message', (data: Buffer) => {
      heard.push(SignalResponse.fromBinary(data))
      if (heard.length === frames) socket.close()
    })
    socket.on('close', (code) => resolve({ frames: heard, status, code }))
  })
}

describe('validation, which browsers ask after a refused upgrade', () => {
  it('accepts a token that may make its room', async () => {
    expect(await validate(await token({ roomJoin: true, roomCreate: true, room: 'v' }))).toEqual([
      200,
      'success',
    ])
  })

  it('names a missing room with the sentence that clients look for', async () => {
    const [status, text] = await validate(await token({ roomJoin: true, room: 'missing' }))
    expect(status).toBe(404)
    expect(text).toContain('requested room does not exist')
  })

  it('tells apart what is wrong', async () => {
    expect((await validate('nonsense'))[0]).toBe(401)
    expect((await validate(await token({ room: 'v' })))[0]).toBe(401)
    expect((await validate(await token({ roomJoin: true })))[0]).toBe(400)
    const good = await token({ roomJoin: true, roomCreate: true, room: 'v' })
    expect((await validate(good, ''))[0]).toBe(400)
    expect((await validate(good, '!!!'))[0]).toBe(400)
  })

  it('may be asked from any origin', async () => {
    const response = await fetch(`http://${host}/rtc/v1/validate`, { method: 'OPTIONS' })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
  })
})

describe('joining', () => {
  it('sends the JoinResponse as the first frame', async () => {
    const jwt = await token({ roomJoin: true, roomCreate: true, room: 'first' })
    const { frames, status } = await connect(`/rtc/v1?access_token=${jwt}&join_request=${joinParameter()}`)
    expect(status).toBe(101)
    expect(frames[0]?.message.case).toBe('join')
  })

  it('takes a doubled slash in front of the path', async () => {
    const jwt = await token({ roomJoin: true, roomCreate: true, room: 'slash' })
    const { status } = await connect(`//rtc/v1?access_token=${jwt}&join_request=${joinParameter()}`)
    expect(status).toBe(101)
  })

  it('refuses the two-connection protocol with a 404 that is not the missing-room text', async () => {
    expect((await connect('/rtc?access_token=x')).status).toBe(404)
    const response = await fetch(`http://${host}/rtc/validate`)
    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain('requested room does not exist')
  })

  it('refuses at the upgrade: no token 401, missing room 404', async () => {
    const path = `/rtc/v1?join_request=${joinParameter()}`
    expect((await connect(path)).status).toBe(401)
    const jwt = await token({ roomJoin: true, room: 'missing' })
    expect((await connect(`${path}&access_token=${jwt}`)).status).toBe(404)
  })

  it('closes the socket of a client that sends text, and the session of one that sends nonsense', async () => {
    const jwt = await token({ roomJoin: true, roomCreate: true, room: 'odd' })
    const path = `/rtc/v1?access_token=${jwt}&join_request=${joinParameter()}`
    expect((await connect(path, 99, '{"ping":1}')).code).toBe(1003)
    const { frames, code } = await connect(path, 99, new Uint8Array([255, 255, 255]))
    expect(frames.at(-1)?.message.case).toBe('leave')
    expect(code).toBe(1000)
  })

  it('sends an older stay of the same identity off', async () => {
    const jwt = await token({ roomJoin: true, roomCreate: true, room: 'twice' })
    const path = `/rtc/v1?access_token=${jwt}&join_request=${joinParameter()}`
    const first = connect(path, 99)
    await expect
      .poll(() => media.participantCount('twice') >= 0 && events.some((e) => e.room === 'twice'))
      .toBe(true)
    await connect(path, 1)
    expect((await first).frames.at(-1)?.message.case).toBe('leave')
  })

  it('leaves every other path alone', async () => {
    expect((await fetch(`http://${host}/rtcx`)).status).toBe(418)
  })
})

describe('the RoomService', () => {
  const client = (): RoomServiceClient => new RoomServiceClient(`http://${host}`, KEY, SECRET)

  it('makes, lists and deletes rooms on both workers', async () => {
    await client().createRoom({ name: 'a', maxParticipants: 5, metadata: 'm' })
    await client().createRoom({ name: 'b' })
    const listed = await client().listRooms(['a', 'b'])
    const rooms = listed.toSorted((one, other) => one.name.localeCompare(other.name))
    expect(rooms.map((room) => [room.name, room.maxParticipants, room.metadata])).toEqual([
      ['a', 5, 'm'],
      ['b', 500, ''],
    ])
    expect(await validate(await token({ roomJoin: true, room: 'a' }))).toEqual([200, 'success'])
    await client().deleteRoom('a')
    expect(await client().listRooms(['a'])).toEqual([])
    await expect(client().deleteRoom('a')).rejects.toMatchObject({ status: 404 })
    expect(events.filter((event) => event.room === 'a').map((event) => event.kind)).toEqual([
      'room_started',
      'room_finished',
    ])
  })

  it('answers without a token, with a foreign one and for what is not offered in Twirp form', async () => {
    const url = `http://${host}/twirp/livekit.RoomService/ListRooms`
    const headers = { 'content-type': 'application/json' }
    const bare = await fetch(url, { method: 'POST', headers, body: '{}' })
    expect([
      bare.status,
      bare.headers.get('content-type'),
      ((await bare.json()) as { code: string }).code,
    ]).toEqual([401, 'application/json', 'unauthenticated'])
    const withGrant = async (grant: VideoGrant, path: string, body = '{}'): Promise<number> => {
      const authorization = `Bearer ${await token(grant)}`
      const to = `http://${host}/twirp/livekit.${path}`
      return (await fetch(to, { method: 'POST', headers: { ...headers, authorization }, body })).status
    }
    expect(await withGrant({}, 'RoomService/ListRooms')).toBe(403)
    expect(await withGrant({ roomList: true }, 'RoomService/ListRooms')).toBe(200)
    expect(await withGrant({ roomList: true }, 'Egress/ListEgress')).toBe(501)
    expect(await withGrant({ roomList: true }, 'RoomService/ListRooms', '{"names":[')).toBe(400)
    expect(await withGrant({ roomList: true }, 'RoomService/ListRooms', ' '.repeat(1_100_000))).toBe(413)
    expect(
      await withGrant({ roomAdmin: true, room: 'other' }, 'RoomService/ListParticipants', '{"room":"b"}'),
    ).toBe(403)
  })
})

describe('starting', () => {
  it('says which UDP port is taken, and leaves nothing running', async () => {
    const taken = createSocket('udp4')
    const port = UDP_PORT + 100
    await new Promise<void>((resolve) => taken.bind(port, '127.0.0.1', resolve))
    const start = createMediaServer({ keys: new Map(), udpPort: port, bindAddresses: ['127.0.0.1'] })
    await expect(start).rejects.toBeInstanceOf(WorkerStartError)
    await expect(start).rejects.toMatchObject({ code: 'EADDRINUSE', udpPort: port })
    taken.close()
  })

  it('logs sids, counts and reasons only', () => {
    const text = JSON.stringify(lines)
    expect(lines.length).toBeGreaterThan(0)
    expect(text).not.toMatch(/anna|127\.0\.0\.1/)
  })
})
