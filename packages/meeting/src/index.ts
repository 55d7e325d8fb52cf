// The one door of the meeting package: rules about meetings as pure decisions, without clock, network or storage.
export type { RandomBytes } from './random.ts'
export { newIdentity, newMeetingId, newOrganiserId } from './new-ids.ts'
export type { TextDecision } from './text-rules.ts'
export { decideComment, decideName, decideOptionalName, decideTitle } from './text-rules.ts'
export type { JoinDecision, JoinableMeeting } from './join.ts'
export { decideJoin } from './join.ts'
export type { SetUpDecision, SetUpFacts } from './set-up.ts'
export { DEFAULT_INSTANCE_NAME, decideSetUp } from './set-up.ts'
export {
  authorityLink,
  invitationLink,
  meetingLink,
  parseMeetingLink,
  setUpLink,
  signInLink,
} from './links.ts'
export type { PasswordDecision } from './passwords.ts'
export { decidePassword, preparePassword } from './passwords.ts'
export type { Right, RightMatch } from './rights.ts'
export { RIGHTS, judgeRight, rightFor } from './rights.ts'
