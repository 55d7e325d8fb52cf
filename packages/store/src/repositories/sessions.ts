// Sessions of organisers' browsers, found by the hash of their token.
import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import type { SessionRepository } from '../store.ts'

export function sessionRepository(db: Kysely<Schema>): SessionRepository {
  return {
    async add(session) {
      await db
        .insertInto('sessions')
        .values({
          token_hash: session.tokenHash,
          organiser_id: session.organiserId,
          created_at: session.createdAt,
          expires_at: session.expiresAt,
        })
        .execute()
    },
    async find(tokenHash, now) {
      const row = await db
        .selectFrom('sessions')
        .innerJoin('organisers', 'organisers.id', 'sessions.organiser_id')
        .select(['sessions.expires_at', 'organisers.id', 'organisers.name', 'organisers.created_at'])
        .where('sessions.token_hash', '=', tokenHash)
        .where('sessions.expires_at', '>', now)
        .executeTakeFirst()
      if (row === undefined) return undefined
      return {
        organiser: { id: row.id, name: row.name, createdAt: row.created_at },
        expiresAt: row.expires_at,
      }
    },
    async extend(tokenHash, expiresAt) {
      await db
        .updateTable('sessions')
        .set({ expires_at: expiresAt })
        .where('token_hash', '=', tokenHash)
        .execute()
    },
    async delete(tokenHash) {
      await db.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute()
    },
  }
}
