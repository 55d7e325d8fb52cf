// Answers for the comments on a document: threads of one level, each open until somebody calls it settled.
//
//   POST   /api/approvals/:document/comments      { text, answers? } -> 201; `answers`: id of the comment that begins the thread
//   PUT    /api/approvals/:document/comments/:id  { settled } -> 204; of the comment that begins the thread, by whoever may comment
//   DELETE /api/approvals/:document/comments/:id  -> 204; by who wrote it; answers stay and begin threads of their own
import { CommentRequest, SettleRequest } from '@runde/contract'
import { decideComment } from '@runde/meeting'
import type { Comment } from '@runde/store'
import { Hono } from 'hono'
import type { ServerContext } from '../context.ts'
import type { DossierService } from '../facts/dossier-service.ts'
import { Refusal } from '../http/answers.ts'
import { readBody } from '../http/body.ts'
import { requireOrganiser } from '../http/session.ts'
import { wholeNumber } from './whole-number.ts'

/** `/api/approvals/:document/comments...`. */
export function commentRoutes(server: ServerContext, documents: DossierService): Hono {
  const routes = new Hono()

  routes.post('/api/approvals/:document/comments', async (context) => {
    const author = await requireOrganiser(server, context)
    const { text, answers } = await readBody(context, CommentRequest)
    const decided = decideComment(text)
    if (!decided.ok) throw new Refusal(decided.code, { field: 'text' })
    const document = await documents.document('de', context.req.param('document'))
    if (document === undefined) throw new Refusal('not_found')
    if (answers !== undefined) await findThread(server, document.id, answers)
    await server.store.comments.add({
      document: document.id,
      authorId: author.id,
      authorName: author.name,
      text: decided.text,
      writtenAt: server.now(),
      answers: answers ?? null,
    })
    return context.body(null, 201)
  })

  routes.put('/api/approvals/:document/comments/:id', async (context) => {
    const person = await requireOrganiser(server, context)
    const { settled } = await readBody(context, SettleRequest)
    const { id } = await findThread(
      server,
      context.req.param('document'),
      wholeNumber(context.req.param('id')),
    )
    await server.store.comments.settle(id, settled ? { at: server.now(), by: person.name } : null)
    return context.body(null, 204)
  })

  routes.delete('/api/approvals/:document/comments/:id', async (context) => {
    const author = await requireOrganiser(server, context)
    const id = wholeNumber(context.req.param('id'))
    if (id === undefined || !(await server.store.comments.delete(id, author.id)))
      throw new Refusal('not_found')
    return context.body(null, 204)
  })
  return routes
}

/** The comment that begins a thread of this document. @throws Refusal when there is none */
async function findThread(server: ServerContext, document: string, id: number | undefined): Promise<Comment> {
  const found = id === undefined ? undefined : await server.store.comments.find(id)
  if (found === undefined || found.document !== document || found.answers !== null)
    throw new Refusal('not_found')
  return found
}

/** A comment as the page shows it; `me` is who asks. */
export function commentView(
  { id, authorId, authorName, text, writtenAt, answers, settled }: Comment,
  me: string,
): object {
  return {
    id,
    at: iso(writtenAt),
    by: authorName,
    text,
    mine: authorId === me,
    answers,
    settled: settled === null ? null : { at: iso(settled.at), by: settled.by },
  }
}

/** How many threads nobody has called settled. */
export function openThreads(comments: readonly Comment[]): number {
  return comments.filter(({ answers, settled }) => answers === null && settled === null).length
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
