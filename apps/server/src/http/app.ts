// Puts the HTTP interface together: headers, protection, routes, pages, and what happens when something is refused.
import { Hono } from 'hono'
import type { ServerContext } from '../context.ts'
import { VERSION } from '../version.ts'
import { createDossierService } from '../facts/dossier-service.ts'
import { createAccountService } from '../accounts/account-service.ts'
import { ownAccountRoutes } from '../accounts/own-account-routes.ts'
import { peopleRoutes } from '../accounts/people-routes.ts'
import { policyRoutes } from '../accounts/policy.ts'
import { signInRoutes } from '../accounts/sign-in-routes.ts'
import { authorityRoutes } from '../approvals/authority-routes.ts'
import { commentRoutes } from '../approvals/comment-routes.ts'
import { exportRoutes } from '../approvals/export-routes.ts'
import { approvalRoutes } from '../approvals/routes.ts'
import { diagnosticRoutes } from '../diagnostics/routes.ts'
import { accountRoutes } from './account-routes.ts'
import { Refusal, errorResponse } from './answers.ts'
import { dossierRoutes } from './dossier-routes.ts'
import { joinRoutes } from './join-routes.ts'
import { meetingRoutes } from './meeting-routes.ts'
import { noticeRoutes } from './notice-routes.ts'
import { proofRoutes } from './proof-routes.ts'
import { checkRoutes, enforceRights } from './rights-guard.ts'
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

  app.use('/api/*', enforceRights(server))

  app.get('/healthz', async (context) => {
    const ok = await server.store.ping().then(
      () => true,
      () => false,
    )
    return context.json({ status: ok ? 'ok' : 'failing', version: VERSION }, ok ? 200 : 503)
  })
  const accounts = createAccountService(server)
  const documents = createDossierService(server, server.now())
  const api = [
    accountRoutes(server),
    signInRoutes(server, accounts),
    ownAccountRoutes(server, accounts),
    peopleRoutes(server),
    policyRoutes(server),
    meetingRoutes(server),
    joinRoutes(server),
    noticeRoutes(server, documents),
    dossierRoutes(server, documents),
    proofRoutes(server),
    approvalRoutes(server, documents),
    commentRoutes(server, documents),
    authorityRoutes(server, documents),
    exportRoutes(server, documents),
    diagnosticRoutes(server),
  ]
  checkRoutes(api.flatMap(({ routes }) => routes))
  for (const routes of api) app.route('/', routes)
  app.get('*', (context) => pages.answer(context.req.raw))

  app.notFound(() => errorResponse(new Refusal('not_found')))
  app.onError((error) => {
    if (error instanceof Refusal) return errorResponse(error)
    server.log.bug('request_failed', error)
    return errorResponse(new Refusal('internal'))
  })
  return app
}
