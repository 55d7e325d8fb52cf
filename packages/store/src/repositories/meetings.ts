// Meetings; whatever changes one names its organiser, so that nobody changes somebody else's.
import type { Kysely, Selectable } from 'kysely'
import type { MeetingTable, Schema } from '../schema.ts'
import type { MeetingRepository, StoredMeeting } from '../store.ts'

function meetingFrom(row: Selectable<MeetingTable>): StoredMeeting {
  return {
    id: row.id,
    organiserId: row.organiser_id,
    title: row.title,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  }
}

export function meetingRepository(db: Kysely<Schema>): MeetingRepository {
  return {
    async add(meeting) {
      const result = await db
        .insertInto('meetings')
        .values({
          id: meeting.id,
          organiser_id: meeting.organiserId,
          title: meeting.title,
          created_at: meeting.createdAt,
          ended_at: meeting.endedAt,
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },
    async find(id) {
      const row = await db.selectFrom('meetings').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? undefined : meetingFrom(row)
    },
    async listOf(organiserId) {
      const rows = await db
        .selectFrom('meetings')
        .selectAll()
        .where('organiser_id', '=', organiserId)
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute()
      return rows.map(meetingFrom)
    },
    async count() {
      const row = await db
        .selectFrom('meetings')
        .select((select) => select.fn.countAll().as('total'))
        .executeTakeFirstOrThrow()
      return Number(row.total)
    },
    async update(id, organiserId, change) {
      const row = await db
        .updateTable('meetings')
        // Setting a column to itself keeps the statement valid when nothing is to change.
        .set((select) => ({
          title: change.title ?? select.ref('title'),
          ended_at: change.endedAt === undefined ? select.ref('ended_at') : change.endedAt,
        }))
        .where('id', '=', id)
        .where('organiser_id', '=', organiserId)
        .returningAll()
        .executeTakeFirst()
      return row === undefined ? undefined : meetingFrom(row)
    },
    async discard(id) {
      await db.deleteFrom('meetings').where('id', '=', id).where('organiser_id', 'is', null).execute()
    },
    async delete(id, organiserId) {
      const result = await db
        .deleteFrom('meetings')
        .where('id', '=', id)
        .where('organiser_id', '=', organiserId)
        .executeTakeFirst()
      return result.numDeletedRows === 1n
    },
  }
}
