// Roles, sign-in with password and passkey, and invitations.
import { sql, type Kysely } from 'kysely'
import { nameKey } from '@runde/contract'

interface Before {
  organisers: { id: string; name: string; name_key: string }
}

export async function up(db: Kysely<Before>): Promise<void> {
  await db.schema
    .alterTable('organisers')
    // Whoever set the installation up so far also ran it.
    .addColumn('roles', 'text', (column) => column.notNull().defaultTo('organiser operator'))
    .execute()
  await db.schema.alterTable('organisers').addColumn('name_key', 'text').execute()
  await db.schema
    .alterTable('organisers')
    .addColumn('second_factor', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  for (const { id, name } of await db.selectFrom('organisers').select(['id', 'name']).execute())
    await db
      .updateTable('organisers')
      .set({ name_key: nameKey(name) })
      .where('id', '=', id)
      .execute()
  await db.schema.createIndex('organisers_by_name').on('organisers').column('name_key').unique().execute()
  await db.schema
    .alterTable('sessions')
    .addColumn('used_on', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute()
  await sql`update sessions set used_on = created_at - created_at % 86400000`.execute(db)
  await createCredentials(db)
  await createInvitations(db)
}

async function createCredentials(db: Kysely<Before>): Promise<void> {
  await db.schema
    .createTable('passwords')
    .addColumn('organiser_id', 'text', (column) =>
      column.primaryKey().references('organisers.id').onDelete('cascade'),
    )
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('passkeys')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('organiser_id', 'text', (column) =>
      column.notNull().references('organisers.id').onDelete('cascade'),
    )
    .addColumn('public_key', 'text', (column) => column.notNull())
    .addColumn('sign_count', 'bigint', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('used_on', 'bigint')
    .execute()
  await db.schema.createIndex('passkeys_by_organiser').on('passkeys').column('organiser_id').execute()
}

async function createInvitations(db: Kysely<Before>): Promise<void> {
  await db.schema
    .createTable('invitations')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('roles', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute()
}
