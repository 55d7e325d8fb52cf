// Answers who runs this installation, how it is set up, and who is signed in.
import { SetupRequest, SignInRequest, hide, type Instance, type Session, type WhoAmI } from '@runde/contract'
import { DEFAULT_INSTANCE_NAME, RIGHTS, decideSetUp, judgeRight, newOrganiserId } from '@runde/meeting'
import { hashToken, sameHash, type Organiser, type TokenHash } from '@runde/store'
import { Hono } from 'hono'
import type { ServerContext } from '../context.ts'
import { owesFactor } from '../accounts/policy.ts'
import { VERSION } from '../version.ts'
import { Refusal } from './answers.ts'
import { readBody } from './body.ts'
import { LINK_RATE, createLimiter } from './limits.ts'
import { endSession, requireOrganiser, startSession } from './session.ts'

/** The answer to every way of signing in. */
export function sessionOf(organiser: Organiser): Session {
  return { organiser: { name: organiser.name, roles: [...organiser.roles] } }
}

async function whoAmI(server: ServerContext, account: Organiser): Promise<WhoAmI> {
  const factorOwed = await owesFactor(server.store, account)
  const may = RIGHTS.filter(
    (right) => right.who !== 'everybody' && judgeRight(right, account.roles, factorOwed).kind === 'allow',
  )
  return { ...sessionOf(account), may: may.map(({ id }) => id), factorOwed }
}

/** `/api/instance`, `/api/setup`, `/api/session`. */
export function accountRoutes(server: ServerContext): Hono {
  const routes = new Hono()
  const limitLinks = createLimiter(LINK_RATE)
  const spendTry = (): void => {
    const allowed = limitLinks(server.now())
    if (allowed !== true) throw new Refusal('too_many_requests', { retryAfterSeconds: allowed })
  }

  routes.get('/api/instance', async (context) => {
    const instance: Instance = {
      name: (await server.store.settings.get('instance_name')) ?? DEFAULT_INSTANCE_NAME,
      version: VERSION,
      setUp: await server.store.organisers.any(),
    }
    return context.json(instance)
  })

  routes.post('/api/setup', async (context) => {
    spendTry()
    const organiser = await setUp(server, await readBody(context, SetupRequest))
    await startSession(server, context, organiser)
    server.log.info('set_up')
    return context.json(sessionOf(organiser))
  })

  routes.get('/api/session', async (context) =>
    context.json(await whoAmI(server, await requireOrganiser(server, context))),
  )

  routes.post('/api/session', async (context) => {
    spendTry()
    const { token } = await readBody(context, SignInRequest)
    const id = await server.store.links.takeSignIn(hashToken(hide(token)), server.now())
    const organiser = id === undefined ? undefined : await server.store.organisers.find(id)
    if (organiser === undefined) throw new Refusal('sign_in_link_invalid')
    await startSession(server, context, organiser)
    server.log.info('signed_in')
    return context.json(sessionOf(organiser))
  })

  routes.delete('/api/session', async (context) => {
    await endSession(server, context)
    return context.body(null, 204)
  })
  return routes
}

async function setUp(server: ServerContext, request: SetupRequest): Promise<Organiser> {
  const now = server.now()
  const linkHash = hashToken(hide(request.token))
  const valid: TokenHash[] = await server.store.links.valid('set_up', now)
  const decision = decideSetUp({
    setUp: await server.store.organisers.any(),
    tokenMatches: valid.filter((hash) => sameHash(hash, linkHash)).length > 0,
    name: request.name,
    instanceName: request.instanceName,
  })
  if (decision.kind === 'refuse') throw new Refusal(decision.code, { field: decision.field })
  const organiser: Organiser = {
    id: newOrganiserId(server.random),
    name: decision.name,
    createdAt: now,
    // Until others are invited, one person does both.
    roles: ['organiser', 'operator'],
    secondFactor: false,
  }
  const result = await server.store.setUp({ linkHash, organiser, instanceName: decision.instanceName, now })
  if (result === 'done') return organiser
  throw new Refusal(result === 'already_set_up' ? 'already_set_up' : 'setup_link_invalid')
}
