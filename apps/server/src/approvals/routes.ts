// Answers for approvals: what is approved, what is stale and why, the frozen editions, and the comments. `:document` is a document's id.
//
// All take `?lang=de|en` (German when left out). Moments are ISO 8601, days ISO dates, both UTC. For organisers and the dpo.
//
//   GET /api/approvals
//     -> { approvals: Standing[], chain, reminders: Reminder[] }
//        Standing: { document, title, blockers, state, approved, changes, comments, open }
//        state: 'none' (never approved) | 'current' | 'stale' (sentences changed since) | 'gone' (approved, no longer made)
//        approved: null | { number, at, by, roles, reviewOn, reviewDue, previous, hash }; reviewDue: the review day has come
//        changes: number of changed sentences; comments: number of comments; open: threads that nobody has settled
//        chain: { length, brokenAt, last }; length: number of all approvals; brokenAt: null when the chain of hashes holds,
//        else the first bad number; last: hash of the newest approval, null before the first
//        reminders: what is to be looked at again within 30 days, or should have been (reminders.ts)
//   GET /api/approvals/:document
//     -> Standing & { edition, proposedReview, chain, differences, history, thread }
//        edition: of the present document in the language asked for (null: gone); to be sent when approving
//        proposedReview: the day on which the organisation's own rhythm asks for the next review
//        differences: SentenceChange[] of @runde/dossier (before, after, because: the facts), newest approval against now
//        history: all approvals of the document, newest first, like `approved`
//        thread: [{ id, at, by, text, mine, answers, settled }], oldest first; who wrote one may delete it
//        answers: null | id of the comment it answers; settled: null | { at, by }
//   POST /api/approvals/:document   { language, edition, reviewOn? } -> 201 { number, hash }
//        409 document_blocked while findings block; 409 edition_changed when it is no longer what was read
//   GET /api/approvals/:document/snapshots/:number
//     -> { number, at, by, roles, reviewOn, reviewDue, previous, hash, document: DossierDocument }
// Comments: comment-routes.ts.
import { ApproveRequest } from '@runde/contract'
import { brokenSnapshot, type Snapshot } from '@runde/store'
import { Hono } from 'hono'
import type { ServerContext } from '../context.ts'
import { type DossierService, editionOf } from '../facts/dossier-service.ts'
import { Refusal } from '../http/answers.ts'
import { readBody } from '../http/body.ts'
import { languageFrom } from '../http/notice-routes.ts'
import { requireOrganiser } from '../http/session.ts'
import { commentView, openThreads } from './comment-routes.ts'
import { freeze, presentDocument, thaw } from './frozen.ts'
import { proposedReview, reminders } from './reminders.ts'
import { approvedView, standings, type Standing } from './standing.ts'
import { wholeNumber } from './whole-number.ts'

/** `/api/approvals...`. */
export function approvalRoutes(server: ServerContext, documents: DossierService): Hono {
  const routes = new Hono()

  routes.get('/api/approvals', async (context) => {
    const language = languageFrom(context.req.query('lang'))
    const snapshots = await server.store.snapshots.all()
    const all = await standings(server, documents, language, snapshots)
    return context.json({
      approvals: all.map(summary),
      chain: chainView(snapshots),
      reminders: reminders(all, await documents.sheet(), server.now()),
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
      proposedReview: proposedReview(await documents.sheet(), server.now()),
      chain: chainView(snapshots),
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
  return routes
}

async function findSnapshot(server: ServerContext, document: string, number: string): Promise<Snapshot> {
  const wanted = wholeNumber(number)
  const snapshot = wanted === undefined ? undefined : await server.store.snapshots.find(wanted)
  if (snapshot === undefined || snapshot.document !== document) throw new Refusal('not_found')
  return snapshot
}

function summary(standing: Standing): object {
  const { document, title, blockers, state, approved, differences, thread } = standing
  const counts = { changes: differences.length, comments: thread.length, open: openThreads(thread) }
  return { document, title, blockers, state, approved, ...counts }
}

function chainView(snapshots: readonly Snapshot[]): object {
  return {
    length: snapshots.length,
    brokenAt: brokenSnapshot(snapshots) ?? null,
    last: snapshots.at(-1)?.hash ?? null,
  }
}
