// The HTTP interface between web client and server: what each request carries and each answer holds.
//
//   GET    /api/instance              -> Instance
//   POST   /api/setup                 SetupRequest -> Session (and the session cookie)
//   GET    /api/session               -> WhoAmI
//   POST   /api/session               SignInRequest -> Session (and the session cookie)
//   DELETE /api/session              -> 204 (signed out, also if nobody was signed in)
//   GET    /api/meetings              -> MeetingList
//   POST   /api/meetings              CreateMeetingRequest -> 201 Meeting
//   PATCH  /api/meetings/:id          UpdateMeetingRequest -> Meeting
//   DELETE /api/meetings/:id          -> 204
//   GET    /api/meetings/:id/public   -> PublicMeeting
//   POST   /api/meetings/:id/join     JoinRequest -> Join
//   otherwise                         -> status and ErrorBody
// Accounts: api-accounts.ts. Who may call what: docs/rights.md.
import * as z from 'zod/mini'
import type { ErrorBody } from './errors.ts'
import { isMeetingId, type MeetingId } from './ids.ts'
import type { Role } from './roles.ts'

/** What anybody may know about this installation. */
export interface Instance {
  name: string
  version: string
  /** False until the one-time set-up link has been used. */
  setUp: boolean
}

/** Uses the set-up link: `token` is its fragment, `name` the organiser's, `instanceName` the house's. */
export interface SetupRequest {
  token: string
  name: string
  instanceName?: string
}

/** Who is signed in with this browser's cookie. */
export interface Session {
  organiser: { name: string; roles: Role[] }
}

/** Who is signed in, and what they may: ids of rows of the table of rights (docs/rights.md); menus are made from it. */
export interface WhoAmI extends Session {
  may: string[]
  /** The organiser asks a second factor of everybody, and this account has none yet: until then it may do nothing else. */
  factorOwed: boolean
}

/** Uses a one-time sign-in link: `token` is its fragment. */
export interface SignInRequest {
  token: string
}

/** A meeting as its organiser sees it. */
export interface Meeting {
  id: MeetingId
  title: string
  /** ISO 8601, UTC. */
  createdAt: string
  /** Set while the meeting is closed for joining; ISO 8601, UTC. */
  endedAt: string | null
  /** The address to send to participants. */
  link: string
  /** How many are in the room now. */
  participants: number
}

export interface MeetingList {
  meetings: Meeting[]
}

export interface CreateMeetingRequest {
  title: string
}

/** `ended: true` sends everybody out and closes the meeting for joining, `false` opens it again. */
export interface UpdateMeetingRequest {
  title?: string
  ended?: boolean
}

/** What somebody who holds the link may see before joining. */
export interface PublicMeeting {
  id: MeetingId
  title: string
  participants: number
}

/** `name` is optional; a participant without one is shown as a guest. */
export interface JoinRequest {
  name?: string
}

/** What the media client needs: connect to the own origin + `livekitPath` with `token`. */
export interface Join {
  identity: string
  token: string
  livekitPath: string
}

/** A strict object: a key nobody knows is a mistake of the caller and is refused. */
export const SetupRequest: z.ZodMiniType<SetupRequest> = z.strictObject({
  token: z.string(),
  name: z.string(),
  instanceName: z.exactOptional(z.string()),
})

export const SignInRequest: z.ZodMiniType<SignInRequest> = z.strictObject({ token: z.string() })

export const CreateMeetingRequest: z.ZodMiniType<CreateMeetingRequest> = z.strictObject({ title: z.string() })

export const UpdateMeetingRequest: z.ZodMiniType<UpdateMeetingRequest> = z.strictObject({
  title: z.exactOptional(z.string()),
  ended: z.exactOptional(z.boolean()),
})

export const JoinRequest: z.ZodMiniType<JoinRequest> = z.strictObject({ name: z.exactOptional(z.string()) })

const meetingId: z.ZodMiniType<MeetingId> = z.custom<MeetingId>(
  (value) => typeof value === 'string' && isMeetingId(value),
)

/** Answers are read loosely (unknown keys are dropped), so that an older page survives a newer server. */
export const Instance: z.ZodMiniType<Instance> = z.object({
  name: z.string(),
  version: z.string(),
  setUp: z.boolean(),
})

export const Session: z.ZodMiniType<Session> = z.object({
  organiser: z.object({ name: z.string(), roles: z.array(z.enum(['organiser', 'dpo', 'operator'])) }),
})

export const Meeting: z.ZodMiniType<Meeting> = z.object({
  id: meetingId,
  title: z.string(),
  createdAt: z.string(),
  endedAt: z.nullable(z.string()),
  link: z.string(),
  participants: z.number(),
})

export const MeetingList: z.ZodMiniType<MeetingList> = z.object({ meetings: z.array(Meeting) })

export const PublicMeeting: z.ZodMiniType<PublicMeeting> = z.object({
  id: meetingId,
  title: z.string(),
  participants: z.number(),
})

export const Join: z.ZodMiniType<Join> = z.object({
  identity: z.string(),
  token: z.string(),
  livekitPath: z.string(),
})

export const ErrorAnswer: z.ZodMiniType<ErrorBody> = z.object({
  error: z.object({
    code: z.string(),
    message: z.object({ de: z.string(), en: z.string() }),
    field: z.exactOptional(z.string()),
  }),
})

/** An answer of the interview: a value, whose form the fact decides, or "I do not know". */
export type FactAnswer = { value: unknown } | { unknown: true }

/** What would change if a fact were so; `withdrawn`: if nobody had stated it. */
export interface PreviewRequest {
  fact: string
  language: 'de' | 'en'
  answer: FactAnswer | { withdrawn: true }
}

export const FactAnswer: z.ZodMiniType<FactAnswer> = z.union([
  z.strictObject({ unknown: z.literal(true) }),
  z.strictObject({ value: z.unknown() }),
])

export const PreviewRequest: z.ZodMiniType<PreviewRequest> = z.strictObject({
  fact: z.string(),
  language: z.enum(['de', 'en']),
  answer: z.union([FactAnswer, z.strictObject({ withdrawn: z.literal(true) })]),
})
