// Says why a session ends, and what the client shall do about it, in the wire's terms (livekit-protocol.md 7.2, 8).
import { DisconnectReason, LeaveRequest, LeaveRequest_Action } from '@livekit/protocol'
import type { LeaveReason } from '../room/participant.ts'

/** Our reasons as the wire's. */
export const DISCONNECT_REASONS: Readonly<Record<LeaveReason, DisconnectReason>> = {
  client_initiated: DisconnectReason.CLIENT_INITIATED,
  duplicate_identity: DisconnectReason.DUPLICATE_IDENTITY,
  server_shutdown: DisconnectReason.SERVER_SHUTDOWN,
  participant_removed: DisconnectReason.PARTICIPANT_REMOVED,
  room_deleted: DisconnectReason.ROOM_DELETED,
  state_mismatch: DisconnectReason.STATE_MISMATCH,
  join_failure: DisconnectReason.JOIN_FAILURE,
  signal_close: DisconnectReason.SIGNAL_CLOSE,
  room_closed: DisconnectReason.ROOM_CLOSED,
  connection_timeout: DisconnectReason.CONNECTION_TIMEOUT,
  media_failure: DisconnectReason.MEDIA_FAILURE,
}

/** Whether the client shall join anew by itself. DISCONNECT stops it for good (pitfall 13), so only a decision about the person does. */
const ACTIONS: Readonly<Record<LeaveReason, LeaveRequest_Action>> = {
  client_initiated: LeaveRequest_Action.DISCONNECT,
  duplicate_identity: LeaveRequest_Action.DISCONNECT,
  server_shutdown: LeaveRequest_Action.RECONNECT,
  participant_removed: LeaveRequest_Action.DISCONNECT,
  room_deleted: LeaveRequest_Action.DISCONNECT,
  state_mismatch: LeaveRequest_Action.RECONNECT,
  join_failure: LeaveRequest_Action.RECONNECT,
  signal_close: LeaveRequest_Action.RECONNECT,
  room_closed: LeaveRequest_Action.DISCONNECT,
  connection_timeout: LeaveRequest_Action.RECONNECT,
  media_failure: LeaveRequest_Action.RECONNECT,
}

/** The message that ends a session. */
export function leaveResponse(reason: LeaveReason): LeaveRequest {
  const action = ACTIONS[reason]
  return new LeaveRequest({
    reason: DISCONNECT_REASONS[reason],
    action,
    // Clients below protocol 12 read this flag instead of the action.
    canReconnect: action !== LeaveRequest_Action.DISCONNECT,
  })
}
