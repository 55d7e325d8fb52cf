// The tables as the queries see them. What each column is for and how long it is kept: columns.ts.
import type { EpochMillis, MeetingId, OrganiserId } from '@runde/contract'
import type { Generated } from 'kysely'
import type { TokenHash } from './token.ts'

export interface OrganiserTable {
  id: OrganiserId
  name: string
  created_at: EpochMillis
  /** Names of roles with one blank between them. */
  roles: string
  /** The name as it is compared (name-key.ts). */
  name_key: string
  /** 1: a password alone does not sign in, a passkey has to follow. */
  second_factor: number
}

export interface SessionTable {
  token_hash: TokenHash
  organiser_id: OrganiserId
  created_at: EpochMillis
  expires_at: EpochMillis
  /** Start of the day (UTC) of the last use; the time of day is nobody's business. */
  used_on: EpochMillis
}

export interface PasswordTable {
  organiser_id: OrganiserId
  /** Argon2id in the PHC string format. */
  hash: string
  changed_at: EpochMillis
}

export interface PasskeyTable {
  /** The credential's id, base64url. */
  id: string
  organiser_id: OrganiserId
  /** COSE_Key (RFC 9052 section 7), base64url. */
  public_key: string
  sign_count: number
  label: string
  created_at: EpochMillis
  /** Start of the day (UTC) of the last use; null before the first. */
  used_on: EpochMillis | null
}

export interface InvitationTable {
  token_hash: TokenHash
  roles: string
  created_at: EpochMillis
  expires_at: EpochMillis
}

/** What a one-time link may be used for. */
export type LinkPurpose = 'set_up' | 'sign_in'

export interface OneTimeLinkTable {
  token_hash: TokenHash
  purpose: LinkPurpose
  /** Null for set-up links: there is no organiser yet. */
  organiser_id: OrganiserId | null
  created_at: EpochMillis
  expires_at: EpochMillis
}

export interface MeetingTable {
  id: MeetingId
  /** Null: made on the command line before the set-up; the first organiser takes it over. */
  organiser_id: OrganiserId | null
  title: string
  created_at: EpochMillis
  ended_at: EpochMillis | null
}

/** Settings the organiser makes in the page; everything an operator sets is in the configuration instead. */
export type SettingName = 'instance_name' | 'second_factor_for_all'

export interface SettingTable {
  name: SettingName
  value: string
}

export interface KeyPairTable {
  /** Always 1: there is one pair. */
  id: number
  api_key: string
  api_secret: string
  created_at: EpochMillis
}

/** One fact the organisation stated: a JSON entry of the fact sheet. */
export interface StatedFactTable {
  fact: string
  entry: string
  stated_at: EpochMillis
}

/** One run of a probe; `result` is the JSON of the measured value, never a name or an address. */
export interface ProbeRunTable {
  id: Generated<number>
  probe: string
  ran_at: EpochMillis
  result: string
  passed: number
}

/** The diagnostic mode; there is one row at most. */
export interface DiagnosticModeTable {
  /** Always 1. */
  id: number
  since: EpochMillis
  until: EpochMillis
  purpose: string
}

/** One proof of deletion; nothing in it is about a person. */
export interface DeletionTable {
  id: Generated<number>
  class: string
  entries: number
  first_at: EpochMillis | null
  last_at: EpochMillis | null
  deleted_at: EpochMillis
  hash: string
}

/** One approval; each row carries the hash of the one before it (snapshot-chain.ts). */
export interface SnapshotTable {
  number: number
  document: string
  /** Canonical JSON. */
  content: string
  approver_name: string
  /** Names of roles with one blank between them. */
  approver_roles: string
  approved_at: EpochMillis
  /** ISO date. */
  review_on: string | null
  previous: string
  hash: string
}

export interface CommentTable {
  id: Generated<number>
  document: string
  author_id: OrganiserId | null
  author_name: string
  text: string
  written_at: EpochMillis
  /** The comment this one answers; null: it begins a thread. */
  answers: number | null
  /** When somebody called the thread settled; null: open. */
  settled_at: EpochMillis | null
  /** Name of who did; null: open. */
  settled_by: string | null
}

export interface AuthorityLinkTable {
  token_hash: TokenHash
  note: string
  /** JSON of the documents as of the making. */
  content: string
  created_at: EpochMillis
  expires_at: EpochMillis
}

export interface Schema {
  organisers: OrganiserTable
  sessions: SessionTable
  one_time_links: OneTimeLinkTable
  meetings: MeetingTable
  settings: SettingTable
  key_pairs: KeyPairTable
  stated_facts: StatedFactTable
  probe_runs: ProbeRunTable
  passwords: PasswordTable
  passkeys: PasskeyTable
  invitations: InvitationTable
  snapshots: SnapshotTable
  comments: CommentTable
  authority_links: AuthorityLinkTable
  diagnostic_mode: DiagnosticModeTable
  deletions: DeletionTable
}
