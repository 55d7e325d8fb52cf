// Encodes the news of participants once for everyone who hears it.
import { ParticipantUpdate, SignalResponse } from '@livekit/protocol'
import type { Participant } from '../room/participant.ts'
import { toParticipantInfo } from './wire-models.ts'

/** The bytes of each piece of news while it goes round; in a room of n it would otherwise be encoded n times. */
const cache = new WeakMap<readonly Participant[], Uint8Array>()

/** A SignalResponse with the participants as they stand; the room tells all members with the same list. */
export function encodedUpdate(participants: readonly Participant[]): Uint8Array {
  const present = cache.get(participants)
  if (present) return present
  const value = new ParticipantUpdate({ participants: participants.map(toParticipantInfo) })
  const bytes = new SignalResponse({ message: { case: 'update', value } }).toBinary()
  cache.set(participants, bytes)
  return bytes
}
