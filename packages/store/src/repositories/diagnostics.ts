// The diagnostic mode: one row while it is on or its log has not yet been deleted.
import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import type { DiagnosticRepository } from '../store.ts'

export function diagnosticRepository(db: Kysely<Schema>): DiagnosticRepository {
  return {
    current: () =>
      db
        .selectFrom('diagnostic_mode')
        .select(['since', 'until', 'purpose'])
        .where('id', '=', 1)
        .executeTakeFirst(),
    async start({ since, until, purpose }) {
      const result = await db
        .insertInto('diagnostic_mode')
        .values({ id: 1, since, until, purpose })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },
    async expire(now) {
      await db.updateTable('diagnostic_mode').set({ until: now }).where('until', '>', now).execute()
    },
    async end(since) {
      await db.deleteFrom('diagnostic_mode').where('since', '=', since).execute()
    },
  }
}
