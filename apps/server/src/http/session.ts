// Keeps an organiser signed in: the cookie's form, its token's way into the store, and its rolling end.
import { asEpochMillis, hide, type Private } from '@runde/contract'
import { hashToken, newToken, type Organiser, type Session, type TokenHash } from '@runde/store'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { ServerContext } from '../context.ts'
import { Refusal } from './answers.ts'

/** A session ends 30 days after it was last used: long enough for a monthly meeting, then a new link is needed. */
export const SESSION_DAYS = 30
const DAY_MS = 86_400_000

/** The end is moved at most once a day, so that not every request writes to the database. */
const EXTEND_AFTER_MS = DAY_MS

/** Changing how one signs in needs a session at most this old, ms: whoever finds an open browser cannot take it over. */
const FRESH_MS = 15 * 60_000

/** A session and the hash by which it is found. */
export interface CurrentSession extends Session {
  tokenHash: TokenHash
}

/** What was found out about a request, so that guard and handler ask the database once. */
const known = new WeakMap<Request, CurrentSession | undefined>()

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

/** The session of this request's browser; undefined when nobody is signed in. Its end moves on. */
export async function currentSession(
  server: ServerContext,
  context: Context,
): Promise<CurrentSession | undefined> {
  const request = context.req.raw
  if (known.has(request)) return known.get(request)
  const session = await findSession(server, context)
  known.set(request, session)
  return session
}

async function findSession(server: ServerContext, context: Context): Promise<CurrentSession | undefined> {
  const tokenHash = readToken(server, context)
  if (tokenHash === undefined) return undefined
  const now = server.now()
  const session = await server.store.sessions.find(tokenHash, now)
  if (session === undefined) return undefined
  const wanted = asEpochMillis(now + SESSION_DAYS * DAY_MS)
  const older = wanted - session.expiresAt > EXTEND_AFTER_MS
  // The day of the last use is shown to the owner: it is written when a new day (UTC) begins.
  if (older || now - session.usedOn >= DAY_MS) {
    await server.store.sessions.extend(tokenHash, older ? wanted : session.expiresAt, now)
    const token = getCookie(context, cookieForm(server).name)
    if (older && token !== undefined) writeCookie(server, context, hide(token))
  }
  return { ...session, tokenHash }
}

/** @throws Refusal when nobody is signed in */
export async function requireSession(server: ServerContext, context: Context): Promise<CurrentSession> {
  const session = await currentSession(server, context)
  if (session === undefined) throw new Refusal('not_signed_in')
  return session
}

/** Who is signed in. @throws Refusal when nobody is */
export async function requireOrganiser(server: ServerContext, context: Context): Promise<Organiser> {
  return (await requireSession(server, context)).organiser
}

/** A session that began just now, for changing how one signs in. @throws Refusal when it is older, or nobody is signed in */
export async function requireFreshSession(server: ServerContext, context: Context): Promise<CurrentSession> {
  const session = await requireSession(server, context)
  if (server.now() - session.createdAt > FRESH_MS) throw new Refusal('sign_in_again')
  return session
}

/** Signs out on this browser; fine also when nobody was signed in. */
export async function endSession(server: ServerContext, context: Context): Promise<void> {
  const tokenHash = readToken(server, context)
  if (tokenHash !== undefined) await server.store.sessions.delete(tokenHash)
  const { name, secure } = cookieForm(server)
  deleteCookie(context, name, { path: '/', secure })
}
