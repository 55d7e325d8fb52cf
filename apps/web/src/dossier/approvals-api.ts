// What the pages of approvals ask the server, and the shapes of the answers (apps/server/src/approvals).
import { isRole, type Role } from '@runde/contract'
import type { DossierDocument } from '@runde/dossier'
import { type ApiError, type ApiResult, call } from '../app/api.ts'
import type { Lang } from '../i18n/i18n.ts'
import { isDocument } from './document-shape.ts'
import type { Answer } from './dsc-api.ts'
import { type Shape, aNumber, aText, aYesNo, listOf, maybe, shaped, wordOf } from './shapes.ts'

/** One approval. Moments are ISO 8601, days ISO dates. */
export interface Approved {
  readonly number: number
  readonly at: string
  readonly by: string
  readonly roles: readonly Role[]
  readonly reviewOn: string | null
  readonly reviewDue: boolean
  readonly previous: string
  readonly hash: string
}

/** How a document stands: never approved, approved and unchanged, approved and changed since, approved and not made any more. */
export type ApprovalState = 'none' | 'current' | 'stale' | 'gone'

/** A document in the list of approvals. */
export interface ApprovalEntry {
  readonly document: string
  readonly title: string
  readonly blockers: number
  readonly state: ApprovalState
  readonly approved: Approved | null
  /** Sentences that changed since the approval. */
  readonly changes: number
  readonly comments: number
  /** Threads that nobody has settled. */
  readonly open: number
}

/** All approvals in a row, each with the hash of the one before it. */
export interface Chain {
  readonly length: number
  /** First number that does not fit its place; null: the chain holds. */
  readonly brokenAt: number | null
  /** Hash of the newest; null: there is none. */
  readonly last: string | null
}

/** Something to look at again. */
export interface Reminder {
  readonly kind: 'review' | 'check'
  readonly id: string
  readonly title: string
  readonly on: string
  readonly due: boolean
}

/** The whole state. */
export interface Approvals {
  readonly approvals: readonly ApprovalEntry[]
  readonly chain: Chain
  readonly reminders: readonly Reminder[]
}

/** A fact because of which sentences change; values are JSON, empty when not stated. */
export interface Cause {
  readonly fact: string
  readonly label: string
  readonly before: string
  readonly after: string
}

/** A sentence that is not what it was. */
export interface Difference {
  readonly section: string
  readonly heading: string
  readonly sentence: string
  readonly kind: 'changed' | 'added' | 'removed'
  readonly before: string
  readonly after: string
  readonly because: readonly Cause[]
}

/** A comment; `answers` is the comment that begins its thread. */
export interface Comment {
  readonly id: number
  readonly at: string
  readonly by: string
  readonly text: string
  readonly mine: boolean
  readonly answers: number | null
  readonly settled: { readonly at: string; readonly by: string } | null
}

/** Everything about one document's approvals. */
export interface OneApproval extends ApprovalEntry {
  readonly edition: string | null
  readonly proposedReview: string
  readonly chain: Chain
  readonly differences: readonly Difference[]
  readonly history: readonly Approved[]
  readonly thread: readonly Comment[]
}

/** A frozen edition. */
export interface FrozenEdition extends Approved {
  readonly document: DossierDocument
}

/** A reading link; the link itself is told once, when it is made. */
export interface ReadingLink {
  readonly id: string
  readonly note: string
  readonly createdAt: string
  readonly expiresAt: string
}

/** A document that an answer would change. */
export interface ForeseenChange {
  readonly document: string
  readonly title: string
  readonly kind: 'changed' | 'added' | 'removed'
  readonly sentences: readonly Difference[]
}

const aRole: Shape = (value) => typeof value === 'string' && isRole(value)
const kind = wordOf('changed', 'added', 'removed')
const approved = {
  number: aNumber,
  at: aText,
  by: aText,
  roles: listOf(aRole),
  reviewOn: maybe(aText),
  reviewDue: aYesNo,
  previous: aText,
  hash: aText,
}
const entry = {
  document: aText,
  title: aText,
  blockers: aNumber,
  state: wordOf('none', 'current', 'stale', 'gone'),
  approved: maybe(shaped(approved)),
  changes: aNumber,
  comments: aNumber,
  open: aNumber,
}
const chain = shaped({ length: aNumber, brokenAt: maybe(aNumber), last: maybe(aText) })
const difference = shaped({
  section: aText,
  heading: aText,
  sentence: aText,
  kind,
  before: aText,
  after: aText,
  because: listOf(shaped({ fact: aText, label: aText, before: aText, after: aText })),
})
const comment = shaped({
  id: aNumber,
  at: aText,
  by: aText,
  text: aText,
  mine: aYesNo,
  answers: maybe(aNumber),
  settled: maybe(shaped({ at: aText, by: aText })),
})
const reminder = shaped({
  kind: wordOf('review', 'check'),
  id: aText,
  title: aText,
  on: aText,
  due: aYesNo,
})
const all = shaped({ approvals: listOf(shaped(entry)), chain, reminders: listOf(reminder) })
const one = shaped({
  ...entry,
  edition: maybe(aText),
  proposedReview: aText,
  chain,
  differences: listOf(difference),
  history: listOf(shaped(approved)),
  thread: listOf(comment),
})
const links = shaped({
  links: listOf(shaped({ id: aText, note: aText, createdAt: aText, expiresAt: aText })),
})
const changes = shaped({
  changes: listOf(shaped({ document: aText, title: aText, kind, sentences: listOf(difference) })),
})

const isApprovals = (value: unknown): value is Approvals => all(value)
const isOneApproval = (value: unknown): value is OneApproval => one(value)
const isFrozen = (value: unknown): value is FrozenEdition =>
  shaped({ ...approved, document: isDocument })(value)
const isLinks = (value: unknown): value is { readonly links: readonly ReadingLink[] } => links(value)
const isChanges = (value: unknown): value is { readonly changes: readonly ForeseenChange[] } => changes(value)
const isMade = (value: unknown): value is { readonly link: string } => shaped({ link: aText })(value)

// Not an error of the network or of a person: the server speaks another version than this page.
const OTHER_SHAPE: ApiError = { code: 'unexpected_answer', message: null, field: null, status: 200 }

async function ask<T>(
  method: 'GET' | 'POST',
  path: string,
  body: Readonly<Record<string, unknown>> | null,
  fits: (value: unknown) => value is T,
): Promise<ApiResult<T>> {
  const result = await call(method, path, body, (json) => json)
  if (!result.ok) return result
  return fits(result.value) ? { ok: true, value: result.value } : { ok: false, error: OTHER_SHAPE }
}

const nothing = (): null => null
const part = encodeURIComponent
const of = (document: string): string => `/approvals/${part(document)}`

/** The interface of approvals. */
export const approvalsApi = {
  all: (lang: Lang): Promise<ApiResult<Approvals>> =>
    ask('GET', `/approvals?lang=${lang}`, null, isApprovals),
  one: (id: string, lang: Lang): Promise<ApiResult<OneApproval>> =>
    ask('GET', `${of(id)}?lang=${lang}`, null, isOneApproval),
  /** @param reviewOn empty: no day */
  approve: (id: string, language: Lang, edition: string, reviewOn: string): Promise<ApiResult<null>> =>
    call('POST', of(id), { language, edition, ...(reviewOn === '' ? {} : { reviewOn }) }, nothing),
  frozen: (id: string, number: number, lang: Lang): Promise<ApiResult<FrozenEdition>> =>
    ask('GET', `${of(id)}/snapshots/${number}?lang=${lang}`, null, isFrozen),
  comment: (id: string, text: string, answers: number | null): Promise<ApiResult<null>> =>
    call('POST', `${of(id)}/comments`, { text, ...(answers === null ? {} : { answers }) }, nothing),
  settle: (id: string, comment: number, settled: boolean): Promise<ApiResult<null>> =>
    call('PUT', `${of(id)}/comments/${comment}`, { settled }, nothing),
  removeComment: (id: string, comment: number): Promise<ApiResult<null>> =>
    call('DELETE', `${of(id)}/comments/${comment}`, null, nothing),
  links: (): Promise<ApiResult<{ readonly links: readonly ReadingLink[] }>> =>
    ask('GET', '/authority-links', null, isLinks),
  makeLink: (note: string, days: number): Promise<ApiResult<{ readonly link: string }>> =>
    ask('POST', '/authority-links', { note, days }, isMade),
  withdrawLink: (id: string): Promise<ApiResult<null>> =>
    call('DELETE', `/authority-links/${part(id)}`, null, nothing),
  /** What would change if the answer were given; null takes the present one back. */
  preview: (
    fact: string,
    answer: Answer,
    language: Lang,
  ): Promise<ApiResult<{ readonly changes: readonly ForeseenChange[] }>> =>
    ask('POST', '/dossier/preview', { fact, language, answer: answer ?? { withdrawn: true } }, isChanges),
}
