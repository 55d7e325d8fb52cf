// Access tokens as LiveKit's server SDK makes them, for any server with a known key pair.
import { AccessToken, TrackSource } from 'livekit-server-sdk'

/** Who may do what where; everything but `room` and `identity` is optional and allowed unless told otherwise. */
export interface Grants {
  room: string
  identity: string
  name?: string
  metadata?: string
  canPublish?: boolean
  canSubscribe?: boolean
  canPublishData?: boolean
  /** Restricts publishing to these sources. */
  sources?: ('camera' | 'microphone')[]
  canUpdateOwnMetadata?: boolean
  hidden?: boolean
  /** Joining makes the room when it does not exist yet. */
  roomCreate?: boolean
  /** Lifetime in seconds; an hour unless told. Negative: already over. */
  lifetime?: number
}

const SOURCES = { camera: TrackSource.CAMERA, microphone: TrackSource.MICROPHONE }
const LIFETIME_S = 3600

/** Signs a token with the key pair of the server under test. */
export async function mintAccessToken(key: string, secret: string, grants: Grants): Promise<string> {
  const { room, identity, name, metadata, sources, lifetime = LIFETIME_S } = grants
  const token = new AccessToken(key, secret, {
    identity,
    ttl: lifetime,
    ...(name === undefined ? {} : { name }),
    ...(metadata === undefined ? {} : { metadata }),
  })
  token.addGrant({
    roomJoin: true,
    roomCreate: grants.roomCreate ?? true,
    room,
    canPublish: grants.canPublish ?? true,
    canSubscribe: grants.canSubscribe ?? true,
    canPublishData: grants.canPublishData ?? true,
    canUpdateOwnMetadata: grants.canUpdateOwnMetadata ?? true,
    hidden: grants.hidden ?? false,
    ...(sources === undefined ? {} : { canPublishSources: sources.map((source) => SOURCES[source]) }),
  })
  return await token.toJwt()
}
