// Mints the token that a participant goes on with, so that a long meeting outlives the one it came with.
import type { Participant } from '../room/participant.ts'
import { mintAccessToken, type ParticipantGrants } from '../wire/index.ts'

/** Seconds a refreshed token is good for: two refresh rounds, LiveKit's lower bound (livekit-protocol.md 7.2). */
const LIFETIME_SECONDS = 600

/** A function that mints with the key the participant's own token was made with. */
export function refreshedToken(
  keys: ReadonlyMap<string, string>,
): (participant: Participant, grants: ParticipantGrants, apiKey: string) => string | undefined {
  return (participant, grants, apiKey) => {
    const secret = keys.get(apiKey)
    if (secret === undefined) return undefined
    return mintAccessToken(
      {
        ...grants,
        name: participant.name,
        metadata: participant.metadata,
        attributes: participant.attributes,
      },
      { apiKey, secret, lifetimeSeconds: LIFETIME_SECONDS, now: Date.now() },
    )
  }
}
