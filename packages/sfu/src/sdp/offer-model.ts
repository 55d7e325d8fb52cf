// The typed shape of a client's offer: what RFC 8866 text means to an answerer, free of text positions.

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'
export type SetupRole = 'actpass' | 'active' | 'passive' | 'holdconn'

/** One certificate hash of the client (RFC 8122): algorithm in lower case, value as upper-case hex pairs with colons. */
export interface Fingerprint {
  readonly algorithm: string
  readonly value: string
}

/** Short-term credentials of one side (RFC 8445 section 5.3). */
export interface IceCredentials {
  readonly ufrag: string
  readonly pwd: string
}

/** One media format with everything its payload type's attributes say. */
export interface OfferedCodec {
  readonly payloadType: number
  /** Encoding name in lower case: `opus`, `vp8`, `rtx`, ... */
  readonly name: string
  /** Hertz. */
  readonly clockRate: number
  /** 1 when the rtpmap line does not say. */
  readonly channels: number
  /** Parameters as sent, empty when there is no fmtp line. */
  readonly fmtp: string
  /** Feedback kinds as sent: `nack`, `nack pli`, `transport-cc`, ... */
  readonly feedback: readonly string[]
  /** Payload type of the retransmission format whose `apt` names this one (RFC 4588 section 8.1). */
  readonly rtxPayloadType: number | undefined
}

/** One header extension (RFC 8285 section 5); `direction` as the client sees it. */
export interface OfferedExtension {
  readonly id: number
  readonly uri: string
  readonly direction: Direction
}

/** A source the client announced, with its retransmission source if an FID group names one. */
export interface OfferedSource {
  readonly ssrc: number
  readonly rtxSsrc: number | undefined
}

/** One m= section of the offer. */
export interface OfferedSection {
  readonly index: number
  /** Empty only in sections with port 0 that are not bundle-only. */
  readonly mid: string
  readonly kind: 'audio' | 'video' | 'application' | 'unknown'
  /** The m= line's media word, transport and formats as sent: a rejected section repeats them. */
  readonly media: string
  readonly protocol: string
  readonly formats: readonly string[]
  readonly port: number
  readonly bundleOnly: boolean
  readonly direction: Direction
  readonly ice: IceCredentials | undefined
  readonly fingerprints: readonly Fingerprint[]
  readonly setup: SetupRole | undefined
  readonly rtcpMux: boolean
  readonly rtcpRsize: boolean
  /** In the client's order of preference, retransmission formats folded into the codec they repair. */
  readonly codecs: readonly OfferedCodec[]
  readonly extensions: readonly OfferedExtension[]
  /** `a=msid` (RFC 8830), or the older `a=ssrc ... msid:`; a stream of `-` means none. */
  readonly msid: { readonly streamId: string; readonly trackId: string } | undefined
  readonly sources: readonly OfferedSource[]
  /** Identifiers of the simulcast layers the client wants to send, in its order (RFC 8853). */
  readonly sendRids: readonly string[]
  readonly sctpPort: number | undefined
  readonly maxMessageSize: number | undefined
}

/** A whole offer. */
export interface Offer {
  /** mids of the BUNDLE group in its order; empty when there is none. */
  readonly bundle: readonly string[]
  readonly extmapAllowMixed: boolean
  readonly sections: readonly OfferedSection[]
}

/** Why an offer was not understood. */
export type OfferErrorCode =
  | 'too-large'
  | 'too-many-lines'
  | 'line-too-long'
  | 'too-many-sections'
  | 'too-many-attributes'
  | 'control-character'
  | 'not-sdp'
  | 'malformed-media-line'
  | 'malformed-mid'
  | 'missing-mid'
  | 'duplicate-mid'

export type ParsedOffer =
  | { readonly ok: true; readonly offer: Offer }
  | { readonly ok: false; readonly code: OfferErrorCode }
