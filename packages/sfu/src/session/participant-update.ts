// Encodes what is told of participants, each change once for everyone who hears it.
import { BinaryWriter, WireType, type IBinaryWriter } from '@bufbuild/protobuf'
import type { Participant } from '../room/participant.ts'
import { toParticipantInfo } from './wire-models.ts'

/** Field numbers of livekit_rtc.proto. */
const UPDATE_OF_SIGNAL_RESPONSE = 5
const PARTICIPANTS_OF_UPDATE = 1

interface Encoded {
  readonly version: number
  readonly bytes: Uint8Array
}

/** Everyone's ParticipantInfo as it was last needed: a newcomer is told of all others, and all others of it. */
const infos = new WeakMap<Participant, Encoded>()
/** The bytes of each piece of news while it goes round; in a room of n it would otherwise be encoded n times. */
const updates = new WeakMap<readonly Participant[], Uint8Array>()

/** The ParticipantInfo of a participant as it stands; every change raises its version. */
export function encodedInfo(participant: Participant): Uint8Array {
  const present = infos.get(participant)
  if (present?.version === participant.version) return present.bytes
  const bytes = toParticipantInfo(participant).toBinary()
  infos.set(participant, { version: participant.version, bytes })
  return bytes
}

/** Writes participants as a repeated field of the message that `writer` is in. */
export function writeInfos(writer: IBinaryWriter, field: number, participants: Iterable<Participant>): void {
  for (const participant of participants)
    writer.tag(field, WireType.LengthDelimited).bytes(encodedInfo(participant))
}

/** A SignalResponse with the participants as they stand; the room tells all members with the same list. */
export function encodedUpdate(participants: readonly Participant[]): Uint8Array {
  const present = updates.get(participants)
  if (present) return present
  const writer = new BinaryWriter().tag(UPDATE_OF_SIGNAL_RESPONSE, WireType.LengthDelimited).fork()
  writeInfos(writer, PARTICIPANTS_OF_UPDATE, participants)
  const bytes = writer.join().finish()
  updates.set(participants, bytes)
  return bytes
}
