// Invitations: links that make an account with certain roles, found by the hash of their token and gone once used.
import type { Kysely, Selectable } from 'kysely'
import type { InvitationRepository, StoredInvitation } from '../account-store.ts'
import { nameKey } from '@runde/contract'
import type { InvitationTable, Schema } from '../schema.ts'
import type { Organiser } from '../store.ts'
import { rolesFrom, rolesText } from './organisers.ts'

export function invitationRepository(db: Kysely<Schema>): InvitationRepository {
  return {
    async add({ tokenHash, roles, createdAt, expiresAt }) {
      await db
        .insertInto('invitations')
        .values({
          token_hash: tokenHash,
          roles: rolesText(roles),
          created_at: createdAt,
          expires_at: expiresAt,
        })
        .execute()
    },
    async list(now) {
      const rows = await db
        .selectFrom('invitations')
        .selectAll()
        .where('expires_at', '>', now)
        .orderBy('created_at', 'desc')
        .orderBy('token_hash')
        .execute()
      return rows.map(invitationFrom)
    },
    async delete(tokenHash) {
      const result = await db.deleteFrom('invitations').where('token_hash', '=', tokenHash).executeTakeFirst()
      return result.numDeletedRows === 1n
    },
    accept: (tokenHash, account) =>
      db.transaction().execute((transaction) => accept(transaction, tokenHash, account)),
  }
}

async function accept(
  db: Kysely<Schema>,
  tokenHash: StoredInvitation['tokenHash'],
  { id, name, createdAt }: Pick<Organiser, 'id' | 'name' | 'createdAt'>,
): Promise<Organiser | 'link_invalid' | 'name_taken'> {
  const row = await db
    .selectFrom('invitations')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', createdAt)
    .executeTakeFirst()
  if (row === undefined) return 'link_invalid'
  const added = await db
    .insertInto('organisers')
    .values({
      id,
      name,
      created_at: createdAt,
      roles: row.roles,
      name_key: nameKey(name),
      second_factor: 0,
    })
    .onConflict((conflict) => conflict.column('name_key').doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) return 'name_taken'
  await db.deleteFrom('invitations').where('token_hash', '=', tokenHash).execute()
  return { id, name, createdAt, roles: rolesFrom(row.roles), secondFactor: false }
}

function invitationFrom(row: Selectable<InvitationTable>): StoredInvitation {
  return {
    tokenHash: row.token_hash,
    roles: rolesFrom(row.roles),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}
