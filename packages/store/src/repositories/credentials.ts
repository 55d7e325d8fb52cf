// Passwords and passkeys, each belonging to one account and gone with it.
import { hide } from '@runde/contract'
import type { Kysely, Selectable } from 'kysely'
import type { PasskeyRepository, PasswordRepository, StoredPasskey } from '../account-store.ts'
import type { PasskeyTable, Schema } from '../schema.ts'
import { startOfDay } from './start-of-day.ts'

export function passwordRepository(db: Kysely<Schema>): PasswordRepository {
  return {
    async find(organiserId) {
      const row = await db
        .selectFrom('passwords')
        .selectAll()
        .where('organiser_id', '=', organiserId)
        .executeTakeFirst()
      return row === undefined ? undefined : { hash: hide(row.hash), changedAt: row.changed_at }
    },
    async set(organiserId, { hash, changedAt }) {
      const kept = { hash: hash.reveal(), changed_at: changedAt }
      await db
        .insertInto('passwords')
        .values({ organiser_id: organiserId, ...kept })
        .onConflict((conflict) => conflict.column('organiser_id').doUpdateSet(kept))
        .execute()
    },
    async delete(organiserId) {
      await db.deleteFrom('passwords').where('organiser_id', '=', organiserId).execute()
    },
  }
}

export function passkeyRepository(db: Kysely<Schema>): PasskeyRepository {
  return {
    async add(passkey) {
      const result = await db
        .insertInto('passkeys')
        .values({
          id: passkey.id,
          organiser_id: passkey.organiserId,
          public_key: passkey.publicKey,
          sign_count: passkey.signCount,
          label: passkey.label,
          created_at: passkey.createdAt,
          used_on: passkey.usedOn,
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },
    async find(id) {
      const row = await db.selectFrom('passkeys').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? undefined : passkeyFrom(row)
    },
    async listOf(organiserId) {
      const rows = await db
        .selectFrom('passkeys')
        .selectAll()
        .where('organiser_id', '=', organiserId)
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      return rows.map(passkeyFrom)
    },
    async used(id, seen, signCount, usedAt) {
      const result = await db
        .updateTable('passkeys')
        .set({ sign_count: signCount, used_on: startOfDay(usedAt) })
        .where('id', '=', id)
        .where('sign_count', '=', seen)
        .executeTakeFirst()
      return result.numUpdatedRows === 1n
    },
    async delete(organiserId, id) {
      const result = await db
        .deleteFrom('passkeys')
        .where('id', '=', id)
        .where('organiser_id', '=', organiserId)
        .executeTakeFirst()
      return result.numDeletedRows === 1n
    },
  }
}

function passkeyFrom(row: Selectable<PasskeyTable>): StoredPasskey {
  return {
    id: row.id,
    organiserId: row.organiser_id,
    publicKey: row.public_key,
    signCount: row.sign_count,
    label: row.label,
    createdAt: row.created_at,
    usedOn: row.used_on,
  }
}
