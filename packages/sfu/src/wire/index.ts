// The door of the wire codecs: tokens, join requests and Twirp as plain values.
export {
  bearerToken,
  mintAccessToken,
  verifyAccessToken,
  type MintOptions,
  type ParticipantGrants,
  type TokenRefusal,
  type TokenResult,
  type VerifyOptions,
  type VideoGrant,
} from './access-token.ts'
export { clientQuirks, type ClientQuirks } from './client-quirks.ts'
export { decodeJoinRequest, type JoinRequestRefusal, type JoinRequestResult } from './join-request.ts'
export { MAX_CALL_BYTES } from './limits.ts'
export {
  readTwirpRequest,
  TWIRP_STATUS,
  twirpEncoding,
  twirpMethod,
  writeTwirpResponse,
  type RoomServiceMethod,
  type TwirpCode,
  type TwirpEncoding,
  type TwirpRequest,
} from './twirp.ts'
