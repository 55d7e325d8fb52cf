// Organisers: read only here; the only way to become one is Store.setUp.
import type { Kysely, Selectable } from 'kysely'
import type { OrganiserTable, Schema } from '../schema.ts'
import type { Organiser, OrganiserRepository } from '../store.ts'

export function organiserFrom(row: Selectable<OrganiserTable>): Organiser {
  return { id: row.id, name: row.name, createdAt: row.created_at }
}

export function organiserRepository(db: Kysely<Schema>): OrganiserRepository {
  return {
    async any() {
      return (await db.selectFrom('organisers').select('id').limit(1).executeTakeFirst()) !== undefined
    },
    async find(id) {
      const row = await db.selectFrom('organisers').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? undefined : organiserFrom(row)
    },
    async first() {
      const row = await db
        .selectFrom('organisers')
        .selectAll()
        .orderBy('created_at')
        .limit(1)
        .executeTakeFirst()
      return row === undefined ? undefined : organiserFrom(row)
    },
  }
}
