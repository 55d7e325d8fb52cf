// Accounts: the first is made by Store.setUp, all others by an invitation; one of them is an organiser always.
import { isRole, rolesInOrder, type OrganiserId, type Role } from '@runde/contract'
import type { Kysely, Selectable } from 'kysely'
import { nameKey } from '@runde/contract'
import type { OrganiserTable, Schema } from '../schema.ts'
import type { Organiser, OrganiserRepository } from '../store.ts'
import { recordDeletion } from './deletions.ts'

/** How roles are stored: their names with a blank between them. */
export function rolesText(roles: readonly Role[]): string {
  return rolesInOrder(roles).join(' ')
}

/** Reads {@link rolesText}; a role this version does not know gives no right. */
export function rolesFrom(text: string): Role[] {
  return rolesInOrder(text.split(' ').filter(isRole))
}

/** An account as the repositories give it out. */
export function organiserFrom(row: Omit<Selectable<OrganiserTable>, 'name_key'>): Organiser {
  return {
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    roles: rolesFrom(row.roles),
    secondFactor: row.second_factor === 1,
  }
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
      return (await list(db)).find(({ roles }) => roles.includes('organiser'))
    },
    list: () => list(db),
    async findByName(name) {
      const row = await db
        .selectFrom('organisers')
        .selectAll()
        .where('name_key', '=', nameKey(name))
        .executeTakeFirst()
      return row === undefined ? undefined : organiserFrom(row)
    },
    async setSecondFactor(id, on) {
      await db
        .updateTable('organisers')
        .set({ second_factor: on ? 1 : 0 })
        .where('id', '=', id)
        .execute()
    },
    setRoles: (id, roles) =>
      db.transaction().execute(async (transaction) => {
        const fault = await judge(transaction, id, roles.includes('organiser'))
        if (fault !== undefined) return fault
        await transaction
          .updateTable('organisers')
          .set({ roles: rolesText(roles) })
          .where('id', '=', id)
          .execute()
        return 'done'
      }),
    remove: (id, heir, now) =>
      db.transaction().execute(async (transaction) => {
        const fault = await judge(transaction, id, false)
        if (fault !== undefined) return fault
        await transaction
          .updateTable('meetings')
          .set({ organiser_id: heir })
          .where('organiser_id', '=', id)
          .execute()
        await transaction.deleteFrom('organisers').where('id', '=', id).execute()
        await recordDeletion(transaction, {
          class: 'accounts',
          entries: 1,
          firstAt: null,
          lastAt: null,
          deletedAt: now,
        })
        return 'done'
      }),
  }
}

async function list(db: Kysely<Schema>): Promise<Organiser[]> {
  const rows = await db.selectFrom('organisers').selectAll().orderBy('created_at').orderBy('id').execute()
  return rows.map(organiserFrom)
}

/** Why the account may not change so that it is an organiser afterwards or not. */
async function judge(
  db: Kysely<Schema>,
  id: OrganiserId,
  staysOrganiser: boolean,
): Promise<'not_found' | 'last_organiser' | undefined> {
  const accounts = await list(db)
  if (!accounts.some((account) => account.id === id)) return 'not_found'
  const others = accounts.some((account) => account.id !== id && account.roles.includes('organiser'))
  return staysOrganiser || others ? undefined : 'last_organiser'
}
