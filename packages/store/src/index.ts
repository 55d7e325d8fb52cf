// The one door of the store package: repositories, and the SQLite database behind them.
export type {
  Deletion,
  DeletionRepository,
  DiagnosticMode,
  DiagnosticRepository,
  KeyPair,
  KeyPairRepository,
  ListedSession,
  MeetingRepository,
  OneTimeLinkRepository,
  Organiser,
  OrganiserRepository,
  ProbeRun,
  ProbeRunRepository,
  Session,
  SessionRepository,
  SetUp,
  SettingRepository,
  StatedFactRepository,
  Store,
  StoredMeeting,
} from './store.ts'
export type {
  Approval,
  AuthorityLink,
  AuthorityLinkRepository,
  Comment,
  CommentRepository,
  Snapshot,
  SnapshotRepository,
} from './approval-store.ts'
export { brokenSnapshot } from './snapshot-chain.ts'
export type { LinkPurpose, SettingName } from './schema.ts'
export type {
  InvitationRepository,
  PasskeyRepository,
  PasswordRepository,
  StoredInvitation,
  StoredPasskey,
  StoredPassword,
} from './account-store.ts'
export type { StoredColumn } from './stored-column.ts'
export { STORED_COLUMNS } from './columns.ts'
export type { TokenHash } from './token.ts'
export { hashToken, newToken, sameHash } from './token.ts'
export type { StoreFault } from './sqlite/open.ts'
export { DATABASE_FILE, StoreOpenError, openSqliteStore } from './sqlite/open.ts'
export type { BackupFault, BackupInfo } from './sqlite/backup.ts'
export { BackupError, backUp, readBackup, restore } from './sqlite/backup.ts'
