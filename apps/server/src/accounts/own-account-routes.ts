// Answers what people do with their own account: password, passkeys, second factor, and the list of their sessions.
import {
  RegisterPasskeyRequest,
  SecondFactorRequest,
  SetPasswordRequest,
  nameKey,
  type Account,
  type PasskeyOptions,
} from '@runde/contract'
import { decideName, decidePassword, preparePassword } from '@runde/meeting'
import type { Organiser } from '@runde/store'
import { Hono } from 'hono'
import type { ServerContext } from '../context.ts'
import { Refusal } from '../http/answers.ts'
import { readBody } from '../http/body.ts'
import { requireFreshSession, requireSession, type CurrentSession } from '../http/session.ts'
import { creationOptions, notBusy, type AccountService } from './account-service.ts'
import { secondFactorForAll } from './policy.ts'
import { challengeIn, checkRegistration } from './webauthn/ceremonies.ts'

/** Nobody has more keys than this; the list is sent to the browser at each registration. */
const MAX_PASSKEYS = 20

/** `/api/account...`. */
export function ownAccountRoutes(server: ServerContext, accounts: AccountService): Hono {
  const routes = new Hono()
  routes.get('/api/account', async (context) => {
    return context.json(await accountView(server, await requireSession(server, context)))
  })
  passwordRoutes(routes, server, accounts)
  passkeyRoutes(routes, server, accounts)

  routes.delete('/api/account/sessions', async (context) => {
    const { organiser, tokenHash } = await requireSession(server, context)
    await server.store.sessions.revokeOthers(organiser.id, tokenHash)
    return context.body(null, 204)
  })

  routes.delete('/api/account/sessions/:id', async (context) => {
    const { organiser } = await requireSession(server, context)
    const id = context.req.param('id')
    const listed = await server.store.sessions.listOf(organiser.id, server.now())
    const session = listed.find(({ tokenHash }) => tokenHash === id)
    if (session === undefined || !(await server.store.sessions.revoke(organiser.id, session.tokenHash)))
      throw new Refusal('not_found')
    return context.body(null, 204)
  })
  return routes
}

function passwordRoutes(routes: Hono, server: ServerContext, accounts: AccountService): void {
  routes.put('/api/account/password', async (context) => {
    const { organiser, tokenHash } = await requireFreshSession(server, context)
    const request = await readBody(context, SetPasswordRequest)
    const decision = decidePassword(request.password, organiser.name)
    if (!decision.ok) throw new Refusal(decision.code, { field: 'password' })
    await checkCurrent(server, accounts, organiser, request.current)
    const hash = notBusy(await accounts.hasher.hash(decision.password))
    await server.store.passwords.set(organiser.id, { hash, changedAt: server.now() })
    await server.store.sessions.revokeOthers(organiser.id, tokenHash)
    return context.body(null, 204)
  })

  routes.delete('/api/account/password', async (context) => {
    const { organiser } = await requireFreshSession(server, context)
    await server.store.passwords.delete(organiser.id)
    await server.store.organisers.setSecondFactor(organiser.id, false)
    return context.body(null, 204)
  })

  routes.put('/api/account/second-factor', async (context) => {
    const { organiser } = await requireFreshSession(server, context)
    const { on } = await readBody(context, SecondFactorRequest)
    const ready =
      (await server.store.passwords.find(organiser.id)) !== undefined &&
      (await server.store.passkeys.listOf(organiser.id)).length > 0
    if (on && !ready) throw new Refusal('second_factor_unready')
    await server.store.organisers.setSecondFactor(organiser.id, on)
    return context.body(null, 204)
  })
}

/** Who sits at an open browser still has to know the password; guesses count like at signing in. */
async function checkCurrent(
  server: ServerContext,
  { hasher, throttle }: AccountService,
  organiser: Organiser,
  current: string | undefined,
): Promise<void> {
  const stored = await server.store.passwords.find(organiser.id)
  if (stored === undefined) return
  const name = nameKey(organiser.name)
  const allowed = throttle.ask(name, server.now())
  if (allowed !== true) throw new Refusal('too_many_requests', { retryAfterSeconds: allowed })
  throttle.began(name, server.now())
  const right = notBusy(await hasher.check(preparePassword(current ?? ''), stored.hash))
  if (!right) throw new Refusal('password_wrong', { field: 'current' })
  throttle.right(name)
}

function passkeyRoutes(routes: Hono, server: ServerContext, accounts: AccountService): void {
  routes.post('/api/account/passkeys/options', async (context) => {
    const { organiser } = await requireFreshSession(server, context)
    const known = await server.store.passkeys.listOf(organiser.id)
    const challenge = accounts.challenges.make({ kind: 'register', account: organiser.id }, server.now())
    const answer: PasskeyOptions = { options: creationOptions(accounts, challenge, organiser, known) }
    return context.json(answer)
  })

  routes.post('/api/account/passkeys', async (context) => {
    const { organiser } = await requireFreshSession(server, context)
    const { label, credential } = await readBody(context, RegisterPasskeyRequest)
    const decided = decideName(label)
    if (!decided.ok) throw new Refusal(decided.code, { field: 'label' })
    const challenge = challengeIn(credential.response.clientDataJSON) ?? ''
    const ceremony = accounts.challenges.take(challenge, server.now())
    if (ceremony?.kind !== 'register' || ceremony.account !== organiser.id)
      throw new Refusal('passkey_refused')
    const passkey = checkRegistration(credential.response, {
      relyingParty: accounts.relyingParty,
      challenge,
      userVerified: true,
    })
    if (passkey === undefined || passkey.id !== credential.id) throw new Refusal('passkey_refused')
    const known = await server.store.passkeys.listOf(organiser.id)
    if (known.length >= MAX_PASSKEYS) throw new Refusal('passkey_refused')
    const owned = { organiserId: organiser.id, label: decided.text, createdAt: server.now(), usedOn: null }
    if (!(await server.store.passkeys.add({ ...passkey, ...owned }))) throw new Refusal('passkey_known')
    return context.body(null, 201)
  })

  routes.delete('/api/account/passkeys/:id', async (context) => {
    const { organiser } = await requireFreshSession(server, context)
    const id = context.req.param('id')
    const owned = await server.store.passkeys.listOf(organiser.id)
    const isLast = owned.length === 1 && owned.some((passkey) => passkey.id === id)
    if (isLast && (await secondFactorForAll(server.store))) throw new Refusal('last_passkey')
    if (!(await server.store.passkeys.delete(organiser.id, id))) throw new Refusal('not_found')
    const left = await server.store.passkeys.listOf(organiser.id)
    // Without a passkey there is no second factor; left on, it would come back unasked with the next passkey.
    if (left.length === 0) await server.store.organisers.setSecondFactor(organiser.id, false)
    return context.body(null, 204)
  })
}

async function accountView(
  server: ServerContext,
  { organiser, tokenHash }: CurrentSession,
): Promise<Account> {
  const password = await server.store.passwords.find(organiser.id)
  const passkeys = await server.store.passkeys.listOf(organiser.id)
  const sessions = await server.store.sessions.listOf(organiser.id, server.now())
  return {
    name: organiser.name,
    roles: [...organiser.roles],
    passwordSince: password === undefined ? null : dayOf(password.changedAt),
    secondFactor: organiser.secondFactor,
    secondFactorForAll: await secondFactorForAll(server.store),
    passkeys: passkeys.map(({ id, label, createdAt, usedOn }) => ({
      id,
      label,
      createdAt: new Date(createdAt).toISOString(),
      usedOn: usedOn === null ? null : dayOf(usedOn),
    })),
    sessions: sessions.map((session) => ({
      id: session.tokenHash,
      createdAt: new Date(session.createdAt).toISOString(),
      usedOn: dayOf(session.usedOn),
      current: session.tokenHash === tokenHash,
    })),
  }
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
