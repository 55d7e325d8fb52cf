// The door of the session description engine.
export { parseOffer } from './parse-offer.ts'
export { SessionDescriber } from './session-describer.ts'
export type { OfferRequirement, SessionDescriberOptions } from './session-describer.ts'
export type {
  AgreedCodec,
  Answer,
  AnswerErrorCode,
  AnswerResult,
  CodecName,
  DownTrackWish,
  ExtensionIds,
  Feedback,
  MediaKind,
  OpusOptions,
  PlacedDownTrack,
  ReceiveSectionAgreement,
  RemoteTransport,
} from './answer-model.ts'
export type {
  Direction,
  Fingerprint,
  IceCredentials,
  Offer,
  OfferErrorCode,
  OfferedSection,
  ParsedOffer,
  SetupRole,
} from './offer-model.ts'
