// Keeps an organiser signed in: the cookie's form, its token's way into the store, and its rolling end.
import { asEpochMillis, hide, type Private } from '@runde/contract'
import { hashToken, newToken, type Organiser, type TokenHash } from '@runde/store'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { ServerContext } from '../context.ts'
import { Refusal } from './answers.ts'

/** A session ends 30 days after it was last used: long enough for a monthly meeting, then a new link is needed. */
export const SESSION_DAYS = 30
const DAY_MS = 86_400_000

/** The end is moved at most once a day, so that not every request writes to the database. */
const EXTEND_AFTER_MS = DAY_MS

interface CookieForm {
  name: string
  secure: boolean
}

/** `__Host-` binds the cookie to this very host and to https (RFC 6265bis section 4.1.3.2). */
export function sessionCookieName(https: boolean): string {
  return https ? '__Host-runde' : 'runde'
}

function cookieForm(server: ServerContext): CookieForm {
  const { https } = server.config
  return { name: sessionCookieName(https), secure: https }
}

function readToken(server: ServerContext, context: Context): TokenHash | undefined {
  const token = getCookie(context, cookieForm(server).name)
  return token === undefined ? undefined : hashToken(hide(token))
}

function writeCookie(server: ServerContext, context: Context, token: Private<string>): void {
  const { name, secure } = cookieForm(server)
  setCookie(context, name, token.reveal(), {
    path: '/',
    httpOnly: true,
    // Strict is enough: pages are loaded without the cookie, and only they call the interface.
    sameSite: 'Strict',
    secure,
    maxAge: (SESSION_DAYS * DAY_MS) / 1000,
  })
}

/** Signs the organiser in on this browser. */
export async function startSession(
  server: ServerContext,
  context: Context,
  organiser: Organiser,
): Promise<void> {
  const token = newToken(server.random)
  const now = server.now()
  await server.store.sessions.add({
    tokenHash: hashToken(token),
    organiserId: organiser.id,
    createdAt: now,
    expiresAt: asEpochMillis(now + SESSION_DAYS * DAY_MS),
  })
  writeCookie(server, context, token)
}

/** Who is signed in. @throws Refusal when nobody is */
export async function requireOrganiser(server: ServerContext, context: Context): Promise<Organiser> {
  const tokenHash = readToken(server, context)
  if (tokenHash === undefined) throw new Refusal('not_signed_in')
  const now = server.now()
  const session = await server.store.sessions.find(tokenHash, now)
  if (session === undefined) throw new Refusal('not_signed_in')
  const wanted = asEpochMillis(now + SESSION_DAYS * DAY_MS)
  if (wanted - session.expiresAt > EXTEND_AFTER_MS) {
    await server.store.sessions.extend(tokenHash, wanted)
    const token = getCookie(context, cookieForm(server).name)
    if (token !== undefined) writeCookie(server, context, hide(token))
  }
  return session.organiser
}

/** Signs out on this browser; fine also when nobody was signed in. */
export async function endSession(server: ServerContext, context: Context): Promise<void> {
  const tokenHash = readToken(server, context)
  if (tokenHash !== undefined) await server.store.sessions.delete(tokenHash)
  const { name, secure } = cookieForm(server)
  deleteCookie(context, name, { path: '/', secure })
}
