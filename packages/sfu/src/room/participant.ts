// Holds what is known of one stay of a person in a room; every change raises the version that clients order updates by.
import type { Identity, ParticipantSid, TrackSid } from './ids.ts'
import type { PublishedTrack } from './published-track.ts'

/** LiveKit's participant states; the numbers are the wire's. */
export const ParticipantState = { joining: 0, joined: 1, active: 2, disconnected: 3 } as const
export type ParticipantState = (typeof ParticipantState)[keyof typeof ParticipantState]

/** LiveKit's track sources; the strings are the token's. */
export type TrackSource = 'unknown' | 'camera' | 'microphone' | 'screen_share' | 'screen_share_audio'

/** What a participant may do, from the token's grant. */
export interface Permission {
  readonly canPublish: boolean
  readonly canSubscribe: boolean
  readonly canPublishData: boolean
  /** Empty: every source. */
  readonly canPublishSources: readonly TrackSource[]
  readonly canUpdateMetadata: boolean
  readonly hidden: boolean
}

/** Why a participant is no longer there; LiveKit's DisconnectReason by name. */
export type LeaveReason =
  | 'client_initiated'
  | 'duplicate_identity'
  | 'server_shutdown'
  | 'participant_removed'
  | 'room_deleted'
  | 'state_mismatch'
  | 'join_failure'
  | 'signal_close'
  | 'room_closed'
  | 'connection_timeout'
  | 'media_failure'

export interface ParticipantOptions {
  readonly sid: ParticipantSid
  readonly identity: Identity
  readonly name: string
  readonly metadata: string
  readonly attributes: Readonly<Record<string, string>>
  readonly permission: Permission
  /** ParticipantInfo.Kind of the wire, 0 = standard. */
  readonly kind: number
  /** Milliseconds since 1970. */
  readonly joinedAt: number
  readonly clientProtocol: number
}

/** One stay in one room. State only: what happens because of a change is decided in room.ts and session/. */
export class Participant {
  readonly sid: ParticipantSid
  readonly identity: Identity
  readonly permission: Permission
  readonly kind: number
  readonly joinedAt: number
  readonly clientProtocol: number
  readonly tracks: Map<TrackSid, PublishedTrack> = new Map()
  name: string
  metadata: string
  attributes: Readonly<Record<string, string>>
  state: ParticipantState = ParticipantState.joining
  leaveReason: LeaveReason | undefined
  #version = 1

  constructor(options: ParticipantOptions) {
    this.sid = options.sid
    this.identity = options.identity
    this.name = options.name
    this.metadata = options.metadata
    this.attributes = options.attributes
    this.permission = options.permission
    this.kind = options.kind
    this.joinedAt = options.joinedAt
    this.clientProtocol = options.clientProtocol
  }

  /** Grows with each change; clients drop an update that is older than what they have. */
  get version(): number {
    return this.#version
  }

  /** Whether anything is published, which makes updates of this participant urgent. */
  get isPublisher(): boolean {
    return this.tracks.size > 0
  }

  /** Marks a change, so that the next update outranks the ones before. */
  touch(): void {
    this.#version++
  }
}

/** Whether a grant lets its holder publish from a source. */
export function mayPublish(permission: Permission, source: TrackSource): boolean {
  if (!permission.canPublish) return false
  return permission.canPublishSources.length === 0 || permission.canPublishSources.includes(source)
}
