// How the rows of each table come to their end: the one source for deleting what has expired and for proving that it is gone.
import { type EpochMillis, asEpochMillis } from '@runde/contract'
import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'

/** How long runs of probes are kept, ms: a year and a month, so that a yearly review sees the whole year (columns.ts). */
const PROBE_HISTORY_MS = 400 * 86_400_000

/** When a row has to go. */
export type Retention =
  /** At the moment that stands in a column of the row. */
  | { readonly ends: 'at'; readonly column: string }
  /** So many milliseconds after the moment that stands in the column. */
  | { readonly ends: 'after'; readonly column: string; readonly ms: number }
  /** When a person deletes it or what it belongs to, or with the installation. */
  | { readonly ends: 'by hand' }

const BY_HAND: Retention = { ends: 'by hand' }

/** Every table; one that is missing does not compile, and one whose columns name a period may not end by hand (tested). */
export const RETENTION: { readonly [Table in keyof Schema]: Retention } = {
  organisers: BY_HAND,
  sessions: { ends: 'at', column: 'expires_at' },
  one_time_links: { ends: 'at', column: 'expires_at' },
  meetings: BY_HAND,
  settings: BY_HAND,
  key_pairs: BY_HAND,
  stated_facts: BY_HAND,
  probe_runs: { ends: 'after', column: 'ran_at', ms: PROBE_HISTORY_MS },
  passwords: BY_HAND,
  passkeys: BY_HAND,
  invitations: { ends: 'at', column: 'expires_at' },
  snapshots: BY_HAND,
  comments: BY_HAND,
  authority_links: { ends: 'at', column: 'expires_at' },
  diagnostic_mode: { ends: 'at', column: 'until' },
  deletions: BY_HAND,
}

interface Expiring {
  readonly table: string
  readonly column: string
  /** How long a row stays after the moment in its column, ms. */
  readonly ms: number
}

const EXPIRING: readonly Expiring[] = Object.entries(RETENTION).flatMap(([table, retention]) =>
  retention.ends === 'by hand'
    ? []
    : [{ table, column: retention.column, ms: retention.ends === 'after' ? retention.ms : 0 }],
)

/** Deletes every row whose end has come; how many of each table that had one. */
export async function purgeExpired(
  db: Kysely<Schema>,
  now: EpochMillis,
): Promise<readonly { table: string; count: number }[]> {
  const purged: { table: string; count: number }[] = []
  for (const { table, column, ms } of EXPIRING) {
    const limit = asEpochMillis(now - ms)
    const { numAffectedRows = 0n } =
      await sql`delete from ${sql.table(table)} where ${sql.ref(column)} <= ${limit}`.execute(db)
    if (numAffectedRows > 0n) purged.push({ table, count: Number(numAffectedRows) })
  }
  return purged
}

/** Rows whose end was more than `graceMs` ago, by table. */
export async function overdueRows(
  db: Kysely<Schema>,
  now: EpochMillis,
  graceMs: number,
): Promise<readonly { table: string; count: number }[]> {
  const overdue: { table: string; count: number }[] = []
  for (const { table, column, ms } of EXPIRING) {
    const limit = asEpochMillis(now - graceMs - ms)
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from ${sql.table(table)} where ${sql.ref(column)} < ${limit}`.execute(db)
    const count = rows[0]?.count ?? 0
    if (count > 0) overdue.push({ table, count })
  }
  return overdue
}
