// Comments answer each other, and somebody says that what they asked for is settled.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('comments')
    .addColumn('answers', 'integer', (column) => column.references('comments.id').onDelete('set null'))
    .execute()
  await db.schema.alterTable('comments').addColumn('settled_at', 'bigint').execute()
  await db.schema.alterTable('comments').addColumn('settled_by', 'text').execute()
}
