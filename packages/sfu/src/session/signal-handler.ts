// Turns one SignalRequest into calls on the session's engines (livekit-protocol.md 2.2); unknown kinds are ignored.
import {
  AddTrackRequest,
  Pong,
  RequestResponse,
  RequestResponse_Reason,
  type SignalRequest,
  TrackPublishedResponse,
  TrackType,
  UpdateParticipantMetadata,
  type SyncState,
  type UpdateSubscription,
} from '@livekit/protocol'
import { trackSid } from '../room/ids.ts'
import { MAX_ATTRIBUTES_BYTES, MAX_METADATA_BYTES, MAX_NAME_LENGTH } from '../room/limits.ts'
import type { TrackAnnouncement } from '../room/published-track.ts'
import type { AnnounceRefusal } from './publications.ts'
import type { Session } from './session.ts'
import { sourceFromWire, toTrackInfo } from './wire-models.ts'

/** Declared layers kept of a track; browsers declare at most three. */
const MAX_LAYERS = 4
/** Track sids one UpdateSubscription may name: a full room's tracks. */
const MAX_SIDS_PER_REQUEST = 2_000
/** Characters of ids and names that a client chooses for a track. */
const MAX_TRACK_TEXT = 256

const REFUSALS: Readonly<Record<AnnounceRefusal, RequestResponse_Reason>> = {
  'not-allowed': RequestResponse_Reason.NOT_ALLOWED,
  'limit-exceeded': RequestResponse_Reason.LIMIT_EXCEEDED,
  'unsupported-type': RequestResponse_Reason.UNSUPPORTED_TYPE,
}

/** Handles one decoded request of a live session at `now` (milliseconds since 1970). */
export function handleSignal(session: Session, request: SignalRequest, now: number): void {
  const { message } = request
  switch (message.case) {
    case 'offer':
      if (!session.negotiation.handleOffer(message.value)) session.dismiss('join_failure')
      session.flushSoon()
      return
    case 'addTrack':
      return addTrack(session, message.value)
    case 'mute':
      return session.publications.setMuted(trackSid(message.value.sid), message.value.muted)
    case 'subscription':
      return updateSubscription(session, message.value)
    case 'trackSetting':
      for (const sid of message.value.trackSids.slice(0, MAX_SIDS_PER_REQUEST))
        session.subscriptions.setDisabled(trackSid(sid), message.value.disabled)
      return
    case 'leave':
      return session.end('client_initiated')
    case 'ping':
      // The old ping: the answer is our time.
      return session.reply({ case: 'pong', value: BigInt(Math.floor(now)) })
    case 'pingReq':
      return session.reply({
        case: 'pongResp',
        value: new Pong({
          lastPingTimestamp: message.value.timestamp,
          timestamp: BigInt(Math.floor(now)),
        }),
      })
    case 'updateMetadata':
      return updateMetadata(session, message.value)
    case 'syncState':
      return syncState(session, message.value)
    case 'trickle':
      // Clients reach us at our announced address; theirs are learnt from their checks (peer-reflexive).
      return
    default:
      // Answers (dual mode), deprecated and opt-in messages: nothing of this server depends on them.
      return
  }
}

/** Takes an AddTrackRequest, from the join request or by itself. */
export function addTrack(session: Session, request: AddTrackRequest): void {
  const kind = trackKind(request.type)
  const tooLong = request.cid.length > MAX_TRACK_TEXT || request.name.length > MAX_TRACK_TEXT
  const result =
    kind === undefined || tooLong
      ? ({ ok: false, refusal: 'unsupported-type' } as const)
      : session.publications.announce(announcementFrom(request, kind), request.muted)
  if (!result.ok)
    return session.reply({
      case: 'requestResponse',
      value: new RequestResponse({
        reason: REFUSALS[result.refusal],
        request: { case: 'addTrack', value: request },
      }),
    })
  session.reply({
    case: 'trackPublished',
    value: new TrackPublishedResponse({
      cid: request.cid,
      track: toTrackInfo({
        ...result,
        mid: '',
        mimeType: result.announcement.kind === 'audio' ? 'audio/opus' : 'video/VP8',
      }),
    }),
  })
  session.publications.match()
}

function trackKind(type: TrackType): 'audio' | 'video' | undefined {
  switch (type) {
    case TrackType.AUDIO:
      return 'audio'
    case TrackType.VIDEO:
      return 'video'
    case TrackType.DATA:
      return undefined
  }
}

function announcementFrom(request: AddTrackRequest, kind: 'audio' | 'video'): TrackAnnouncement {
  return {
    cid: request.cid,
    kind,
    source: sourceFromWire(request.source),
    name: request.name,
    width: request.width,
    height: request.height,
    layers: request.layers.slice(0, MAX_LAYERS).map(({ quality, width, height, bitrate }) => ({
      quality,
      width,
      height,
      bitrate,
    })),
    disableDtx: request.disableDtx,
    stereo: request.stereo,
    disableRed: request.disableRed,
    encryption: request.encryption,
    stream: request.stream.slice(0, MAX_TRACK_TEXT),
    audioFeatures: request.audioFeatures.slice(0, 16),
    backupCodecPolicy: request.backupCodecPolicy,
  }
}

function updateSubscription(session: Session, request: UpdateSubscription): void {
  const sids = [...request.trackSids, ...request.participantTracks.flatMap((entry) => entry.trackSids)]
  for (const sid of sids.slice(0, MAX_SIDS_PER_REQUEST)) {
    const track = session.room.trackBySid(trackSid(sid))
    if (track?.publisher === session.participant.sid) continue
    session.subscriptions.wish(trackSid(sid), track, request.subscribe)
  }
}

function updateMetadata(session: Session, request: UpdateParticipantMetadata): void {
  const { participant } = session
  const reason = metadataRefusal(session, request)
  if (reason === RequestResponse_Reason.OK) {
    if (request.name !== '') participant.name = request.name
    if (request.metadata !== '') participant.metadata = request.metadata
    const attributes = { ...participant.attributes, ...request.attributes }
    // An empty value deletes its key.
    participant.attributes = Object.fromEntries(
      Object.entries(attributes).filter(([, value]) => value !== ''),
    )
    session.room.changed(participant)
  }
  session.reply({
    case: 'requestResponse',
    value: new RequestResponse({ requestId: request.requestId, reason }),
  })
}

function metadataRefusal(session: Session, request: UpdateParticipantMetadata): RequestResponse_Reason {
  if (!session.participant.permission.canUpdateMetadata) return RequestResponse_Reason.NOT_ALLOWED
  const attributes = { ...session.participant.attributes, ...request.attributes }
  const size = Object.entries(attributes).reduce((sum, [key, value]) => sum + key.length + value.length, 0)
  const fits =
    request.name.length <= MAX_NAME_LENGTH &&
    request.metadata.length <= MAX_METADATA_BYTES &&
    size <= MAX_ATTRIBUTES_BYTES
  return fits ? RequestResponse_Reason.OK : RequestResponse_Reason.LIMIT_EXCEEDED
}

/** What a client had before its connection broke: its subscriptions and paused tracks. */
function syncState(session: Session, state: SyncState): void {
  if (state.subscription) updateSubscription(session, state.subscription)
  for (const sid of state.trackSidsDisabled.slice(0, MAX_SIDS_PER_REQUEST))
    session.subscriptions.setDisabled(trackSid(sid), true)
}
