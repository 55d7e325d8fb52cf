// Sessions of organisers' browsers, found by the hash of their token.
import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import type { SessionRepository } from '../store.ts'
import { organiserFrom } from './organisers.ts'
import { startOfDay } from './start-of-day.ts'

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
          used_on: startOfDay(session.createdAt),
        })
        .execute()
    },
    async find(tokenHash, now) {
      const row = await db
        .selectFrom('sessions')
        .innerJoin('organisers', 'organisers.id', 'sessions.organiser_id')
        .select([
          'sessions.expires_at',
          'sessions.used_on',
          'sessions.created_at as began_at',
          'organisers.id',
          'organisers.name',
          'organisers.created_at',
          'organisers.roles',
          'organisers.second_factor',
        ])
        .where('sessions.token_hash', '=', tokenHash)
        .where('sessions.expires_at', '>', now)
        .executeTakeFirst()
      if (row === undefined) return undefined
      return {
        organiser: organiserFrom(row),
        createdAt: row.began_at,
        expiresAt: row.expires_at,
        usedOn: row.used_on,
      }
    },
    async extend(tokenHash, expiresAt, usedAt) {
      await db
        .updateTable('sessions')
        .set({ expires_at: expiresAt, used_on: startOfDay(usedAt) })
        .where('token_hash', '=', tokenHash)
        .execute()
    },
    async delete(tokenHash) {
      await db.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute()
    },
    async listOf(organiserId, now) {
      const rows = await db
        .selectFrom('sessions')
        .selectAll()
        .where('organiser_id', '=', organiserId)
        .where('expires_at', '>', now)
        .orderBy('created_at', 'desc')
        .orderBy('token_hash')
        .execute()
      return rows.map((row) => ({
        tokenHash: row.token_hash,
        createdAt: row.created_at,
        usedOn: row.used_on,
      }))
    },
    async revoke(organiserId, tokenHash) {
      const result = await db
        .deleteFrom('sessions')
        .where('organiser_id', '=', organiserId)
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst()
      return result.numDeletedRows === 1n
    },
    async revokeOthers(organiserId, kept) {
      const result = await db
        .deleteFrom('sessions')
        .where('organiser_id', '=', organiserId)
        .where('token_hash', '!=', kept)
        .executeTakeFirst()
      return Number(result.numDeletedRows)
    },
    async revokeAllBut(kept) {
      const result = await db.deleteFrom('sessions').where('token_hash', '!=', kept).executeTakeFirst()
      return Number(result.numDeletedRows)
    },
  }
}
