// Serves the LiveKit surface over HTTP: joins by WebSocket, their validation, and the RoomService (livekit-protocol.md 1).
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import {
  bearerToken,
  clientQuirks,
  decodeJoinRequest,
  verifyAccessToken,
  type ParticipantGrants,
} from '../wire/index.ts'
import type { JoinAnswer, JoinBroker } from './join-broker.ts'
import type { RoomDirectory } from './room-directory.ts'
import { SignalSocket } from './signal-socket.ts'
import { TokenBucket } from './token-bucket.ts'
import { serveTwirp } from './twirp-surface.ts'
import type { WorkerLink } from './worker-link.ts'

/** The sentence by which clients tell a missing room from a missing service; any other 404 makes them change the protocol. */
const ROOM_MISSING_TEXT = 'requested room does not exist'
/** Told to clients of the dual-connection protocol, which is not spoken here. */
const OLD_PROTOCOL_TEXT = 'this server speaks /rtc/v1 only: please use a newer LiveKit client'
/** Upgrades looked at in a second, token or not: a signature check takes about 0.1 ms, so a flood costs a twentieth of a core. */
const ATTEMPTS_PER_SECOND = 500
const ATTEMPT_BURST = 1_000
/** Joins with a good token in a second, for everyone together: a class of 30 that clicks at once passes, a loop does not. */
const JOINS_PER_SECOND = 50
const JOIN_BURST = 200
/** WebSocket messages of clients: the largest offers seen are below 100 kB. */
const MAX_FRAME_BYTES = 524_288

export interface HttpSurfaceOptions {
  readonly keys: ReadonlyMap<string, string>
  readonly directory: RoomDirectory
  readonly joins: JoinBroker
  readonly workers: readonly WorkerLink[]
  /** Whether a token may keep its holder off the others' lists. */
  readonly hiddenParticipants: boolean
}

interface Refusal {
  readonly status: number
  readonly text: string
}

interface CheckedJoin {
  readonly grants: ParticipantGrants
  readonly apiKey: string
  readonly room: string
  readonly joinRequest: Uint8Array
}

/** The LiveKit routes of one media server. */
export class HttpSurface {
  readonly #options: HttpSurfaceOptions
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  })
  readonly #attempts = new TokenBucket(ATTEMPT_BURST, ATTEMPTS_PER_SECOND, Date.now())
  readonly #permits = new TokenBucket(JOIN_BURST, JOINS_PER_SECOND, Date.now())

  constructor(options: HttpSurfaceOptions) {
    this.#options = options
  }

  handleRequest(request: IncomingMessage, response: ServerResponse): boolean {
    const { pathname } = urlOf(request)
    if (pathname.startsWith('/twirp/')) {
      void serveTwirp(this.#options, request, response, pathname)
      return true
    }
    if (pathname !== '/rtc' && !pathname.startsWith('/rtc/')) return false
    if (request.method === 'OPTIONS') respond(response, { status: 204, text: '' })
    else if (pathname === '/rtc/v1/validate') this.#validate(request, response)
    else respond(response, { status: 404, text: OLD_PROTOCOL_TEXT })
    return true
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const { pathname } = urlOf(request)
    if (pathname !== '/rtc' && !pathname.startsWith('/rtc/')) return false
    // A client that goes away while the worker is asked must not end the process.
    socket.on('error', () => socket.destroy())
    if (pathname === '/rtc/v1') this.#join(request, socket, head)
    else refuseUpgrade(socket, { status: 404, text: OLD_PROTOCOL_TEXT })
    return true
  }

  close(): void {
    this.#sockets.close()
  }

  /** Browsers do not see why an upgrade failed; they ask here (livekit-protocol.md 1.4). */
  #validate(request: IncomingMessage, response: ServerResponse): void {
    const checked = this.#check(request)
    if ('status' in checked) return respond(response, checked)
    const { grants, room } = checked
    if (grants.video.roomCreate !== true && !this.#options.directory.isLive(room))
      return respond(response, { status: 404, text: ROOM_MISSING_TEXT })
    respond(response, { status: 200, text: 'success' })
  }

  #join(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const now = Date.now()
    const tooMany = { status: 503, text: 'too many joins at once' }
    if (!this.#attempts.take(now)) return refuseUpgrade(socket, tooMany)
    const checked = this.#check(request)
    if ('status' in checked) return refuseUpgrade(socket, checked)
    // Only after the token: whoever has none cannot use up the permits of those who do.
    if (!this.#permits.take(now)) return refuseUpgrade(socket, tooMany)
    const { directory, joins } = this.#options
    const { firefox } = clientQuirks(request.headers['user-agent'])
    const attempt = { ...checked, firefox, worker: directory.workerFor(checked.room, now) }
    const connection = joins.join(attempt, (answer) => {
      if (!answer.ok) return refuseUpgrade(socket, refusalOf(answer))
      this.#sockets.handleUpgrade(request, socket, head, (websocket) => {
        const events = {
          onFrame: (data: Uint8Array) => joins.frame(connection, data),
          onClose: () => joins.closed(connection),
        }
        joins.attach(connection, new SignalSocket(websocket, events, Date.now))
      })
    })
  }

  #check(request: IncomingMessage): CheckedJoin | Refusal {
    const { searchParams } = urlOf(request)
    const token = bearerToken(request.headers.authorization) ?? searchParams.get('access_token') ?? ''
    const verified = verifyAccessToken(token, { keys: this.#options.keys, now: Date.now() })
    if (!verified.ok) return { status: 401, text: 'invalid token' }
    const { apiKey } = verified
    const grants = this.#options.hiddenParticipants
      ? verified.grants
      : { ...verified.grants, video: { ...verified.grants.video, hidden: false } }
    if (grants.identity === '') return { status: 400, text: 'identity cannot be empty' }
    if (grants.video.roomJoin !== true) return { status: 401, text: 'no permission to join' }
    const room = grants.video.room ?? ''
    if (room === '') return { status: 400, text: 'room name is missing' }
    const decoded = decodeJoinRequest(searchParams.get('join_request') ?? '')
    if (!decoded.ok) return { status: 400, text: `join_request: ${decoded.code}` }
    return { grants, apiKey, room, joinRequest: decoded.joinRequest }
  }
}

function urlOf(request: IncomingMessage): URL {
  // Some clients double the slash in front of the path.
  return new URL((request.url ?? '/').replace(/^\/{2,}/, '/'), 'http://runde.invalid')
}

function refusalOf(answer: Extract<JoinAnswer, { ok: false }>): Refusal {
  switch (answer.refusal) {
    case 'room-missing':
      return { status: 404, text: ROOM_MISSING_TEXT }
    case 'room-full':
      return { status: 503, text: 'room is full' }
    case 'worker-full':
    case 'unavailable':
      return { status: 503, text: 'no capacity at the moment' }
    case 'forbidden':
      return { status: 401, text: 'not permitted by the token' }
    case 'bad-request':
      return { status: 400, text: 'join request is not understood' }
  }
}

/** Every origin may ask: tokens decide, not origins (livekit-protocol.md 1.1). */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'OPTIONS, HEAD, GET, POST',
  'access-control-allow-headers': '*',
  'access-control-max-age': '86400',
} as const

function respond(response: ServerResponse, { status, text }: Refusal): void {
  response.writeHead(status, {
    ...CORS,
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.end(text)
}

function refuseUpgrade(socket: Duplex, { status, text }: Refusal): void {
  const body = Buffer.from(text)
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'connection: close',
    'content-type: text/plain; charset=utf-8',
    `content-length: ${body.length}`,
    ...Object.entries(CORS).map(([name, value]) => `${name}: ${value}`),
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`)
}
