// Answers for approvals: what is approved, what is stale and why, the frozen editions, and the comments. `:document` is a document's id.
//
// All take `?lang=de|en` (German when left out). Moments are ISO 8601, days ISO dates, both UTC. For organisers and the dpo.
//
//   GET /api/approvals
//     -> { approvals: Standing[], chain: { length, brokenAt } }
//        Standing: { document, title, blockers, state, approved, changes, comments }
//        state: 'none' (never approved) | 'current' | 'stale' (sentences changed since) | 'gone' (approved, no longer made)
//        approved: null | { number, at, by, roles, reviewOn, reviewDue, hash }; reviewDue: the review day has come
//        changes: number of changed sentences; comments: number of comments
//        chain.length: number of all approvals; chain.brokenAt: null when the chain of hashes holds, else the first bad number
//   GET /api/approvals/:document
//     -> Standing & { edition, differences, history, thread }
//        edition: of the present document in the language asked for (null: gone); to be sent when approving
//        differences: SentenceChange[] of @runde/dossier (before, after, because: the facts), newest approval against now
//        history: all approvals of the document, newest first, like `approved`
//        thread: [{ id, at, by, text, mine }], oldest first; who wrote one may delete it
//   POST /api/approvals/:document   { language, edition, reviewOn? } -> 201 { number, hash }
//        409 document_blocked while findings block; 409 edition_changed when it is no longer what was read
//   GET /api/approvals/:document/snapshots/:number -> { number, at, by, roles, reviewOn, reviewDue, hash, document: DossierDocument }
//   POST /api/approvals/:document/comments  { text } -> 201
//   DELETE /api/approvals/:document/comments/:id     -> 204
import { ApproveRequest, CommentRequest } from '@runde/contract'
import { decideComment } from '@runde/meeting'
import { brokenSnapshot, type Comment, type Snapshot } from '@runde/store'
import { Hono } from 'hono'
import type { ServerContext } from '../context.ts'
import { type DossierService, editionOf } from '../facts/dossier-service.ts'
import { Refusal } from '../http/answers.ts'
import { readBody } from '../http/body.ts'
import { languageFrom } from '../http/notice-routes.ts'
import { requireOrganiser } from '../http/session.ts'
import { freeze, presentDocument, thaw } from './frozen.ts'
import { approvedView, standings, type Standing } from './standing.ts'

/** `/api/approvals...`. */
export function approvalRoutes(server: ServerContext, documents: DossierService): Hono {
  const routes = new Hono()

  routes.get('/api/approvals', async (context) => {
    const language = languageFrom(context.req.query('lang'))
    const snapshots = await server.store.snapshots.all()
    const all = await standings(server, documents, language, snapshots)
    return context.json({
      approvals: all.map(summary),
      chain: { length: snapshots.length, brokenAt: brokenSnapshot(snapshots) ?? null },
    })
  })

  routes.get('/api/approvals/:document', async (context) => {
    const me = await requireOrganiser(server, context)
    const language = languageFrom(context.req.query('lang'))
    const id = context.req.param('document')
    const snapshots = await server.store.snapshots.all()
    const standing = (await standings(server, documents, language, snapshots)).find(
      ({ document }) => document === id,
    )
    if (standing === undefined) throw new Refusal('not_found')
    const present = await documents.document(language, id)
    return context.json({
      ...summary(standing),
      edition: present === undefined ? null : editionOf(present),
      differences: standing.differences,
      history: snapshots
        .filter(({ document }) => document === id)
        .toReversed()
        .map((snapshot) => approvedView(snapshot, server.now())),
      thread: standing.thread.map((comment) => commentView(comment, me.id)),
    })
  })

  routes.post('/api/approvals/:document', async (context) => {
    const approver = await requireOrganiser(server, context)
    const { language, edition, reviewOn } = await readBody(context, ApproveRequest)
    const present = await presentDocument(documents, context.req.param('document'))
    if (present === undefined) throw new Refusal('not_found')
    if (editionOf(present[language]) !== edition) throw new Refusal('edition_changed')
    if (present.de.blockers + present.en.blockers > 0) throw new Refusal('document_blocked')
    const { number, hash } = await server.store.snapshots.add({
      document: present.de.id,
      content: freeze(present),
      approverName: approver.name,
      approverRoles: approver.roles,
      approvedAt: server.now(),
      reviewOn: reviewOn ?? null,
    })
    server.log.info('document_approved')
    return context.json({ number, hash }, 201)
  })

  routes.get('/api/approvals/:document/snapshots/:number', async (context) => {
    const language = languageFrom(context.req.query('lang'))
    const snapshot = await findSnapshot(server, context.req.param('document'), context.req.param('number'))
    return context.json({
      ...approvedView(snapshot, server.now()),
      document: thaw(snapshot.content)[language],
    })
  })
  commentRoutes(routes, server, documents)
  return routes
}

function commentRoutes(routes: Hono, server: ServerContext, documents: DossierService): void {
  routes.post('/api/approvals/:document/comments', async (context) => {
    const author = await requireOrganiser(server, context)
    const { text } = await readBody(context, CommentRequest)
    const decided = decideComment(text)
    if (!decided.ok) throw new Refusal(decided.code, { field: 'text' })
    const document = await documents.document('de', context.req.param('document'))
    if (document === undefined) throw new Refusal('not_found')
    await server.store.comments.add({
      document: document.id,
      authorId: author.id,
      authorName: author.name,
      text: decided.text,
      writtenAt: server.now(),
    })
    return context.body(null, 201)
  })

  routes.delete('/api/approvals/:document/comments/:id', async (context) => {
    const author = await requireOrganiser(server, context)
    const id = wholeNumber(context.req.param('id'))
    if (id === undefined || !(await server.store.comments.delete(id, author.id)))
      throw new Refusal('not_found')
    return context.body(null, 204)
  })
}

async function findSnapshot(server: ServerContext, document: string, number: string): Promise<Snapshot> {
  const wanted = wholeNumber(number)
  const snapshot = wanted === undefined ? undefined : await server.store.snapshots.find(wanted)
  if (snapshot === undefined || snapshot.document !== document) throw new Refusal('not_found')
  return snapshot
}

/** Numbers as SQLite hands them out. */
function wholeNumber(text: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined
}

function summary(standing: Standing): object {
  const { document, title, blockers, state, approved, differences, thread } = standing
  return { document, title, blockers, state, approved, changes: differences.length, comments: thread.length }
}

function commentView({ id, authorId, authorName, text, writtenAt }: Comment, me: string): object {
  return { id, at: new Date(writtenAt).toISOString(), by: authorName, text, mine: authorId === me }
}
