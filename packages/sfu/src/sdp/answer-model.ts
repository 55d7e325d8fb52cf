// The typed result of answering: what was agreed with the client, section by section, and why an offer can not be answered.
import type { Fingerprint, IceCredentials, SetupRole } from './offer-model.ts'

export type MediaKind = 'audio' | 'video'
export type CodecName = 'opus' | 'vp8'

/** RTCP feedback we can produce or act on (RFC 4585, RFC 5104, transport-wide congestion control, REMB). */
export type Feedback = 'nack' | 'nack pli' | 'ccm fir' | 'transport-cc' | 'goog-remb'

/** One media format both sides will use; payload types are the client's own. */
export interface AgreedCodec {
  readonly name: CodecName
  readonly payloadType: number
  /** Hertz. */
  readonly clockRate: number
  readonly channels: number
  /** Payload type of the retransmission stream; undefined when the client offered none. */
  readonly rtxPayloadType: number | undefined
  readonly feedback: readonly Feedback[]
}

/** Header extension ids as the client numbers them, 1 to 14; 0 means not agreed (0 is padding, RFC 8285 section 4.2). */
export interface ExtensionIds {
  readonly mid: number
  readonly audioLevel: number
  readonly transportCc: number
  readonly absSendTime: number
  readonly rid: number
  readonly repairedRid: number
}

/** A section on which the client sends to us. */
export interface ReceiveSectionAgreement {
  readonly index: number
  readonly mid: string
  readonly kind: MediaKind
  /** First half of the msid; `-` when the client named no stream. */
  readonly streamId: string
  /** The client's track id, to be matched with the `cid` of AddTrack; empty when it named none. */
  readonly trackId: string
  /** In order of preference; never empty. */
  readonly codecs: readonly AgreedCodec[]
  readonly extensions: ExtensionIds
  /** Announced sources. Empty for a sender that only tells its layers by rid: then learn from mid and rid in the packets. */
  readonly sources: readonly { readonly ssrc: number; readonly rtxSsrc: number | undefined }[]
  /** Simulcast layers agreed, lowest first as the client lists them; empty without simulcast. */
  readonly rids: readonly string[]
}

/** A track of someone else that wants to reach this client. */
export interface DownTrackWish {
  readonly trackSid: string
  readonly kind: MediaKind
  /** Stream name the client reads the publisher from: `PA_x|TR_x`, or `PA_x|camera` to have sound and picture in step. */
  readonly streamId: string
  readonly ssrc: number
  /** 0 for tracks without retransmission stream (audio). */
  readonly rtxSsrc: number
}

/** A down-track that found its section. */
export interface PlacedDownTrack {
  readonly trackSid: string
  readonly index: number
  readonly mid: string
  readonly codec: AgreedCodec
  readonly extensions: ExtensionIds
}

/** How the client's opus encoder should behave; comes from the features of its AddTrack request. */
export interface OpusOptions {
  /** Ask for discontinuous transmission: no packets in silence. */
  readonly dtx: boolean
  readonly stereo: boolean
}

/** What the transport needs to know of the client's side. */
export interface RemoteTransport {
  readonly ice: IceCredentials
  readonly fingerprint: Fingerprint
  readonly setup: SetupRole
}

/** Why an understood offer can not be answered. */
export type AnswerErrorCode =
  | 'bundle-required'
  | 'ice-credentials-missing'
  | 'fingerprint-missing'
  | 'fingerprint-changed'
  | 'setup-unsupported'
  | 'sections-removed'
  | 'conflicting-payload-types'
  | 'conflicting-extensions'

/** A successful answer. */
export interface Answer {
  readonly ok: true
  readonly sdp: string
  readonly receiveSections: readonly ReceiveSectionAgreement[]
  readonly placed: readonly PlacedDownTrack[]
  /** Wishes that found no section in this answer. */
  readonly unplaced: { readonly audio: number; readonly video: number }
  /** For `SessionDescription.mid_to_track_id`. */
  readonly midToTrackId: ReadonlyMap<string, string>
  /** The data channel section; `maxMessageSize` is what the client accepts, in bytes (RFC 8841 section 6). */
  readonly application: { readonly mid: string; readonly maxMessageSize: number } | undefined
  readonly remote: RemoteTransport
  readonly iceRestarted: boolean
}

export type AnswerResult = Answer | { readonly ok: false; readonly code: AnswerErrorCode }
