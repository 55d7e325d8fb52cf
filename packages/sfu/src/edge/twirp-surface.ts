// Answers RoomService calls over HTTP: token, body, the worker that has the room, and the answer in Twirp's form.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { ListRoomsResponse } from '@livekit/protocol'
import {
  bearerToken,
  MAX_CALL_BYTES,
  readTwirpRequest,
  TWIRP_STATUS,
  twirpEncoding,
  twirpMethod,
  verifyAccessToken,
  writeTwirpResponse,
  type RoomServiceMethod,
  type TwirpCode,
} from '../wire/index.ts'
import type { RoomDirectory } from './room-directory.ts'
import { CallError, type WorkerLink } from './worker-link.ts'

export interface TwirpSurfaceOptions {
  readonly keys: ReadonlyMap<string, string>
  readonly directory: RoomDirectory
  readonly workers: readonly WorkerLink[]
}

/** Answers one call; always ends the response. */
export async function serveTwirp(
  options: TwirpSurfaceOptions,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): Promise<void> {
  try {
    await answer(options, request, response, pathname)
  } catch (error) {
    if (error instanceof CallError) fail(response, codeOf(error.code), error.message)
    else fail(response, 'internal', 'the call failed')
  }
}

async function answer(
  options: TwirpSurfaceOptions,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): Promise<void> {
  const method = twirpMethod(pathname)
  const encoding = twirpEncoding(request.headers['content-type'])
  if (method === 'bad_route' || request.method !== 'POST') return fail(response, 'bad_route', 'no such route')
  const token = verifyAccessToken(bearerToken(request.headers.authorization) ?? '', {
    keys: options.keys,
    now: Date.now(),
  })
  if (!token.ok) return fail(response, 'unauthenticated', 'invalid token')
  if (method === 'unimplemented') return fail(response, 'unimplemented', 'not offered by this server')
  if (!encoding)
    return fail(response, 'bad_route', 'content type must be application/json or application/protobuf')
  const body = await readBody(request)
  if (!body) {
    // What is left of the body is not read, so the connection cannot serve another request.
    response.setHeader('connection', 'close')
    return fail(response, 'invalid_argument', 'request is too large', 413)
  }
  const call = readTwirpRequest(method, encoding, body, token.grants.video)
  if (!call.ok) return fail(response, call.code, call.message)
  const result = await carryOut(options, method, call.request, call.room)
  response.writeHead(200, { 'content-type': `application/${encoding}`, 'cache-control': 'no-store' })
  response.end(writeTwirpResponse(method, encoding, result))
}

async function carryOut(
  options: TwirpSurfaceOptions,
  method: RoomServiceMethod,
  request: Uint8Array,
  room: string | undefined,
): Promise<Uint8Array> {
  const { directory, workers } = options
  if (room === undefined) {
    const lists = await Promise.all(workers.map((worker) => worker.call(method, request)))
    const rooms = lists.flatMap((list) => ListRoomsResponse.fromBinary(list).rooms)
    return new ListRoomsResponse({ rooms }).toBinary()
  }
  const index = method === 'CreateRoom' ? directory.workerFor(room, Date.now()) : directory.find(room)
  const worker = workers[index ?? -1]
  if (!worker) throw new CallError('not_found', 'requested room does not exist')
  const response = await worker.call(method, request)
  if (method === 'CreateRoom') directory.made(room, request)
  return response
}

/** The body, or undefined when it is too large. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    if (!(chunk instanceof Buffer)) return undefined
    size += chunk.length
    if (size > MAX_CALL_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function fail(
  response: ServerResponse,
  code: TwirpCode,
  msg: string,
  status: number = TWIRP_STATUS[code],
): void {
  // livekit-server-sdk compares this content type to the letter.
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify({ code, msg, meta: {} }))
}

function codeOf(code: string): TwirpCode {
  return Object.hasOwn(TWIRP_STATUS, code) ? (code as TwirpCode) : 'internal'
}
