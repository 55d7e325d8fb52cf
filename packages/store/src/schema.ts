// The tables as the queries see them. What each column is for and how long it is kept: columns.ts.
import type { EpochMillis, MeetingId, OrganiserId } from '@runde/contract'
import type { Generated } from 'kysely'
import type { TokenHash } from './token.ts'

export interface OrganiserTable {
  id: OrganiserId
  name: string
  created_at: EpochMillis
}

export interface SessionTable {
  token_hash: TokenHash
  organiser_id: OrganiserId
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
export type SettingName = 'instance_name'

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

export interface Schema {
  organisers: OrganiserTable
  sessions: SessionTable
  one_time_links: OneTimeLinkTable
  meetings: MeetingTable
  settings: SettingTable
  key_pairs: KeyPairTable
  stated_facts: StatedFactTable
  probe_runs: ProbeRunTable
}
