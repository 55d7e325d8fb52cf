// Facts the organisation states, and results of probes; what they mean is known to packages/dossier alone.
import type { EpochMillis } from '@runde/contract'
import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import type { ProbeRun, ProbeRunRepository, StatedFactRepository } from '../store.ts'

export function statedFactRepository(db: Kysely<Schema>): StatedFactRepository {
  return {
    async all() {
      const rows = await db.selectFrom('stated_facts').select(['fact', 'entry']).orderBy('fact').execute()
      return new Map(rows.map(({ fact, entry }) => [fact, entry]))
    },
    async set(fact, entry, now) {
      await db
        .insertInto('stated_facts')
        .values({ fact, entry, stated_at: now })
        .onConflict((conflict) => conflict.column('fact').doUpdateSet({ entry, stated_at: now }))
        .execute()
    },
    async delete(fact) {
      await db.deleteFrom('stated_facts').where('fact', '=', fact).execute()
    },
  }
}

export function probeRunRepository(db: Kysely<Schema>): ProbeRunRepository {
  return {
    async add({ probe, ranAt, result, passed }) {
      await db
        .insertInto('probe_runs')
        .values({ probe, ran_at: ranAt, result, passed: passed ? 1 : 0 })
        .execute()
    },
    async latest() {
      const rows = await db
        .selectFrom('probe_runs')
        .select(['probe', 'ran_at', 'result', 'passed'])
        .where('id', 'in', (newest) =>
          newest
            .selectFrom('probe_runs')
            .select(({ fn }) => fn.max('id').as('id'))
            .groupBy('probe'),
        )
        .orderBy('probe')
        .execute()
      return rows.map(toRun)
    },
    async history(probe, since) {
      const rows = await db
        .selectFrom('probe_runs')
        .select(['probe', 'ran_at', 'result', 'passed'])
        .where('probe', '=', probe)
        .where('ran_at', '>=', since)
        .orderBy('id')
        .execute()
      return rows.map(toRun)
    },
    async deleteBefore(before) {
      const deleted = await db.deleteFrom('probe_runs').where('ran_at', '<', before).executeTakeFirst()
      return Number(deleted.numDeletedRows)
    },
  }
}

function toRun(row: { probe: string; ran_at: EpochMillis; result: string; passed: number }): ProbeRun {
  return { probe: row.probe, ranAt: row.ran_at, result: row.result, passed: row.passed === 1 }
}
