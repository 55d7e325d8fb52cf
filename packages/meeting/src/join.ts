// Decides whether a request may enter a meeting, and as whom.
import type { EpochMillis, ErrorCode } from '@runde/contract'
import { decideOptionalName } from './text-rules.ts'

/** What the decision needs to know about a meeting. */
export interface JoinableMeeting {
  /** Set while the meeting is closed for joining. */
  endedAt: EpochMillis | null
}

export type JoinDecision =
  | { kind: 'admit'; name: string | undefined }
  | { kind: 'refuse'; code: ErrorCode; field?: 'name' }

/** `meeting` is undefined when nobody has made one with that id. The meeting is judged before the name. */
export function decideJoin(meeting: JoinableMeeting | undefined, name: string | undefined): JoinDecision {
  if (meeting === undefined) return { kind: 'refuse', code: 'meeting_not_found' }
  if (meeting.endedAt !== null) return { kind: 'refuse', code: 'meeting_ended' }
  const decided = decideOptionalName(name)
  if (!decided.ok) return { kind: 'refuse', code: decided.code, field: 'name' }
  return { kind: 'admit', name: decided.text }
}
