// Decides whether a join is let in, and builds the first frame that the client sees (livekit-protocol.md 2.4, 2.5).
import { BinaryWriter, WireType } from '@bufbuild/protobuf'
import {
  ClientConfiguration,
  Codec,
  JoinResponse,
  ServerInfo,
  ServerInfo_Edition,
  type JoinRequest,
} from '@livekit/protocol'
import { identity, participantSid, roomName, type RoomName } from '../room/ids.ts'
import { MAX_ATTRIBUTES_BYTES, MAX_METADATA_BYTES, MAX_NAME_LENGTH } from '../room/limits.ts'
import { Participant, type Permission, type TrackSource } from '../room/participant.ts'
import type { Room } from '../room/room.ts'
import type { RoomRegistry } from '../room/room-registry.ts'
import type { ParticipantGrants } from '../wire/index.ts'
import { writeInfos } from './participant-update.ts'
import { toRoomInfo } from './wire-models.ts'

/** The LiveKit release whose wire behaviour is spoken; clients gate features by it and refuse an empty one. */
export const SPOKEN_LIVEKIT_VERSION = '1.13.5'
/** Signal protocol number spoken (livekit-protocol.md 2.1). */
export const SPOKEN_PROTOCOL = 17
/** Older clients cannot read what we say (livekit-protocol.md 2.1). */
const MIN_PROTOCOL = 9
/** Seconds between a client's pings, and until it gives up without an answer (LiveKit's figures). */
const PING_INTERVAL_SECONDS = 5
const PING_TIMEOUT_SECONDS = 15

/** Why a join was refused; the HTTP surface turns it into a status. */
export type JoinRefusal = 'room-missing' | 'room-full' | 'worker-full' | 'forbidden' | 'bad-request'

export type Admission =
  | { readonly ok: true; readonly room: Room; readonly participant: Participant }
  | { readonly ok: false; readonly refusal: JoinRefusal }

export interface AdmissionInput {
  readonly registry: RoomRegistry
  readonly name: RoomName
  readonly grants: ParticipantGrants
  readonly request: JoinRequest
  readonly newParticipantSid: () => string
  readonly now: number
}

/** Finds or makes the room and the participant, or says why not. Nothing is changed in the room yet. */
export function admit(input: AdmissionInput): Admission {
  const { registry, grants, request, now } = input
  const { video } = grants
  if (video.roomJoin !== true || video.room !== input.name) return { ok: false, refusal: 'forbidden' }
  if ((request.clientInfo?.protocol ?? SPOKEN_PROTOCOL) < MIN_PROTOCOL)
    return { ok: false, refusal: 'bad-request' }
  const setsOwn = request.metadata !== '' || Object.keys(request.participantAttributes).length > 0
  if (setsOwn && video.canUpdateOwnMetadata !== true) return { ok: false, refusal: 'forbidden' }
  const participant = participantFrom(input)
  if (!participant) return { ok: false, refusal: 'bad-request' }
  const present = registry.find(input.name)
  if (!present && video.roomCreate !== true) return { ok: false, refusal: 'room-missing' }
  const room = present ?? registry.findOrCreate(now, input.name, {})
  if (!room) return { ok: false, refusal: 'worker-full' }
  if (room.isFullFor(participant.identity)) return { ok: false, refusal: 'room-full' }
  return { ok: true, room, participant }
}

function participantFrom(input: AdmissionInput): Participant | undefined {
  const { grants, request } = input
  const metadata = request.metadata !== '' ? request.metadata : (grants.metadata ?? '')
  const attributes = { ...grants.attributes, ...request.participantAttributes }
  const attributeBytes = Object.entries(attributes).reduce(
    (sum, [key, value]) => sum + key.length + value.length,
    0,
  )
  const name = grants.name ?? ''
  if (
    name.length > MAX_NAME_LENGTH ||
    metadata.length > MAX_METADATA_BYTES ||
    attributeBytes > MAX_ATTRIBUTES_BYTES
  )
    return undefined
  return new Participant({
    sid: participantSid(input.newParticipantSid()),
    identity: identity(grants.identity),
    name,
    metadata,
    attributes,
    permission: permissionFrom(grants),
    kind: 0,
    joinedAt: input.now,
    clientProtocol: request.clientInfo?.clientProtocol ?? 0,
  })
}

/** What a grant allows; absent differs from false (livekit-protocol.md 1.5). */
export function permissionFrom({ video }: ParticipantGrants): Permission {
  const canPublish = video.canPublish ?? true
  return {
    canPublish,
    canSubscribe: video.canSubscribe ?? true,
    canPublishData: video.canPublishData ?? canPublish,
    canPublishSources: (video.canPublishSources ?? []).map(sourceName),
    canUpdateMetadata: video.canUpdateOwnMetadata ?? false,
    hidden: video.hidden ?? false,
  }
}

function sourceName(source: string): TrackSource {
  switch (source) {
    case 'camera':
    case 'microphone':
    case 'screen_share':
    case 'screen_share_audio':
      return source
    default:
      return 'unknown'
  }
}

/** The room a token names. */
export function grantedRoom(grants: ParticipantGrants): RoomName | undefined {
  const { room } = grants.video
  return room === undefined || room === '' ? undefined : roomName(room)
}

/** What every first frame says, encoded once: messages of protobuf are joined by joining their bytes. */
const ALWAYS: Uint8Array = new JoinResponse({
  serverInfo: new ServerInfo({
    edition: ServerInfo_Edition.Standard,
    version: SPOKEN_LIVEKIT_VERSION,
    protocol: SPOKEN_PROTOCOL,
    region: '',
    nodeId: 'runde',
  }),
  serverVersion: SPOKEN_LIVEKIT_VERSION,
  iceServers: [],
  subscriberPrimary: false,
  clientConfiguration: new ClientConfiguration(),
  pingInterval: PING_INTERVAL_SECONDS,
  pingTimeout: PING_TIMEOUT_SECONDS,
  enabledPublishCodecs: [new Codec({ mime: 'video/VP8' }), new Codec({ mime: 'audio/opus' })],
  fastPublish: true,
}).toBinary()

/** Field numbers of livekit_rtc.proto. */
const JOIN_OF_SIGNAL_RESPONSE = 1
const PARTICIPANT_OF_JOIN = 2
const OTHERS_OF_JOIN = 3

/** The first frame, a SignalResponse: the room, oneself, the others, and how this server wants to be spoken to. */
export function encodedJoin(room: Room, participant: Participant, sifTrailer: Uint8Array): Uint8Array {
  const others: Participant[] = []
  for (const { participant: other } of room.members())
    if (other !== participant && !other.permission.hidden) others.push(other)
  const own = new JoinResponse({ room: toRoomInfo(room), sifTrailer: new Uint8Array(sifTrailer) })
  const writer = new BinaryWriter().tag(JOIN_OF_SIGNAL_RESPONSE, WireType.LengthDelimited).fork()
  writer.raw(ALWAYS).raw(own.toBinary())
  writeInfos(writer, PARTICIPANT_OF_JOIN, [participant])
  writeInfos(writer, OTHERS_OF_JOIN, others)
  return writer.join().finish()
}
