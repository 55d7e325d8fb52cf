// Proofs of deletion in a chain: each hash covers its entry and the hash before it, so that none can be changed or taken out unnoticed.
import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import type { Deletion, DeletionRepository } from '../store.ts'

/** What the first entry is chained to. */
const BEGINNING = ''

export function deletionRepository(db: Kysely<Schema>): DeletionRepository {
  const rows = (on: Kysely<Schema>): Promise<readonly (Deletion & { hash: string })[]> =>
    on
      .selectFrom('deletions')
      .select([
        'class',
        'entries',
        'first_at as firstAt',
        'last_at as lastAt',
        'deleted_at as deletedAt',
        'hash',
      ])
      .orderBy('id')
      .execute()
  return {
    async add(deletion) {
      await db.transaction().execute((transaction) => recordDeletion(transaction, deletion))
    },
    async list() {
      return (await rows(db)).map(({ class: name, entries, firstAt, lastAt, deletedAt }) => ({
        class: name,
        entries,
        firstAt,
        lastAt,
        deletedAt,
      }))
    },
    async intact() {
      let previous = BEGINNING
      for (const { hash, ...deletion } of await rows(db)) {
        if (hash !== chained(previous, deletion)) return false
        previous = hash
      }
      return true
    },
  }
}

/** Adds the next entry of the chain; `db` is the transaction that deletes. */
export async function recordDeletion(db: Kysely<Schema>, deletion: Deletion): Promise<void> {
  const last = await db
    .selectFrom('deletions')
    .select('hash')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  await db
    .insertInto('deletions')
    .values({
      class: deletion.class,
      entries: deletion.entries,
      first_at: deletion.firstAt,
      last_at: deletion.lastAt,
      deleted_at: deletion.deletedAt,
      hash: chained(last?.hash ?? BEGINNING, deletion),
    })
    .execute()
}

/** SHA-256, in hexadecimal, of the hash before and the entry's values in the order of the columns. */
function chained(previous: string, { class: name, entries, firstAt, lastAt, deletedAt }: Deletion): string {
  const values = JSON.stringify([previous, name, entries, firstAt, lastAt, deletedAt])
  return createHash('sha256').update(values, 'utf8').digest('hex')
}
