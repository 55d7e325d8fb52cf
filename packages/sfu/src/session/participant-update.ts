// Encodes the news of a participant once for everyone who hears it.
import { ParticipantUpdate, SignalResponse } from '@livekit/protocol'
import type { Participant } from '../room/participant.ts'
import { toParticipantInfo } from './wire-models.ts'

interface Encoded {
  readonly version: number
  readonly bytes: Uint8Array
}

/** The last update of each participant; in a room of n, each change would otherwise be encoded n times. */
const cache = new WeakMap<Participant, Encoded>()

/** A SignalResponse with the participant as it stands. */
export function encodedUpdate(participant: Participant): Uint8Array {
  const present = cache.get(participant)
  if (present?.version === participant.version) return present.bytes
  const value = new ParticipantUpdate({ participants: [toParticipantInfo(participant)] })
  const bytes = new SignalResponse({ message: { case: 'update', value } }).toBinary()
  cache.set(participant, { version: participant.version, bytes })
  return bytes
}
