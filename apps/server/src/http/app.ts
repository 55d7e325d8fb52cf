// Puts the HTTP interface together: headers, protection, routes, pages, and what happens when something is refused.
import { Hono } from 'hono'
import type { ServerContext } from '../context.ts'
import { VERSION } from '../version.ts'
import { createDossierService } from '../facts/dossier-service.ts'
import { accountRoutes } from './account-routes.ts'
import { Refusal, errorResponse } from './answers.ts'
import { dossierRoutes } from './dossier-routes.ts'
import { joinRoutes } from './join-routes.ts'
import { meetingRoutes } from './meeting-routes.ts'
import { noticeRoutes } from './notice-routes.ts'
import { proofRoutes } from './proof-routes.ts'
import { comesFromOwnPage } from './same-origin.ts'
import { securityHeaders } from './security-headers.ts'
import type { Pages } from './pages.ts'

/** The whole interface as one function from request to answer; `pages` are the files of the web client. */
export function createApp(server: ServerContext, pages: Pages): Hono {
  const app = new Hono()
  const headers = securityHeaders(server.config.https)

  app.use('*', async (context, next) => {
    await next()
    for (const [name, value] of headers) {
      // One answer has a stricter policy of its own: the script of the worker that may reach nobody.
      const own = name === 'content-security-policy' && context.res.headers.has(name)
      if (!own) context.res.headers.set(name, value)
    }
    if (!context.res.headers.has('cache-control')) context.res.headers.set('cache-control', 'no-store')
  })
  app.use('/api/*', async (context, next) => {
    const own = comesFromOwnPage({
      method: context.req.method,
      fetchSite: context.req.header('sec-fetch-site'),
      origin: context.req.header('origin'),
      host: context.req.header('host'),
      publicUrl: server.config.publicUrl,
    })
    if (!own) throw new Refusal('cross_site')
    await next()
  })

  app.get('/healthz', async (context) => {
    const ok = await server.store.ping().then(
      () => true,
      () => false,
    )
    return context.json({ status: ok ? 'ok' : 'failing', version: VERSION }, ok ? 200 : 503)
  })
  const documents = createDossierService(server, server.now())
  const api = [
    accountRoutes(server),
    meetingRoutes(server),
    joinRoutes(server),
    noticeRoutes(server, documents),
    dossierRoutes(server, documents),
    proofRoutes(server),
  ]
  for (const routes of api) app.route('/', routes)
  app.all('/api/*', (context) => {
    const path = context.req.path
    const known = api.some((routes) => routes.routes.some((route) => matches(route.path, path)))
    throw new Refusal(known ? 'method_not_allowed' : 'not_found')
  })
  app.get('*', (context) => pages.answer(context.req.raw))

  app.notFound(() => errorResponse(new Refusal('not_found')))
  app.onError((error) => {
    if (error instanceof Refusal) return errorResponse(error)
    server.log.bug('request_failed', error)
    return errorResponse(new Refusal('internal'))
  })
  return app
}

/** True if the path has the form of a route such as `/api/meetings/:id`. */
function matches(route: string, path: string): boolean {
  const wanted = route.split('/')
  const given = path.split('/')
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => part.startsWith(':') || part === given[index])
  )
}
