// Answers what participants and machines may know before they join: the privacy notice and the self-declaration.
import type { Language } from '@runde/dossier'
import { Hono } from 'hono'
import type { ServerContext } from '../context.ts'
import { type DossierService, editionOf } from '../facts/dossier-service.ts'
import { selfDeclaration } from '../facts/self-declaration.ts'
import { Refusal } from './answers.ts'

/** The language asked for in the address; German when none is. @throws Refusal for any other word */
export function languageFrom(given: string | undefined): Language {
  if (given === undefined || given === 'de') return 'de'
  if (given === 'en') return 'en'
  throw new Refusal('bad_request')
}

/** `/api/notice`, `/api/notice/full`, `/api/imprint` and `/.well-known/runde-privacy.json`, open to everybody. */
export function noticeRoutes(server: ServerContext, documents: DossierService): Hono {
  const routes = new Hono()

  for (const [path, kinds] of [
    ['/api/notice', ['notice-short', 'household']],
    ['/api/notice/full', ['notice', 'household']],
    ['/api/imprint', ['imprint', 'household']],
  ] as const) {
    routes.get(path, async (context) => {
      const language = languageFrom(context.req.query('lang'))
      const { documents: all } = await documents.documents(language)
      const document = all.find(({ kind }) => kinds.some((wanted) => wanted === kind))
      if (document === undefined) throw new Refusal('not_found')
      return context.json({ edition: editionOf(document), document: withoutFindings(document) })
    })
  }

  routes.get('/.well-known/runde-privacy.json', async (context) =>
    context.json(selfDeclaration(await documents.sheet(), server.config.publicUrl)),
  )
  return routes
}

/** What is still open is the organisation's own business: participants read the sentences, gaps included, not the to-do list. */
function withoutFindings<D extends { sections: readonly { id: string }[]; evidence: readonly unknown[] }>(
  document: D,
): D {
  return { ...document, evidence: [], sections: document.sections.filter(({ id }) => id !== 'open-points') }
}
