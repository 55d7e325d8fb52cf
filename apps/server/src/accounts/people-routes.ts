// Answers what organisers do about other accounts: invite, give roles, delete; and takes invitations.
import {
  AcceptInvitationRequest,
  RolesRequest,
  asEpochMillis,
  asOrganiserId,
  hide,
  rolesInOrder,
  type Invitation,
  type People,
  type Role,
} from '@runde/contract'
import { decideName, invitationLink, newOrganiserId } from '@runde/meeting'
import { hashToken, newToken } from '@runde/store'
import { Hono } from 'hono'
import type { ServerContext } from '../context.ts'
import { sessionOf } from '../http/account-routes.ts'
import { Refusal } from '../http/answers.ts'
import { readBody } from '../http/body.ts'
import { LINK_RATE, createLimiter } from '../http/limits.ts'
import { requireOrganiser, startSession } from '../http/session.ts'

/** An invitation is sent to somebody who may be away for some days; later it lies in a mailbox for nothing. */
export const INVITATION_DAYS = 7
const DAY_MS = 86_400_000

/** `/api/people...` and `/api/invitations...`. */
export function peopleRoutes(server: ServerContext): Hono {
  const routes = new Hono()
  routes.get('/api/people', async (context) => {
    const me = await requireOrganiser(server, context)
    return context.json(await peopleView(server, me.id))
  })

  routes.patch('/api/people/:id', async (context) => {
    const roles = rolesFrom(await readBody(context, RolesRequest))
    const result = await server.store.organisers.setRoles(asOrganiserId(context.req.param('id')), roles)
    if (result !== 'done') throw new Refusal(result)
    return context.body(null, 204)
  })

  routes.delete('/api/people/:id', async (context) => {
    const me = await requireOrganiser(server, context)
    const id = asOrganiserId(context.req.param('id'))
    // Meetings go to who deletes; deleting oneself would leave them to nobody.
    if (id === me.id) throw new Refusal('not_allowed')
    const result = await server.store.organisers.remove(id, me.id, server.now())
    if (result !== 'done') throw new Refusal(result)
    server.log.info('account_deleted')
    return context.body(null, 204)
  })
  invitationRoutes(routes, server)
  return routes
}

function invitationRoutes(routes: Hono, server: ServerContext): void {
  const limitLinks = createLimiter(LINK_RATE)

  routes.post('/api/invitations', async (context) => {
    const roles = rolesFrom(await readBody(context, RolesRequest))
    const token = newToken(server.random)
    const createdAt = server.now()
    const expiresAt = asEpochMillis(createdAt + INVITATION_DAYS * DAY_MS)
    await server.store.invitations.add({ tokenHash: hashToken(token), roles, createdAt, expiresAt })
    const answer: Invitation = {
      link: invitationLink(server.config.publicUrl, token).reveal(),
      expiresAt: new Date(expiresAt).toISOString(),
    }
    return context.json(answer, 201)
  })

  routes.delete('/api/invitations/:id', async (context) => {
    const open = await server.store.invitations.list(server.now())
    const found = open.find(({ tokenHash }) => tokenHash === context.req.param('id'))
    if (found === undefined || !(await server.store.invitations.delete(found.tokenHash)))
      throw new Refusal('not_found')
    return context.body(null, 204)
  })

  routes.post('/api/invitations/accept', async (context) => {
    const allowed = limitLinks(server.now())
    if (allowed !== true) throw new Refusal('too_many_requests', { retryAfterSeconds: allowed })
    const { token, name } = await readBody(context, AcceptInvitationRequest)
    const decided = decideName(name)
    if (!decided.ok) throw new Refusal(decided.code, { field: 'name' })
    const account = await server.store.invitations.accept(hashToken(hide(token)), {
      id: newOrganiserId(server.random),
      name: decided.text,
      createdAt: server.now(),
    })
    if (account === 'link_invalid') throw new Refusal('invitation_invalid')
    if (account === 'name_taken') throw new Refusal('name_taken', { field: 'name' })
    await startSession(server, context, account)
    server.log.info('account_made')
    return context.json(sessionOf(account))
  })
}

function rolesFrom({ roles }: RolesRequest): Role[] {
  if (roles.length === 0) throw new Refusal('roles_missing', { field: 'roles' })
  return rolesInOrder(roles)
}

async function peopleView(server: ServerContext, me: string): Promise<People> {
  const accounts = await server.store.organisers.list()
  const invitations = await server.store.invitations.list(server.now())
  return {
    people: accounts.map(({ id, name, roles, createdAt }) => ({
      id,
      name,
      roles: [...roles],
      createdAt: new Date(createdAt).toISOString(),
      me: id === me,
    })),
    invitations: invitations.map(({ tokenHash, roles, createdAt, expiresAt }) => ({
      id: tokenHash,
      roles: [...roles],
      createdAt: new Date(createdAt).toISOString(),
      expiresAt: new Date(expiresAt).toISOString(),
    })),
  }
}
