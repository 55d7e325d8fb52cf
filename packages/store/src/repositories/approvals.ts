// Snapshots of approved documents, comments on documents, and reading links for authorities.
import type { Kysely, Selectable } from 'kysely'
import type {
  AuthorityLink,
  AuthorityLinkRepository,
  Comment,
  CommentRepository,
  Snapshot,
  SnapshotRepository,
} from '../approval-store.ts'
import type { AuthorityLinkTable, CommentTable, Schema, SnapshotTable } from '../schema.ts'
import { chain } from '../snapshot-chain.ts'
import { rolesFrom, rolesText } from './organisers.ts'

export function snapshotRepository(db: Kysely<Schema>): SnapshotRepository {
  return {
    add: (approval) =>
      db.transaction().execute(async (transaction) => {
        const last = await transaction
          .selectFrom('snapshots')
          .select(['number', 'hash'])
          .orderBy('number', 'desc')
          .limit(1)
          .executeTakeFirst()
        const snapshot = chain(approval, last)
        await transaction
          .insertInto('snapshots')
          .values({
            number: snapshot.number,
            document: snapshot.document,
            content: snapshot.content,
            approver_name: snapshot.approverName,
            approver_roles: rolesText(snapshot.approverRoles),
            approved_at: snapshot.approvedAt,
            review_on: snapshot.reviewOn,
            previous: snapshot.previous,
            hash: snapshot.hash,
          })
          .execute()
        return snapshot
      }),
    async all() {
      const rows = await db.selectFrom('snapshots').selectAll().orderBy('number').execute()
      return rows.map(snapshotFrom)
    },
    async find(number) {
      const row = await db.selectFrom('snapshots').selectAll().where('number', '=', number).executeTakeFirst()
      return row === undefined ? undefined : snapshotFrom(row)
    },
  }
}

export function commentRepository(db: Kysely<Schema>): CommentRepository {
  return {
    async add({ document, authorId, authorName, text, writtenAt, answers }) {
      await db
        .insertInto('comments')
        .values({
          document,
          author_id: authorId,
          author_name: authorName,
          text,
          written_at: writtenAt,
          answers,
        })
        .execute()
    },
    async all() {
      const rows = await db.selectFrom('comments').selectAll().orderBy('id').execute()
      return rows.map(commentFrom)
    },
    async find(id) {
      const row = await db.selectFrom('comments').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? undefined : commentFrom(row)
    },
    async settle(id, settled) {
      await db
        .updateTable('comments')
        .set({ settled_at: settled?.at ?? null, settled_by: settled?.by ?? null })
        .where('id', '=', id)
        .execute()
    },
    async delete(id, authorId) {
      const result = await db
        .deleteFrom('comments')
        .where('id', '=', id)
        .where('author_id', '=', authorId)
        .executeTakeFirst()
      return result.numDeletedRows === 1n
    },
  }
}

export function authorityLinkRepository(db: Kysely<Schema>): AuthorityLinkRepository {
  return {
    async add({ tokenHash, note, createdAt, expiresAt }, content) {
      await db
        .insertInto('authority_links')
        .values({ token_hash: tokenHash, note, content, created_at: createdAt, expires_at: expiresAt })
        .execute()
    },
    async open(tokenHash, now) {
      const row = await db
        .selectFrom('authority_links')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .where('expires_at', '>', now)
        .executeTakeFirst()
      return row === undefined ? undefined : { ...linkFrom(row), content: row.content }
    },
    async list(now) {
      const rows = await db
        .selectFrom('authority_links')
        .select(['token_hash', 'note', 'created_at', 'expires_at'])
        .where('expires_at', '>', now)
        .orderBy('created_at', 'desc')
        .orderBy('token_hash')
        .execute()
      return rows.map(linkFrom)
    },
    async delete(tokenHash) {
      const result = await db
        .deleteFrom('authority_links')
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst()
      return result.numDeletedRows === 1n
    },
  }
}

function snapshotFrom(row: Selectable<SnapshotTable>): Snapshot {
  return {
    number: row.number,
    document: row.document,
    content: row.content,
    approverName: row.approver_name,
    approverRoles: rolesFrom(row.approver_roles),
    approvedAt: row.approved_at,
    reviewOn: row.review_on,
    previous: row.previous,
    hash: row.hash,
  }
}

function commentFrom(row: Selectable<CommentTable>): Comment {
  return {
    id: row.id,
    document: row.document,
    authorId: row.author_id,
    authorName: row.author_name,
    text: row.text,
    writtenAt: row.written_at,
    answers: row.answers,
    settled:
      row.settled_at === null || row.settled_by === null ? null : { at: row.settled_at, by: row.settled_by },
  }
}

function linkFrom(row: Omit<Selectable<AuthorityLinkTable>, 'content'>): AuthorityLink {
  return {
    tokenHash: row.token_hash,
    note: row.note,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}
