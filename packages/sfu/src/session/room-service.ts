// Carries out RoomService calls on the rooms of one worker; grants were checked before (livekit-protocol.md 1.6).
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
  MuteTrackRequest,
  RemoveParticipantResponse,
  RoomParticipantIdentity,
} from '@livekit/protocol'
import { identity, roomName, trackSid } from '../room/ids.ts'
import { MAX_METADATA_BYTES } from '../room/limits.ts'
import type { Room } from '../room/room.ts'
import type { RoomRegistry } from '../room/room-registry.ts'
import type { RoomServiceMethod } from '../wire/index.ts'
import { Session } from './session.ts'
import { toParticipantInfo, toRoomInfo, toTrackInfo } from './wire-models.ts'

/** Twirp's error codes that these calls answer with. */
export type CallErrorCode = 'not_found' | 'invalid_argument' | 'failed_precondition' | 'resource_exhausted'

export type CallResult =
  | { readonly ok: true; readonly response: Uint8Array }
  | { readonly ok: false; readonly code: CallErrorCode; readonly message: string }

type Call = (registry: RoomRegistry, request: Uint8Array, now: number) => CallResult

const NO_ROOM: CallResult = { ok: false, code: 'not_found', message: 'requested room does not exist' }
const NO_PARTICIPANT: CallResult = { ok: false, code: 'not_found', message: 'participant does not exist' }
const NO_TRACK: CallResult = { ok: false, code: 'not_found', message: 'track is not found' }

function done(message: { toBinary(): Uint8Array }): CallResult {
  return { ok: true, response: message.toBinary() }
}

function createRoom(registry: RoomRegistry, bytes: Uint8Array, now: number): CallResult {
  const request = CreateRoomRequest.fromBinary(bytes)
  if (request.name === '') return { ok: false, code: 'invalid_argument', message: 'room name is missing' }
  if (request.metadata.length > MAX_METADATA_BYTES)
    return { ok: false, code: 'invalid_argument', message: 'metadata is too long' }
  const room = registry.findOrCreate(now, roomName(request.name), {
    emptyTimeoutSeconds: request.emptyTimeout,
    departureTimeoutSeconds: request.departureTimeout,
    maxParticipants: request.maxParticipants,
    metadata: request.metadata,
  })
  if (!room) return { ok: false, code: 'resource_exhausted', message: 'no place for another room' }
  return done(toRoomInfo(room))
}

function listRooms(registry: RoomRegistry, bytes: Uint8Array): CallResult {
  const { names } = ListRoomsRequest.fromBinary(bytes)
  const rooms = [...registry.all()].filter((room) => names.length === 0 || names.includes(room.name))
  return done(new ListRoomsResponse({ rooms: rooms.map(toRoomInfo) }))
}

function deleteRoom(registry: RoomRegistry, bytes: Uint8Array): CallResult {
  const { room } = DeleteRoomRequest.fromBinary(bytes)
  return registry.delete(roomName(room)) ? done(new DeleteRoomResponse()) : NO_ROOM
}

function listParticipants(registry: RoomRegistry, bytes: Uint8Array): CallResult {
  const room = registry.find(roomName(ListParticipantsRequest.fromBinary(bytes).room))
  if (!room) return NO_ROOM
  const participants = [...room.members()].map((member) => toParticipantInfo(member.participant))
  return done(new ListParticipantsResponse({ participants }))
}

function getParticipant(registry: RoomRegistry, bytes: Uint8Array): CallResult {
  const request = RoomParticipantIdentity.fromBinary(bytes)
  const room = registry.find(roomName(request.room))
  if (!room) return NO_ROOM
  const member = room.memberByIdentity(identity(request.identity))
  return member ? done(toParticipantInfo(member.participant)) : NO_PARTICIPANT
}

function removeParticipant(registry: RoomRegistry, bytes: Uint8Array): CallResult {
  const request = RoomParticipantIdentity.fromBinary(bytes)
  const room = registry.find(roomName(request.room))
  if (!room) return NO_ROOM
  const member = room.memberByIdentity(identity(request.identity))
  if (!member) return NO_PARTICIPANT
  member.dismiss('participant_removed')
  return done(new RemoveParticipantResponse())
}

function mutePublishedTrack(registry: RoomRegistry, bytes: Uint8Array): CallResult {
  const request = MuteRoomTrackRequest.fromBinary(bytes)
  const room = registry.find(roomName(request.room))
  if (!room) return NO_ROOM
  return muteTrack(room, request)
}

function muteTrack(room: Room, request: MuteRoomTrackRequest): CallResult {
  const member = room.memberByIdentity(identity(request.identity))
  const track = member?.participant.tracks.get(trackSid(request.trackSid))
  if (!(member instanceof Session)) return NO_PARTICIPANT
  if (!track) return NO_TRACK
  // Nobody's microphone is opened from afar: LiveKit's default, and ours without an option.
  if (!request.muted && track.muted)
    return { ok: false, code: 'failed_precondition', message: 'remote unmute not enabled' }
  member.publications.setMuted(track.sid, request.muted)
  member.reply({ case: 'mute', value: new MuteTrackRequest({ sid: track.sid, muted: request.muted }) })
  return done(new MuteRoomTrackResponse({ track: toTrackInfo(track) }))
}

const CALLS: Readonly<Record<RoomServiceMethod, Call>> = {
  CreateRoom: createRoom,
  ListRooms: listRooms,
  DeleteRoom: deleteRoom,
  ListParticipants: listParticipants,
  GetParticipant: getParticipant,
  RemoveParticipant: removeParticipant,
  MutePublishedTrack: mutePublishedTrack,
}

/** Carries out one call; `request` is the method's protobuf request, the response its protobuf response. */
export function callRoomService(
  registry: RoomRegistry,
  method: RoomServiceMethod,
  request: Uint8Array,
  now: number,
): CallResult {
  return CALLS[method](registry, request, now)
}
