// Answers for the data protection centre: documents with their findings, the interview, downloads.
import { FACTS, isFactId, type DossierDocument, type FactId, type Language } from '@runde/dossier'
import { toHtml, toMarkdown } from '@runde/dossier/writers'
import { FactAnswer, PreviewRequest } from '@runde/contract'
import { Hono } from 'hono'
import type { ServerContext } from '../context.ts'
import { type DossierService, editionOf } from '../facts/dossier-service.ts'
import { Refusal } from './answers.ts'
import { readBody } from './body.ts'
import { languageFrom } from './notice-routes.ts'
import { requireOrganiser } from './session.ts'

/** One answer in bytes: the check of a provider takes about 3 kB, and a list of a few hundred entries is legitimate. */
const FACT_MAX_BYTES = 1_048_576

/** What a downloaded page may do: show itself, with the style it carries. */
const DOCUMENT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** `/api/dossier...`, for those who are signed in. */
export function dossierRoutes(server: ServerContext, documents: DossierService): Hono {
  const routes = new Hono()

  routes.get('/api/dossier', async (context) => {
    await requireOrganiser(server, context)
    const language = languageFrom(context.req.query('lang'))
    const { documents: all, findings } = await documents.documents(language)
    return context.json({
      documents: all.map((document) => ({
        id: document.id,
        kind: document.kind,
        title: document.title,
        subtitle: document.subtitle,
        blockers: document.blockers,
        edition: editionOf(document),
      })),
      findings,
    })
  })

  routes.get('/api/dossier/interview', async (context) => {
    await requireOrganiser(server, context)
    const questions = await documents.questions()
    return context.json({ questions: questions.map((each) => ({ ...each, label: FACTS[each.fact].label })) })
  })

  routes.get('/api/dossier/facts/:fact', async (context) => {
    await requireOrganiser(server, context)
    return context.json(await documents.stated(factFrom(context.req.param('fact'))))
  })

  routes.put('/api/dossier/facts/:fact', async (context) => {
    await requireOrganiser(server, context)
    const fact = factFrom(context.req.param('fact'))
    const answer = await readBody(context, FactAnswer, FACT_MAX_BYTES)
    const stated = await documents.state(fact, 'unknown' in answer ? 'unknown' : { value: answer.value })
    if (!stated) throw new Refusal('answer_unfit', { field: fact })
    return context.body(null, 204)
  })

  routes.delete('/api/dossier/facts/:fact', async (context) => {
    await requireOrganiser(server, context)
    await documents.withdraw(factFrom(context.req.param('fact')))
    return context.body(null, 204)
  })

  routes.post('/api/dossier/preview', async (context) => {
    const { fact, language, answer } = await readBody(context, PreviewRequest, FACT_MAX_BYTES)
    const supposed = 'withdrawn' in answer ? 'withdrawn' : 'unknown' in answer ? 'unknown' : answer
    const changes = await documents.preview(factFrom(fact), supposed, language)
    if (changes === undefined) throw new Refusal('answer_unfit', { field: fact })
    return context.json({ changes })
  })

  routes.get('/api/dossier/documents/:id', async (context) => {
    await requireOrganiser(server, context)
    const document = await find(documents, languageFrom(context.req.query('lang')), context.req.param('id'))
    return context.json({ edition: editionOf(document), document })
  })

  routes.get('/api/dossier/files/:id/:format', async (context) => {
    await requireOrganiser(server, context)
    const document = await find(documents, languageFrom(context.req.query('lang')), context.req.param('id'))
    return fileResponse(document, context.req.param('format'))
  })
  return routes
}

async function find(documents: DossierService, language: Language, id: string): Promise<DossierDocument> {
  const document = await documents.document(language, id)
  if (document === undefined) throw new Refusal('not_found')
  return document
}

function factFrom(given: string): FactId {
  if (!isFactId(given)) throw new Refusal('not_found')
  return given
}

async function fileResponse(document: DossierDocument, format: string): Promise<Response> {
  switch (format) {
    case 'md':
      return file(document, format, 'text/markdown; charset=utf-8', toMarkdown(document))
    case 'html':
      return file(document, format, 'text/html; charset=utf-8', toHtml(document))
    case 'docx': {
      // Loaded when somebody wants it: the library is large.
      const { toDocx } = await import('@runde/dossier/docx')
      return file(document, format, DOCX_TYPE, await toDocx(document))
    }
    case 'pdf': {
      const { createPdfWriter } = await import('@runde/dossier/pdf')
      const write = await createPdfWriter()
      if (write === undefined) throw new Refusal('pdf_unavailable')
      return file(document, format, 'application/pdf', write(document))
    }
    default:
      throw new Refusal('not_found')
  }
}

const DOCX_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

function file(
  document: DossierDocument,
  format: string,
  type: string,
  content: string | Uint8Array,
): Response {
  const body = typeof content === 'string' ? content : Buffer.from(content)
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${document.id}.${document.language}.${format}"`,
      'content-security-policy': DOCUMENT_POLICY,
    },
  })
}
