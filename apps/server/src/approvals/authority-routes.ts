// Answers for reading links: an authority reads the documents as of the link's making, and nothing else.
//
//   GET    /api/authority-links     -> { links: [{ id, note, createdAt, expiresAt }] }
//   POST   /api/authority-links     { note, days (1..90) } -> 201 { link, expiresAt }; the only time the link is told
//   DELETE /api/authority-links/:id -> 204
//   POST   /api/authority           { token, language } -> { madeAt, expiresAt, documents: DossierDocument[] }; for everybody
import { AuthorityLinkRequest, AuthorityRequest, asEpochMillis, hide } from '@runde/contract'
import { authorityLink, decideTitle } from '@runde/meeting'
import { hashToken, newToken, type AuthorityLink } from '@runde/store'
import { Hono } from 'hono'
import type { ServerContext } from '../context.ts'
import type { DossierService } from '../facts/dossier-service.ts'
import { Refusal } from '../http/answers.ts'
import { readBody } from '../http/body.ts'
import { LINK_RATE, createLimiter } from '../http/limits.ts'
import { freeze, presentDocuments, thawAll } from './frozen.ts'

const DAY_MS = 86_400_000

/** Each keeps a copy of all documents, about a megabyte; nobody is examined by more authorities at once. */
const MAX_LINKS = 20

/** `/api/authority-links...` and `/api/authority`. */
export function authorityRoutes(server: ServerContext, documents: DossierService): Hono {
  const routes = new Hono()
  const limitLinks = createLimiter(LINK_RATE)

  routes.get('/api/authority-links', async (context) => {
    const links = await server.store.authorityLinks.list(server.now())
    return context.json({ links: links.map(linkView) })
  })

  routes.post('/api/authority-links', async (context) => {
    const { note, days } = await readBody(context, AuthorityLinkRequest)
    const decided = decideTitle(note)
    if (!decided.ok) throw new Refusal(decided.code, { field: 'note' })
    const createdAt = server.now()
    if ((await server.store.authorityLinks.list(createdAt)).length >= MAX_LINKS)
      throw new Refusal('too_many_requests')
    const token = newToken(server.random)
    const expiresAt = asEpochMillis(createdAt + days * DAY_MS)
    const link = { tokenHash: hashToken(token), note: decided.text, createdAt, expiresAt }
    await server.store.authorityLinks.add(link, freeze(await presentDocuments(documents)))
    server.log.info('authority_link_made')
    const address = authorityLink(server.config.publicUrl, token).reveal()
    return context.json({ link: address, expiresAt: new Date(expiresAt).toISOString() }, 201)
  })

  routes.delete('/api/authority-links/:id', async (context) => {
    const links = await server.store.authorityLinks.list(server.now())
    const found = links.find(({ tokenHash }) => tokenHash === context.req.param('id'))
    if (found === undefined || !(await server.store.authorityLinks.delete(found.tokenHash)))
      throw new Refusal('not_found')
    return context.body(null, 204)
  })

  routes.post('/api/authority', async (context) => {
    const allowed = limitLinks(server.now())
    if (allowed !== true) throw new Refusal('too_many_requests', { retryAfterSeconds: allowed })
    const { token, language } = await readBody(context, AuthorityRequest)
    const opened = await server.store.authorityLinks.open(hashToken(hide(token)), server.now())
    if (opened === undefined) throw new Refusal('authority_link_invalid')
    return context.json({
      madeAt: new Date(opened.createdAt).toISOString(),
      expiresAt: new Date(opened.expiresAt).toISOString(),
      documents: thawAll(opened.content)[language],
    })
  })
  return routes
}

function linkView({ tokenHash, note, createdAt, expiresAt }: AuthorityLink): object {
  return {
    id: tokenHash,
    note,
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
  }
}
