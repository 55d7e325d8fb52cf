// Speaks the server's JSON interface and turns every answer, also a missing one, into a tagged result.
import type { Lang } from '../i18n/i18n.ts'
import type { MeetingId } from '@runde/contract'
import { me, type Me } from './me.ts'

/** What went wrong: the server's code and sentences, or `network` when it did not answer. */
export interface ApiError {
  readonly code: string
  readonly message: Readonly<Record<Lang, string>> | null
  readonly field: string | null
  readonly status: number
}

/** Result of a call. */
export type ApiResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ApiError }

/** Facts about this server. */
export interface Instance {
  readonly name: string
  readonly version: string
  readonly setUp: boolean
}

/** The signed-in person. */
export interface Organiser {
  readonly name: string
}

/** A meeting as its organiser sees it. */
export interface Meeting {
  readonly id: string
  readonly title: string
  readonly createdAt: string
  /** Closed for joining; the organiser can open it again. */
  readonly ended: boolean
  readonly link: string
  readonly participants: number
}

/** A meeting as anyone with the link sees it. */
export interface PublicMeeting {
  readonly id: string
  readonly title: string
  readonly participants: number
}

/** Ticket into the media server. */
export interface Ticket {
  readonly identity: string
  readonly token: string
}

// Longest wait for an answer, in ms: a person has given up by then, and a dead server is told from a slow one.
const PATIENCE = 15_000

type Json = Readonly<Record<string, unknown>>

/** Whether a JSON value is an object. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(from: Json, key: string): string {
  const value = from[key]
  return typeof value === 'string' ? value : ''
}

function count(from: Json, key: string): number {
  const value = from[key]
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.floor(value) : 0
}

/** What an answer with an error status says. */
export function readError(status: number, body: unknown): ApiError {
  const error = isObject(body) && isObject(body['error']) ? body['error'] : null
  if (error === null) return { code: `http_${status}`, message: null, field: null, status }
  const message = isObject(error['message']) ? error['message'] : null
  const de = message === null ? '' : text(message, 'de')
  const en = message === null ? '' : text(message, 'en')
  const field = text(error, 'field')
  return {
    code: text(error, 'code') || `http_${status}`,
    message: de === '' || en === '' ? null : { de, en },
    field: field === '' ? null : field,
    status,
  }
}

const UNREACHABLE: ApiError = { code: 'network', message: null, field: null, status: 0 }

/**
 * Asks the server.
 * @param path under `/api`
 * @param patience how long to wait for the answer, in ms
 */
export async function call<T>(
  method: string,
  path: string,
  body: Json | null,
  read: (json: unknown) => T,
  patience: number = PATIENCE,
): Promise<ApiResult<T>> {
  let response: Response
  try {
    response = await fetch(`/api${path}`, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(patience),
      ...(body === null
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  } catch {
    return { ok: false, error: UNREACHABLE }
  }
  // 502, 503 and 504 come from a proxy whose server is away: the same to the person as no answer at all.
  if (response.status >= 502 && response.status <= 504) return { ok: false, error: UNREACHABLE }
  let json: unknown = null
  try {
    if (response.status !== 204) json = await response.json()
  } catch {
    json = null
  }
  return response.ok
    ? { ok: true, value: read(json) }
    : { ok: false, error: readError(response.status, json) }
}

const nothing = (): null => null

function readOrganiser(json: unknown): Organiser {
  const organiser = isObject(json) && isObject(json['organiser']) ? json['organiser'] : {}
  return { name: text(organiser, 'name') }
}

function readMe(json: unknown): Me {
  const from = isObject(json) ? json : {}
  const { may, factorOwed } = from
  return {
    name: readOrganiser(json).name,
    may: Array.isArray(may) ? may.filter((each) => typeof each === 'string') : [],
    factorOwed: factorOwed === true,
  }
}

/** Asks who is signed in, and tells all pages. */
async function session(): Promise<ApiResult<Me>> {
  const result = await call('GET', '/session', null, readMe)
  if (result.ok) me.value = result.value
  else if (result.error.status === 401) me.value = null
  return result
}

/** Signs out; who was signed in is forgotten even when the server does not answer. */
async function signOut(): Promise<ApiResult<null>> {
  me.value = null
  return await call('DELETE', '/session', null, nothing)
}

function readMeeting(json: unknown): Meeting {
  const from = isObject(json) ? json : {}
  return {
    id: text(from, 'id'),
    title: text(from, 'title'),
    createdAt: text(from, 'createdAt'),
    ended: text(from, 'endedAt') !== '',
    link: text(from, 'link'),
    participants: count(from, 'participants'),
  }
}

function readMeetings(json: unknown): readonly Meeting[] {
  const list = isObject(json) ? json['meetings'] : null
  return Array.isArray(list) ? list.map(readMeeting) : []
}

function readPublicMeeting(json: unknown): PublicMeeting {
  const { id, title, participants } = readMeeting(json)
  return { id, title, participants }
}

function readInstance(json: unknown): Instance {
  const from = isObject(json) ? json : {}
  return { name: text(from, 'name'), version: text(from, 'version'), setUp: from['setUp'] === true }
}

function readTicket(json: unknown): Ticket {
  const from = isObject(json) ? json : {}
  return { identity: text(from, 'identity'), token: text(from, 'token') }
}

/** The server's interface, as a value so that view models can be tested with another one. */
export interface Api {
  instance(): Promise<ApiResult<Instance>>
  setUp(token: string, name: string, instanceName: string): Promise<ApiResult<Organiser>>
  session(): Promise<ApiResult<Me>>
  signIn(token: string): Promise<ApiResult<Organiser>>
  signOut(): Promise<ApiResult<null>>
  meetings(): Promise<ApiResult<readonly Meeting[]>>
  createMeeting(title: string): Promise<ApiResult<Meeting>>
  renameMeeting(id: string, title: string): Promise<ApiResult<null>>
  /** Ends a meeting for everyone and closes it, or opens it again. */
  endMeeting(id: string, ended: boolean): Promise<ApiResult<null>>
  deleteMeeting(id: string): Promise<ApiResult<null>>
  publicMeeting(id: MeetingId): Promise<ApiResult<PublicMeeting>>
  join(id: MeetingId, name: string): Promise<ApiResult<Ticket>>
}

/** The interface of the server this page came from. */
export const api: Api = {
  instance: () => call('GET', '/instance', null, readInstance),
  setUp: (token, name, instanceName) =>
    call('POST', '/setup', { token, name, ...(instanceName === '' ? {} : { instanceName }) }, readOrganiser),
  session,
  signIn: (token) => call('POST', '/session', { token }, readOrganiser),
  signOut,
  meetings: () => call('GET', '/meetings', null, readMeetings),
  createMeeting: (title) => call('POST', '/meetings', { title }, readMeeting),
  renameMeeting: (id, title) => call('PATCH', `/meetings/${encodeURIComponent(id)}`, { title }, nothing),
  endMeeting: (id, ended) => call('PATCH', `/meetings/${encodeURIComponent(id)}`, { ended }, nothing),
  deleteMeeting: (id) => call('DELETE', `/meetings/${encodeURIComponent(id)}`, null, nothing),
  publicMeeting: (id) => call('GET', `/meetings/${id}/public`, null, readPublicMeeting),
  join: (id, name) => call('POST', `/meetings/${id}/join`, name === '' ? {} : { name }, readTicket),
}
