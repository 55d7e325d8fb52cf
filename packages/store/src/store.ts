// The repositories the server works with; one contract suite runs against every database behind them.
import type { EpochMillis, MeetingId, OrganiserId, Private, Role } from '@runde/contract'
import type { AuthorityLinkRepository, CommentRepository, SnapshotRepository } from './approval-store.ts'
import type { InvitationRepository, PasskeyRepository, PasswordRepository } from './account-store.ts'
import type { LinkPurpose, SettingName } from './schema.ts'
import type { TokenHash } from './token.ts'

export interface Organiser {
  id: OrganiserId
  name: string
  createdAt: EpochMillis
  roles: readonly Role[]
  /** True: a password alone does not sign in, a passkey has to follow. */
  secondFactor: boolean
}

export interface OrganiserRepository {
  /** True once somebody has used the set-up link. */
  any(): Promise<boolean>
  find(id: OrganiserId): Promise<Organiser | undefined>
  /** The one who set the installation up; undefined before that. */
  first(): Promise<Organiser | undefined>
  /** Oldest first. */
  list(): Promise<readonly Organiser[]>
  /** By the name as people type it: capitals and blanks are forgiven. */
  findByName(name: string): Promise<Organiser | undefined>
  setSecondFactor(id: OrganiserId, on: boolean): Promise<void>
  /** The last organiser cannot be made something else. */
  setRoles(id: OrganiserId, roles: readonly Role[]): Promise<'done' | 'not_found' | 'last_organiser'>
  /** Deletes an account with all that leads to it; its meetings go to `heir`. The deletion is proven. */
  remove(
    id: OrganiserId,
    heir: OrganiserId,
    now: EpochMillis,
  ): Promise<'done' | 'not_found' | 'last_organiser'>
}

export interface Session {
  organiser: Organiser
  createdAt: EpochMillis
  expiresAt: EpochMillis
  /** Start of the day (UTC) of the last use. */
  usedOn: EpochMillis
}

/** A session as its owner sees it in the list. */
export interface ListedSession {
  tokenHash: TokenHash
  createdAt: EpochMillis
  usedOn: EpochMillis
}

export interface SessionRepository {
  add(session: {
    tokenHash: TokenHash
    organiserId: OrganiserId
    createdAt: EpochMillis
    expiresAt: EpochMillis
  }): Promise<void>
  /** Undefined if there is none or it has expired. */
  find(tokenHash: TokenHash, now: EpochMillis): Promise<Session | undefined>
  /** Moves the end of a session, and the day of its last use. */
  extend(tokenHash: TokenHash, expiresAt: EpochMillis, usedAt: EpochMillis): Promise<void>
  delete(tokenHash: TokenHash): Promise<void>
  /** Those that have not expired, newest first. */
  listOf(organiserId: OrganiserId, now: EpochMillis): Promise<readonly ListedSession[]>
  /** Ends one session of this account; false if it is not theirs. */
  revoke(organiserId: OrganiserId, tokenHash: TokenHash): Promise<boolean>
  /** Ends all sessions of this account but one; how many. */
  revokeOthers(organiserId: OrganiserId, kept: TokenHash): Promise<number>
  /** Ends all sessions of all accounts but one; how many. */
  revokeAllBut(kept: TokenHash): Promise<number>
}

export interface OneTimeLinkRepository {
  add(link: {
    tokenHash: TokenHash
    purpose: LinkPurpose
    organiserId: OrganiserId | null
    createdAt: EpochMillis
    expiresAt: EpochMillis
  }): Promise<void>
  /** Hashes of the links that can still be used. */
  valid(purpose: LinkPurpose, now: EpochMillis): Promise<TokenHash[]>
  /** Uses a sign-in link up: whose it was, or undefined if it was not valid. Two at once: one of them wins. */
  takeSignIn(tokenHash: TokenHash, now: EpochMillis): Promise<OrganiserId | undefined>
  /** Makes all links of a purpose useless. */
  deleteAll(purpose: LinkPurpose): Promise<void>
}

export interface StoredMeeting {
  id: MeetingId
  /** Null: made on the command line before the set-up; the first organiser takes it over. */
  organiserId: OrganiserId | null
  title: string
  createdAt: EpochMillis
  endedAt: EpochMillis | null
}

export interface MeetingRepository {
  /** False if the id is taken; the caller draws another one. */
  add(meeting: StoredMeeting): Promise<boolean>
  find(id: MeetingId): Promise<StoredMeeting | undefined>
  /** Newest first. */
  listOf(organiserId: OrganiserId): Promise<StoredMeeting[]>
  count(): Promise<number>
  /** Undefined if the meeting does not exist or belongs to somebody else. */
  update(
    id: MeetingId,
    organiserId: OrganiserId,
    change: { title?: string; endedAt?: EpochMillis | null },
  ): Promise<StoredMeeting | undefined>
  /** False if the meeting does not exist or belongs to somebody else. */
  delete(id: MeetingId, organiserId: OrganiserId): Promise<boolean>
  /** Deletes a meeting that belongs to nobody; one with an organiser stays. */
  discard(id: MeetingId): Promise<void>
}

export interface SettingRepository {
  get(name: SettingName): Promise<string | undefined>
  set(name: SettingName, value: string): Promise<void>
}

/** Key and secret of the LiveKit surface. */
export interface KeyPair {
  key: string
  secret: Private<string>
}

export interface KeyPairRepository {
  /** The kept pair; the first call of all keeps the one that `make` returns. */
  getOrMake(make: () => KeyPair, now: EpochMillis): Promise<KeyPair>
}

/** What the organisation stated for its documents: fact id to the JSON of its entry. */
export interface StatedFactRepository {
  all(): Promise<ReadonlyMap<string, string>>
  set(fact: string, entry: string, now: EpochMillis): Promise<void>
  delete(fact: string): Promise<void>
}

/** One run of a probe; `result` is the JSON of what was measured. */
export interface ProbeRun {
  probe: string
  ranAt: EpochMillis
  result: string
  passed: boolean
}

export interface ProbeRunRepository {
  add(run: ProbeRun): Promise<void>
  /** The newest run of each probe. */
  latest(): Promise<readonly ProbeRun[]>
  /** The runs of one probe from a moment on, oldest first. */
  history(probe: string, since: EpochMillis): Promise<readonly ProbeRun[]>
  /** Deletes what is older; how many. */
  deleteBefore(before: EpochMillis): Promise<number>
}

/** The time-limited diagnostic mode that an operator switched on. */
export interface DiagnosticMode {
  since: EpochMillis
  until: EpochMillis
  /** In the operator's words. */
  purpose: string
}

export interface DiagnosticRepository {
  /** The mode, also when it has expired and its log has not been deleted yet. */
  current(): Promise<DiagnosticMode | undefined>
  /** False if there is one already. */
  start(mode: DiagnosticMode): Promise<boolean>
  /** Makes it expire now, unless it has expired before. */
  expire(now: EpochMillis): Promise<void>
  /** Forgets the mode that began then; its log has to be gone by now. */
  end(since: EpochMillis): Promise<void>
}

/** What was deleted, in numbers. */
export interface Deletion {
  /** Class of data, such as `debugLog`. */
  class: string
  /** Entries that were deleted. */
  entries: number
  /** Moments of the oldest and the newest of them; null when there was none. */
  firstAt: EpochMillis | null
  lastAt: EpochMillis | null
  deletedAt: EpochMillis
}

export interface DeletionRepository {
  add(deletion: Deletion): Promise<void>
  /** Oldest first. */
  list(): Promise<readonly Deletion[]>
  /** Whether the chain of hashes holds: no entry was changed, put in or taken out but at the end. */
  intact(): Promise<boolean>
}

export interface SetUp {
  /** Hash of the set-up link that was shown. */
  linkHash: TokenHash
  organiser: Organiser
  instanceName: string
  now: EpochMillis
}

export interface Store {
  readonly organisers: OrganiserRepository
  readonly sessions: SessionRepository
  readonly links: OneTimeLinkRepository
  readonly meetings: MeetingRepository
  readonly settings: SettingRepository
  readonly keyPairs: KeyPairRepository
  readonly facts: StatedFactRepository
  readonly probes: ProbeRunRepository
  readonly passwords: PasswordRepository
  readonly passkeys: PasskeyRepository
  readonly invitations: InvitationRepository
  readonly snapshots: SnapshotRepository
  readonly comments: CommentRepository
  readonly authorityLinks: AuthorityLinkRepository
  readonly diagnostics: DiagnosticRepository
  readonly deletions: DeletionRepository
  /** Uses the set-up link, makes the organiser, gives them what has no owner, names the house: all of it or nothing. */
  setUp(request: SetUp): Promise<'done' | 'already_set_up' | 'link_invalid'>
  /** Deletes every row whose end has come (retention.ts); how many. Each class leaves a proof of deletion. */
  purge(now: EpochMillis): Promise<number>
  /** Rows that are past their end by more than `graceMs`, by table; empty when all is as it should be. */
  overdue(now: EpochMillis, graceMs: number): Promise<readonly { table: string; count: number }[]>
  /** Reads once, to find out whether the database answers; rejects if not. */
  ping(): Promise<void>
  close(): Promise<void>
}
