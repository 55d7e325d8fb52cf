// Settings made in the page, and the key pair of the LiveKit surface.
import { hide } from '@runde/contract'
import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import type { KeyPair, KeyPairRepository, SettingRepository } from '../store.ts'

export function settingRepository(db: Kysely<Schema>): SettingRepository {
  return {
    async get(name) {
      const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst()
      return row?.value
    },
    async set(name, value) {
      await db
        .insertInto('settings')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute()
    },
  }
}

export function keyPairRepository(db: Kysely<Schema>): KeyPairRepository {
  const find = async (): Promise<KeyPair | undefined> => {
    const row = await db.selectFrom('key_pairs').selectAll().where('id', '=', 1).executeTakeFirst()
    return row === undefined ? undefined : { key: row.api_key, secret: hide(row.api_secret) }
  }
  return {
    async getOrMake(make, now) {
      const kept = await find()
      if (kept !== undefined) return kept
      const made = make()
      // Two processes may start at once: whoever comes second keeps the pair of the first.
      await db
        .insertInto('key_pairs')
        .values({ id: 1, api_key: made.key, api_secret: made.secret.reveal(), created_at: now })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
      return (await find()) ?? made
    },
  }
}
