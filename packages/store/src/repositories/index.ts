// Puts the repositories on one database together and holds the steps that touch several tables.
import type { EpochMillis } from '@runde/contract'
import { sql, type Kysely } from 'kysely'
import { nameKey } from '@runde/contract'
import { overdueRows, purgeExpired } from '../retention.ts'
import type { Schema } from '../schema.ts'
import type { SetUp, Store } from '../store.ts'
import { deletionRepository, recordDeletion } from './deletions.ts'
import { diagnosticRepository } from './diagnostics.ts'
import { probeRunRepository, statedFactRepository } from './facts.ts'
import { authorityLinkRepository, commentRepository, snapshotRepository } from './approvals.ts'
import { passkeyRepository, passwordRepository } from './credentials.ts'
import { invitationRepository } from './invitations.ts'
import { linkRepository } from './links.ts'
import { meetingRepository } from './meetings.ts'
import { organiserRepository, rolesText } from './organisers.ts'
import { sessionRepository } from './sessions.ts'
import { keyPairRepository, settingRepository } from './settings.ts'

/** The store on any database kysely speaks; closing it closes the database. */
export function createStore(db: Kysely<Schema>): Store {
  return {
    organisers: organiserRepository(db),
    sessions: sessionRepository(db),
    links: linkRepository(db),
    meetings: meetingRepository(db),
    settings: settingRepository(db),
    keyPairs: keyPairRepository(db),
    facts: statedFactRepository(db),
    probes: probeRunRepository(db),
    passwords: passwordRepository(db),
    passkeys: passkeyRepository(db),
    invitations: invitationRepository(db),
    snapshots: snapshotRepository(db),
    comments: commentRepository(db),
    authorityLinks: authorityLinkRepository(db),
    diagnostics: diagnosticRepository(db),
    deletions: deletionRepository(db),
    setUp: (request) => db.transaction().execute((transaction) => setUp(transaction, request)),
    purge: (now) => db.transaction().execute((transaction) => purge(transaction, now)),
    overdue: (now, graceMs) => overdueRows(db, now, graceMs),
    async ping() {
      await sql`select 1`.execute(db)
    },
    async close() {
      await db.destroy()
    },
  }
}

async function purge(db: Kysely<Schema>, now: EpochMillis): Promise<number> {
  let total = 0
  for (const { table, count } of await purgeExpired(db, now)) {
    total += count
    await recordDeletion(db, { class: table, entries: count, firstAt: null, lastAt: null, deletedAt: now })
  }
  return total
}

async function setUp(
  db: Kysely<Schema>,
  request: SetUp,
): Promise<'done' | 'already_set_up' | 'link_invalid'> {
  if (await organiserRepository(db).any()) return 'already_set_up'
  const used = await db
    .deleteFrom('one_time_links')
    .where('token_hash', '=', request.linkHash)
    .where('purpose', '=', 'set_up')
    .where('expires_at', '>', request.now)
    .executeTakeFirst()
  if (used.numDeletedRows !== 1n) return 'link_invalid'
  await linkRepository(db).deleteAll('set_up')
  const { id, name, createdAt, roles } = request.organiser
  await db
    .insertInto('organisers')
    .values({
      id,
      name,
      created_at: createdAt,
      roles: rolesText(roles),
      name_key: nameKey(name),
      second_factor: 0,
    })
    .execute()
  await db.updateTable('meetings').set({ organiser_id: id }).where('organiser_id', 'is', null).execute()
  await settingRepository(db).set('instance_name', request.instanceName)
  return 'done'
}
