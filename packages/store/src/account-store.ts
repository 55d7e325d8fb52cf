// What is stored so that people can sign in: passwords, passkeys and invitations, as the repositories offer it.
import type { EpochMillis, OrganiserId, Private, Role } from '@runde/contract'
import type { Organiser } from './store.ts'
import type { TokenHash } from './token.ts'

/** A password's hash in the PHC string format; wrapped, because it can be attacked offline. */
export interface StoredPassword {
  hash: Private<string>
  changedAt: EpochMillis
}

export interface PasswordRepository {
  find(organiserId: OrganiserId): Promise<StoredPassword | undefined>
  set(organiserId: OrganiserId, password: StoredPassword): Promise<void>
  delete(organiserId: OrganiserId): Promise<void>
}

export interface StoredPasskey {
  /** The credential's id, base64url. */
  id: string
  organiserId: OrganiserId
  /** COSE_Key (RFC 9052 section 7), base64url. */
  publicKey: string
  signCount: number
  /** What the person calls it. */
  label: string
  createdAt: EpochMillis
  /** Start of the day (UTC) of the last use; null before the first. */
  usedOn: EpochMillis | null
}

export interface PasskeyRepository {
  /** False if the credential is registered already, with whichever account. */
  add(passkey: StoredPasskey): Promise<boolean>
  find(id: string): Promise<StoredPasskey | undefined>
  /** Oldest first. */
  listOf(organiserId: OrganiserId): Promise<readonly StoredPasskey[]>
  /** Keeps the new counter and the day. False if the stored counter is no longer `seen`: it was used in between. */
  used(id: string, seen: number, signCount: number, usedAt: EpochMillis): Promise<boolean>
  /** False if there is none or it is somebody else's. */
  delete(organiserId: OrganiserId, id: string): Promise<boolean>
}

export interface StoredInvitation {
  tokenHash: TokenHash
  roles: readonly Role[]
  createdAt: EpochMillis
  expiresAt: EpochMillis
}

export interface InvitationRepository {
  add(invitation: StoredInvitation): Promise<void>
  /** Those that can still be used, newest first. */
  list(now: EpochMillis): Promise<readonly StoredInvitation[]>
  delete(tokenHash: TokenHash): Promise<boolean>
  /** Uses the invitation up and makes the account with its roles: both or nothing. */
  accept(
    tokenHash: TokenHash,
    account: Pick<Organiser, 'id' | 'name' | 'createdAt'>,
  ): Promise<Organiser | 'link_invalid' | 'name_taken'>
}
