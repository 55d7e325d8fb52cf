// Holds every request to the interface against the table of rights, before any handler sees it.
import { RIGHTS, judgeRight, rightFor } from '@runde/meeting'
import type { MiddlewareHandler } from 'hono'
import type { ServerContext } from '../context.ts'
import { owesFactor } from '../accounts/policy.ts'
import { Refusal } from './answers.ts'
import { isProver } from './proof-routes.ts'
import { currentSession } from './session.ts'

/** Refuses what the table does not allow; a route that is not in the table does not exist. */
export function enforceRights(server: ServerContext): MiddlewareHandler {
  return async (context, next) => {
    const match = rightFor(context.req.method, context.req.path)
    if (match.kind !== 'right')
      throw new Refusal(match.kind === 'method' ? 'method_not_allowed' : 'not_found')
    const { right } = match
    if (right.who !== 'everybody' && !(right.keyPair && (await isProver(server, context)))) {
      const account = (await currentSession(server, context))?.organiser
      const factorOwed = account !== undefined && (await owesFactor(server.store, account))
      const judged = judgeRight(right, account?.roles, factorOwed)
      if (judged.kind === 'refuse') throw new Refusal(judged.code)
    }
    await next()
  }
}

/** Compares the routes with the table at the start. @throws Error when one of the two has what the other has not */
export function checkRoutes(routes: readonly { method: string; path: string }[]): void {
  const built = new Set(
    routes.filter(({ path }) => path.startsWith('/api/')).map(({ method, path }) => `${method} ${path}`),
  )
  const listed = new Set(RIGHTS.map(({ method, path }) => `${method} ${path}`))
  const odd = [
    ...[...built].filter((route) => !listed.has(route)),
    ...[...listed].filter((route) => !built.has(route)),
  ]
  if (odd.length > 0)
    throw new Error(
      `routes and the table of rights (packages/meeting/src/rights-table.ts) differ: ${odd.join(', ')}`,
    )
}
