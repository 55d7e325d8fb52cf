// Decides who gets a data message and as whose it arrives; the payload itself stays opaque (livekit-protocol.md 3.7).
import { DataPacket, DataPacket_Kind } from '@livekit/protocol'
import type { Participant } from '../room/participant.ts'

/** Labels of the data channels that clients create. */
export const RELIABLE_LABEL = '_reliable'
export const LOSSY_LABEL = '_lossy'
export type DataLabel = typeof RELIABLE_LABEL | typeof LOSSY_LABEL

/** Largest data message taken from a client: livekit-client sends at most 64,000 bytes of payload, plus its envelope. */
export const MAX_DATA_MESSAGE_BYTES = 66_000

/** Identities one message may name: more would make a small message expensive to route. */
export const MAX_DESTINATIONS = 256

/** Whether a data channel's label is one that we forward. */
export function isDataLabel(label: string): label is DataLabel {
  return label === RELIABLE_LABEL || label === LOSSY_LABEL
}

/** A message as it goes to others, and to whom. */
export interface RoutedData {
  readonly bytes: Uint8Array
  /** Undefined: everyone else. */
  readonly destinations: ReadonlySet<string> | undefined
  /** The sender's running number on the reliable channel; 0 where it does not count. */
  readonly sequence: number
}

/**
 * Stamps a message with its true sender, so that nobody speaks in another's name, and reads its destinations.
 * Undefined for what is not forwarded: unreadable, too large, speaker and metrics messages, transcriptions.
 */
export function routeData(sender: Participant, label: DataLabel, data: Uint8Array): RoutedData | undefined {
  if (!sender.permission.canPublishData || data.length > MAX_DATA_MESSAGE_BYTES) return undefined
  const packet = decode(data)
  if (!packet) return undefined
  switch (packet.value.case) {
    case undefined:
    case 'speaker':
    case 'metrics':
    case 'transcription':
      return undefined
    case 'user': {
      const user = packet.value.value
      if (packet.destinationIdentities.length === 0 && user.destinationIdentities.length > 0)
        packet.destinationIdentities = user.destinationIdentities
      user.participantSid = sender.sid
      user.participantIdentity = sender.identity
      break
    }
    default:
      break
  }
  if (packet.destinationIdentities.length > MAX_DESTINATIONS) return undefined
  packet.kind = label === RELIABLE_LABEL ? DataPacket_Kind.RELIABLE : DataPacket_Kind.LOSSY
  packet.participantIdentity = sender.permission.hidden ? '' : sender.identity
  packet.participantSid = sender.permission.hidden ? '' : sender.sid
  const destinations =
    packet.destinationIdentities.length > 0 ? new Set(packet.destinationIdentities) : undefined
  return { bytes: packet.toBinary(), destinations, sequence: packet.sequence }
}

function decode(data: Uint8Array): DataPacket | undefined {
  try {
    return DataPacket.fromBinary(data)
  } catch {
    return undefined
  }
}
