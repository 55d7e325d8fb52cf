// Turns room models into the wire's messages.
import {
  AudioTrackFeature,
  BackupCodecPolicy,
  Encryption_Type,
  ParticipantInfo,
  ParticipantInfo_Kind,
  ParticipantInfo_State,
  ParticipantPermission,
  Room as RoomInfo,
  SimulcastCodecInfo,
  TrackInfo,
  TrackSource as WireSource,
  TrackType,
  VideoLayer,
} from '@livekit/protocol'
import type { Participant, TrackSource } from '../room/participant.ts'
import type { PublishedTrack, TrackAnnouncement } from '../room/published-track.ts'
import type { Room } from '../room/room.ts'
import { DISCONNECT_REASONS } from './leave.ts'

const SOURCES: Readonly<Record<TrackSource, WireSource>> = {
  unknown: WireSource.UNKNOWN,
  camera: WireSource.CAMERA,
  microphone: WireSource.MICROPHONE,
  screen_share: WireSource.SCREEN_SHARE,
  screen_share_audio: WireSource.SCREEN_SHARE_AUDIO,
}

const ENCRYPTIONS = [Encryption_Type.NONE, Encryption_Type.GCM, Encryption_Type.CUSTOM] as const
const BACKUP_POLICIES = [
  BackupCodecPolicy.PREFER_REGRESSION,
  BackupCodecPolicy.SIMULCAST,
  BackupCodecPolicy.REGRESSION,
] as const
const KINDS = [
  ParticipantInfo_Kind.STANDARD,
  ParticipantInfo_Kind.INGRESS,
  ParticipantInfo_Kind.EGRESS,
  ParticipantInfo_Kind.SIP,
  ParticipantInfo_Kind.AGENT,
] as const
const AUDIO_FEATURES = [
  AudioTrackFeature.TF_STEREO,
  AudioTrackFeature.TF_NO_DTX,
  AudioTrackFeature.TF_AUTO_GAIN_CONTROL,
  AudioTrackFeature.TF_ECHO_CANCELLATION,
  AudioTrackFeature.TF_NOISE_SUPPRESSION,
  AudioTrackFeature.TF_ENHANCED_NOISE_CANCELLATION,
  AudioTrackFeature.TF_PRECONNECT_BUFFER,
] as const

/** The enum member with a number that a client chose, or the fallback for one that is none. */
function member<Value extends number>(members: readonly Value[], value: number, fallback: Value): Value {
  return members.find((candidate) => candidate === value) ?? fallback
}

/** Our name of a wire source; unknown numbers are unknown sources. */
export function sourceFromWire(source: WireSource): TrackSource {
  for (const [name, value] of Object.entries(SOURCES)) if (value === source) return name as TrackSource
  return 'unknown'
}

/** Tracks that belong together on the other side: camera with microphone, screen with its sound. */
function streamOf(announcement: TrackAnnouncement): string {
  if (announcement.stream !== '') return announcement.stream
  switch (announcement.source) {
    case 'camera':
    case 'microphone':
      return 'camera'
    case 'screen_share':
    case 'screen_share_audio':
      return 'screen'
    case 'unknown':
      return ''
  }
}

export interface TrackInfoInput {
  readonly sid: string
  readonly announcement: TrackAnnouncement
  readonly muted: boolean
  /** Empty until the track has its section. */
  readonly mid: string
  readonly mimeType: string
}

/** TrackInfo of an announced or published track. */
export function toTrackInfo(track: TrackInfoInput | PublishedTrack): TrackInfo {
  const { announcement } = track
  const layers = announcement.layers.map((layer) => new VideoLayer({ ...layer }))
  return new TrackInfo({
    sid: track.sid,
    type: announcement.kind === 'audio' ? TrackType.AUDIO : TrackType.VIDEO,
    name: announcement.name,
    muted: track.muted,
    width: announcement.width,
    height: announcement.height,
    simulcast: false,
    disableDtx: announcement.disableDtx,
    source: SOURCES[announcement.source],
    layers,
    mimeType: track.mimeType,
    mid: track.mid,
    codecs: [
      new SimulcastCodecInfo({ mimeType: track.mimeType, mid: track.mid, cid: announcement.cid, layers }),
    ],
    stereo: announcement.stereo,
    disableRed: true,
    encryption: member(ENCRYPTIONS, announcement.encryption, Encryption_Type.NONE),
    stream: streamOf(announcement),
    audioFeatures: AUDIO_FEATURES.filter((feature) => announcement.audioFeatures.includes(feature)),
    backupCodecPolicy: member(
      BACKUP_POLICIES,
      announcement.backupCodecPolicy,
      BackupCodecPolicy.PREFER_REGRESSION,
    ),
  })
}

const STATES = [
  ParticipantInfo_State.JOINING,
  ParticipantInfo_State.JOINED,
  ParticipantInfo_State.ACTIVE,
  ParticipantInfo_State.DISCONNECTED,
] as const

/** ParticipantInfo with the participant's published tracks; a track missing there is unpublished. */
export function toParticipantInfo(participant: Participant): ParticipantInfo {
  const { permission } = participant
  return new ParticipantInfo({
    sid: participant.sid,
    identity: participant.identity,
    name: participant.name,
    state: STATES[participant.state],
    tracks: [...participant.tracks.values()].map(toTrackInfo),
    metadata: participant.metadata,
    attributes: { ...participant.attributes },
    joinedAt: BigInt(Math.floor(participant.joinedAt / 1000)),
    joinedAtMs: BigInt(Math.floor(participant.joinedAt)),
    version: participant.version,
    isPublisher: participant.isPublisher,
    kind: member(KINDS, participant.kind, ParticipantInfo_Kind.STANDARD),
    clientProtocol: participant.clientProtocol,
    permission: new ParticipantPermission({
      canPublish: permission.canPublish,
      canSubscribe: permission.canSubscribe,
      canPublishData: permission.canPublishData,
      canPublishSources: permission.canPublishSources.map((source) => SOURCES[source]),
      canUpdateMetadata: permission.canUpdateMetadata,
      hidden: permission.hidden,
    }),
    ...(participant.leaveReason && { disconnectReason: DISCONNECT_REASONS[participant.leaveReason] }),
  })
}

/** Room message as clients and the RoomService see it. */
export function toRoomInfo(room: Room): RoomInfo {
  return new RoomInfo({
    sid: room.sid,
    name: room.name,
    emptyTimeout: room.emptyTimeoutSeconds,
    departureTimeout: room.departureTimeoutSeconds,
    maxParticipants: room.maxParticipants,
    creationTime: BigInt(Math.floor(room.createdAt / 1000)),
    creationTimeMs: BigInt(Math.floor(room.createdAt)),
    metadata: room.metadata,
    numParticipants: room.size,
    numPublishers: room.publisherCount,
    enabledCodecs: [{ mime: 'video/VP8' }, { mime: 'audio/opus' }],
  })
}
