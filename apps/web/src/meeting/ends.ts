// Translates the media server's reason for a disconnection into why a stay ended.
import { DisconnectReason } from 'livekit-client'
import type { End } from './model.ts'

const ENDS: Readonly<Partial<Record<DisconnectReason, End>>> = {
  [DisconnectReason.CLIENT_INITIATED]: 'left',
  [DisconnectReason.DUPLICATE_IDENTITY]: 'elsewhere',
  [DisconnectReason.PARTICIPANT_REMOVED]: 'removed',
  [DisconnectReason.ROOM_DELETED]: 'ended',
  [DisconnectReason.ROOM_CLOSED]: 'ended',
}

/** Why the stay ended. Every reason that is not someone's decision means that the connection was lost. */
export function endOf(reason: DisconnectReason | undefined): End {
  return reason === undefined ? 'lost' : (ENDS[reason] ?? 'lost')
}
