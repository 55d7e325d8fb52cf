// What the organisation has stated for its documents, and what the probes found.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('stated_facts')
    .addColumn('fact', 'text', (column) => column.primaryKey())
    .addColumn('entry', 'text', (column) => column.notNull())
    .addColumn('stated_at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('probe_runs')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('probe', 'text', (column) => column.notNull())
    .addColumn('ran_at', 'bigint', (column) => column.notNull())
    .addColumn('result', 'text', (column) => column.notNull())
    .addColumn('passed', 'integer', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('probe_runs_by_time').on('probe_runs').columns(['probe', 'ran_at']).execute()
}
