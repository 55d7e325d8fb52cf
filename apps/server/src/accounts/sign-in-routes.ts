// Answers the ways of signing in besides the one-time link: name and password, passkey, or both one after the other.
import {
  PasskeySignInRequest,
  PasswordSignInRequest,
  nameKey,
  type PasskeyOptions,
  type SecondFactorNeeded,
} from '@runde/contract'
import { preparePassword } from '@runde/meeting'
import type { Organiser } from '@runde/store'
import { type Context, Hono } from 'hono'
import type { ServerContext } from '../context.ts'
import { sessionOf } from '../http/account-routes.ts'
import { Refusal } from '../http/answers.ts'
import { readBody } from '../http/body.ts'
import { PASSKEY_RATE, PASSWORD_RATE, createLimiter } from '../http/limits.ts'
import { startSession } from '../http/session.ts'
import { notBusy, requestOptions, type AccountService } from './account-service.ts'
import { secondFactorForAll } from './policy.ts'
import { challengeIn, checkAssertion } from './webauthn/ceremonies.ts'

/** Longer input than any name or password costs nothing. In UTF-16 code units: 256 code points with their marks. */
const MAX_INPUT = 4096

/** `/api/session/password` and `/api/session/passkey`. */
export function signInRoutes(server: ServerContext, accounts: AccountService): Hono {
  const routes = new Hono()
  const limitPasswords = createLimiter(PASSWORD_RATE)
  const limitPasskeys = createLimiter(PASSKEY_RATE)
  const spend = (allowed: true | number): void => {
    if (allowed !== true) throw new Refusal('too_many_requests', { retryAfterSeconds: allowed })
  }

  routes.post('/api/session/password', async (context) => {
    const request = await readBody(context, PasswordSignInRequest)
    if (request.name.length > MAX_INPUT || request.password.length > MAX_INPUT)
      throw new Refusal('sign_in_failed')
    const name = nameKey(request.name)
    spend(accounts.throttle.ask(name, server.now()))
    spend(limitPasswords(server.now()))
    accounts.throttle.began(name, server.now())
    const account = await checkPassword(server, accounts, request)
    if (account === undefined) throw new Refusal('sign_in_failed')
    accounts.throttle.right(name)
    // Where a second factor is asked of everybody, an account without one may set it up and nothing else (rights-guard.ts).
    const asked = account.secondFactor || (await secondFactorForAll(server.store))
    const passkeys = asked ? await server.store.passkeys.listOf(account.id) : []
    if (passkeys.length === 0) return await signIn(server, context, account)
    const challenge = accounts.challenges.make({ kind: 'second_factor', account: account.id }, server.now())
    const answer: SecondFactorNeeded = {
      secondFactor: { options: requestOptions(accounts, challenge, passkeys) },
    }
    return context.json(answer)
  })

  routes.post('/api/session/passkey/options', (context) => {
    spend(limitPasskeys(server.now()))
    const challenge = accounts.challenges.make({ kind: 'sign_in' }, server.now())
    const answer: PasskeyOptions = { options: requestOptions(accounts, challenge, []) }
    return context.json(answer)
  })

  routes.post('/api/session/passkey', async (context) => {
    spend(limitPasskeys(server.now()))
    const { credential } = await readBody(context, PasskeySignInRequest)
    const account = await checkPasskey(server, accounts, credential)
    if (account === undefined) throw new Refusal('passkey_refused')
    return await signIn(server, context, account)
  })
  return routes
}

async function signIn(server: ServerContext, context: Context, account: Organiser): Promise<Response> {
  await startSession(server, context, account)
  server.log.info('signed_in')
  return context.json(sessionOf(account))
}

async function checkPassword(
  server: ServerContext,
  { hasher }: AccountService,
  { name, password }: PasswordSignInRequest,
): Promise<Organiser | undefined> {
  const account = await server.store.organisers.findByName(name)
  const stored = account === undefined ? undefined : await server.store.passwords.find(account.id)
  const right = notBusy(await hasher.check(preparePassword(password), stored?.hash))
  return right ? account : undefined
}

async function checkPasskey(
  server: ServerContext,
  { challenges, relyingParty }: AccountService,
  { id, response }: PasskeySignInRequest['credential'],
): Promise<Organiser | undefined> {
  const challenge = challengeIn(response.clientDataJSON)
  if (challenge === undefined) return undefined
  const ceremony = challenges.take(challenge, server.now())
  if (ceremony === undefined || ceremony.kind === 'register') return undefined
  const passkey = await server.store.passkeys.find(id)
  if (passkey === undefined) return undefined
  // After a password of one account, the passkey of another one opens nothing.
  const alone = ceremony.kind === 'sign_in'
  if (!alone && passkey.organiserId !== ceremony.account) return undefined
  const checked = checkAssertion(response, passkey, { relyingParty, challenge, userVerified: alone })
  if (checked === undefined) return undefined
  const { signCount } = checked
  const used = await server.store.passkeys.used(passkey.id, passkey.signCount, signCount, server.now())
  return used ? await server.store.organisers.find(passkey.organiserId) : undefined
}
