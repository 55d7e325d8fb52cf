// Describes one published track and the receiver that its packets arrive at.
import type { Receiver } from '../media/index.ts'
import type { ParticipantSid, TrackSid } from './ids.ts'
import type { TrackSource } from './participant.ts'

export type TrackKind = 'audio' | 'video'

/** One spatial layer as its publisher declared it. */
export interface TrackLayer {
  readonly quality: number
  readonly width: number
  readonly height: number
  readonly bitrate: number
}

/** What the publisher said of a track when announcing it; the rest of TrackInfo is ours. */
export interface TrackAnnouncement {
  /** The browser's MediaStreamTrack id, by which the SDP section is found. */
  readonly cid: string
  readonly kind: TrackKind
  readonly source: TrackSource
  readonly name: string
  readonly width: number
  readonly height: number
  readonly layers: readonly TrackLayer[]
  readonly disableDtx: boolean
  readonly stereo: boolean
  readonly disableRed: boolean
  /** Encryption.Type of the wire: 0 none, 1 GCM, 2 custom. A flag only, the payload is opaque to us. */
  readonly encryption: number
  readonly stream: string
  readonly audioFeatures: readonly number[]
  readonly backupCodecPolicy: number
}

/** A track that others can subscribe to. */
export class PublishedTrack {
  readonly sid: TrackSid
  readonly publisher: ParticipantSid
  readonly announcement: TrackAnnouncement
  readonly mid: string
  readonly mimeType: string
  readonly receiver: Receiver
  muted: boolean

  constructor(options: {
    sid: TrackSid
    publisher: ParticipantSid
    announcement: TrackAnnouncement
    mid: string
    mimeType: string
    receiver: Receiver
    muted: boolean
  }) {
    this.sid = options.sid
    this.publisher = options.publisher
    this.announcement = options.announcement
    this.mid = options.mid
    this.mimeType = options.mimeType
    this.receiver = options.receiver
    this.muted = options.muted
  }
}
