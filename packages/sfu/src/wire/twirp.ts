// Speaks Twirp for the RoomService: which call a path means, who may make it, and its two encodings (livekit-protocol.md 1.6).
import type { AnyMessage, MessageType } from '@bufbuild/protobuf'
import {
  CreateRoomRequest,
  DeleteRoomRequest,
  DeleteRoomResponse,
  ListParticipantsRequest,
  ListParticipantsResponse,
  ListRoomsRequest,
  ListRoomsResponse,
  MuteRoomTrackRequest,
  MuteRoomTrackResponse,
  ParticipantInfo,
  RemoveParticipantResponse,
  Room,
  RoomParticipantIdentity,
} from '@livekit/protocol'
import type { VideoGrant } from './access-token.ts'

/** Twirp's error codes that occur here, with their HTTP status. */
export const TWIRP_STATUS: Readonly<Record<TwirpCode, number>> = {
  bad_route: 404,
  failed_precondition: 412,
  internal: 500,
  invalid_argument: 400,
  malformed: 400,
  not_found: 404,
  permission_denied: 403,
  resource_exhausted: 429,
  unauthenticated: 401,
  unavailable: 503,
  unimplemented: 501,
}

export type TwirpCode =
  | 'bad_route'
  | 'failed_precondition'
  | 'internal'
  | 'invalid_argument'
  | 'malformed'
  | 'not_found'
  | 'permission_denied'
  | 'resource_exhausted'
  | 'unauthenticated'
  | 'unavailable'
  | 'unimplemented'

/** The calls that are answered. */
export type RoomServiceMethod =
  | 'CreateRoom'
  | 'ListRooms'
  | 'DeleteRoom'
  | 'ListParticipants'
  | 'GetParticipant'
  | 'RemoveParticipant'
  | 'MutePublishedTrack'

interface MethodShape {
  readonly request: MessageType
  readonly response: MessageType
  /** Field of the request that names the room; undefined for calls about no room in particular. */
  readonly roomField: 'name' | 'room' | undefined
  readonly allowed: (grant: VideoGrant, room: string) => boolean
}

const administers = (grant: VideoGrant, room: string): boolean =>
  grant.roomAdmin === true && grant.room === room
const creates = (grant: VideoGrant): boolean => grant.roomCreate === true
const lists = (grant: VideoGrant): boolean => grant.roomList === true

const METHODS: Readonly<Record<RoomServiceMethod, MethodShape>> = {
  CreateRoom: { request: CreateRoomRequest, response: Room, roomField: 'name', allowed: creates },
  ListRooms: { request: ListRoomsRequest, response: ListRoomsResponse, roomField: undefined, allowed: lists },
  DeleteRoom: {
    request: DeleteRoomRequest,
    response: DeleteRoomResponse,
    roomField: 'room',
    allowed: creates,
  },
  ListParticipants: {
    request: ListParticipantsRequest,
    response: ListParticipantsResponse,
    roomField: 'room',
    allowed: administers,
  },
  GetParticipant: {
    request: RoomParticipantIdentity,
    response: ParticipantInfo,
    roomField: 'room',
    allowed: administers,
  },
  RemoveParticipant: {
    request: RoomParticipantIdentity,
    response: RemoveParticipantResponse,
    roomField: 'room',
    allowed: administers,
  },
  MutePublishedTrack: {
    request: MuteRoomTrackRequest,
    response: MuteRoomTrackResponse,
    roomField: 'room',
    allowed: administers,
  },
}

const PREFIX = '/twirp/livekit.'
const ROOM_SERVICE = 'RoomService/'

/** The call a path names; `unimplemented` for LiveKit's other services and methods, `bad_route` for anything else. */
export function twirpMethod(pathname: string): RoomServiceMethod | 'unimplemented' | 'bad_route' {
  if (!pathname.startsWith(PREFIX)) return 'bad_route'
  const rest = pathname.slice(PREFIX.length)
  if (!/^[A-Za-z]+\/[A-Za-z]+$/.test(rest)) return 'bad_route'
  const name = rest.startsWith(ROOM_SERVICE) ? rest.slice(ROOM_SERVICE.length) : ''
  return isMethod(name) ? name : 'unimplemented'
}

export type TwirpEncoding = 'json' | 'protobuf'

/** The encoding a Content-Type stands for. */
export function twirpEncoding(contentType: string | undefined): TwirpEncoding | undefined {
  switch (contentType?.split(';', 1)[0]?.trim().toLowerCase()) {
    case 'application/json':
      return 'json'
    case 'application/protobuf':
      return 'protobuf'
    case undefined:
    default:
      return undefined
  }
}

export type TwirpRequest =
  | { readonly ok: true; readonly request: Uint8Array; readonly room: string | undefined }
  | { readonly ok: false; readonly code: TwirpCode; readonly message: string }

/** Reads a call's body and checks the grant; the result is the request in protobuf. */
export function readTwirpRequest(
  method: RoomServiceMethod,
  encoding: TwirpEncoding,
  body: Uint8Array,
  grant: VideoGrant,
): TwirpRequest {
  const shape = METHODS[method]
  const message = decode(shape.request, encoding, body)
  if (!message) return { ok: false, code: 'malformed', message: 'the request could not be decoded' }
  const named: unknown = shape.roomField === undefined ? undefined : message[shape.roomField]
  const room = typeof named === 'string' ? named : undefined
  if (!shape.allowed(grant, room ?? ''))
    return { ok: false, code: 'permission_denied', message: 'permissions denied' }
  return { ok: true, request: message.toBinary(), room }
}

/** Writes a call's response, given in protobuf, in the encoding of its request. */
export function writeTwirpResponse(
  method: RoomServiceMethod,
  encoding: TwirpEncoding,
  response: Uint8Array,
): string | Uint8Array {
  if (encoding === 'protobuf') return response
  return METHODS[method].response.fromBinary(response).toJsonString({ emitDefaultValues: true })
}

function decode(type: MessageType, encoding: TwirpEncoding, body: Uint8Array): AnyMessage | undefined {
  try {
    if (encoding === 'protobuf') return type.fromBinary(body)
    return type.fromJsonString(new TextDecoder().decode(body), { ignoreUnknownFields: true })
  } catch {
    return undefined
  }
}

function isMethod(name: string): name is RoomServiceMethod {
  return Object.hasOwn(METHODS, name)
}
