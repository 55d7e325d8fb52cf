// The one door of the contract package: what every other part shares and nobody owns.
export type { Brand } from './brand.ts'
export type { EpochMillis, Identity, MeetingId, OrganiserId } from './ids.ts'
export {
  MEETING_ID_LETTERS,
  asEpochMillis,
  asIdentity,
  asOrganiserId,
  isMeetingId,
  parseMeetingId,
} from './ids.ts'
export { nameKey } from './name-key.ts'
export type { Role } from './roles.ts'
export { ROLES, isRole, rolesInOrder } from './roles.ts'
export type { Pii } from './private.ts'
export { Private, hide } from './private.ts'
export type { Bilingual, ErrorBody, ErrorCode, ErrorEntry } from './errors.ts'
export { ERRORS, errorBody } from './errors.ts'
export {
  AUTHORITY_PATH,
  BODY_MAX_BYTES,
  COMMENT_MAX_LENGTH,
  INVITATION_PATH,
  LINK_TOKEN_LENGTH,
  NAME_MAX_LENGTH,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
  SETUP_PATH,
  SIGN_IN_PATH,
  TITLE_MAX_LENGTH,
} from './limits.ts'
export {
  CreateMeetingRequest,
  ErrorAnswer,
  FactAnswer,
  Instance,
  Join,
  JoinRequest,
  Meeting,
  MeetingList,
  PreviewRequest,
  PublicMeeting,
  Session,
  SetupRequest,
  SignInRequest,
  UpdateMeetingRequest,
  type WhoAmI,
} from './api.ts'
export type {
  Account,
  AccountPolicy,
  Invitation,
  PasskeyOptions,
  People,
  SecondFactorNeeded,
} from './api-accounts.ts'
export {
  AcceptInvitationRequest,
  AccountPolicyRequest,
  PasskeySignInRequest,
  PasswordSignInRequest,
  RegisterPasskeyRequest,
  RolesRequest,
  SecondFactorRequest,
  SetPasswordRequest,
} from './api-accounts.ts'
export {
  ApproveRequest,
  AuthorityLinkRequest,
  AuthorityRequest,
  CommentRequest,
  SettleRequest,
} from './api-approvals.ts'
export type { PageName } from './pages.ts'
export { PAGE_RIGHTS } from './pages.ts'
