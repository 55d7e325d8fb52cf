// One-time links, found by the hash of their token and gone once used.
import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import type { OneTimeLinkRepository } from '../store.ts'

export function linkRepository(db: Kysely<Schema>): OneTimeLinkRepository {
  return {
    async add(link) {
      await db
        .insertInto('one_time_links')
        .values({
          token_hash: link.tokenHash,
          purpose: link.purpose,
          organiser_id: link.organiserId,
          created_at: link.createdAt,
          expires_at: link.expiresAt,
        })
        .execute()
    },
    async valid(purpose, now) {
      const rows = await db
        .selectFrom('one_time_links')
        .select('token_hash')
        .where('purpose', '=', purpose)
        .where('expires_at', '>', now)
        .execute()
      return rows.map((row) => row.token_hash)
    },
    async takeSignIn(tokenHash, now) {
      const row = await db
        .deleteFrom('one_time_links')
        .where('token_hash', '=', tokenHash)
        .where('purpose', '=', 'sign_in')
        .where('expires_at', '>', now)
        .returning('organiser_id')
        .executeTakeFirst()
      return row?.organiser_id ?? undefined
    },
    async deleteAll(purpose) {
      await db.deleteFrom('one_time_links').where('purpose', '=', purpose).execute()
    },
  }
}
