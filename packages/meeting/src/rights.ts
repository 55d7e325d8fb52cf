// The table of rights: who may call which route. A route that is not in the table answers nobody.
import { ROLES, type Bilingual, type ErrorCode, type Role } from '@runde/contract'

/** One row. */
export interface Right {
  /** Stable name of the row. */
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Parts that begin with a colon stand for any text without a slash. */
  path: string
  /** `everybody`: also without signing in. Else one of these roles is enough. */
  who: 'everybody' | readonly Role[]
  /** Whether the `runde` command may call it with a token that only the server's key pair can make. */
  keyPair: boolean
  what: Bilingual
}

const ANY_ROLE = ROLES
const ORGANISERS: readonly Role[] = ['organiser']
const REVIEWERS: readonly Role[] = ['organiser', 'dpo']

type Row = readonly [
  id: string,
  route: `${Right['method']} /api/${string}`,
  who: Right['who'],
  de: string,
  en: string,
]

const ROWS: readonly Row[] = [
  [
    'instance',
    'GET /api/instance',
    'everybody',
    'Name und Fassung dieses Servers',
    'name and version of this server',
  ],
  [
    'setup',
    'POST /api/setup',
    'everybody',
    'den Server mit dem Einrichtungslink einrichten',
    'set the server up with the set-up link',
  ],
  [
    'notice',
    'GET /api/notice',
    'everybody',
    'die kurze Datenschutzinformation lesen',
    'read the short privacy notice',
  ],
  [
    'notice-full',
    'GET /api/notice/full',
    'everybody',
    'die ganze Datenschutzinformation lesen',
    'read the full privacy notice',
  ],
  [
    'meeting-public',
    'GET /api/meetings/:id/public',
    'everybody',
    'mit dem Link sehen, worum es geht',
    'see with the link what it is about',
  ],
  [
    'meeting-join',
    'POST /api/meetings/:id/join',
    'everybody',
    'mit dem Link beitreten',
    'join with the link',
  ],
  [
    'sign-in-link',
    'POST /api/session',
    'everybody',
    'mit einem Einmal-Link anmelden',
    'sign in with a one-time link',
  ],
  [
    'sign-in-password',
    'POST /api/session/password',
    'everybody',
    'mit Name und Passwort anmelden',
    'sign in with name and password',
  ],
  [
    'sign-in-passkey-options',
    'POST /api/session/passkey/options',
    'everybody',
    'eine Anmeldung mit Passkey beginnen',
    'begin to sign in with a passkey',
  ],
  [
    'sign-in-passkey',
    'POST /api/session/passkey',
    'everybody',
    'mit einem Passkey anmelden',
    'sign in with a passkey',
  ],
  ['sign-out', 'DELETE /api/session', 'everybody', 'abmelden', 'sign out'],
  [
    'invitation-accept',
    'POST /api/invitations/accept',
    'everybody',
    'eine Einladung annehmen',
    'accept an invitation',
  ],
  ['session', 'GET /api/session', ANY_ROLE, 'sehen, wer angemeldet ist', 'see who is signed in'],
  ['account', 'GET /api/account', ANY_ROLE, 'das eigene Konto sehen', "see one's own account"],
  [
    'password-set',
    'PUT /api/account/password',
    ANY_ROLE,
    'das eigene Passwort setzen',
    "set one's own password",
  ],
  [
    'password-remove',
    'DELETE /api/account/password',
    ANY_ROLE,
    'das eigene Passwort entfernen',
    "remove one's own password",
  ],
  [
    'second-factor',
    'PUT /api/account/second-factor',
    ANY_ROLE,
    'den zweiten Faktor ein- oder ausschalten',
    'switch the second factor on or off',
  ],
  [
    'passkey-options',
    'POST /api/account/passkeys/options',
    ANY_ROLE,
    'beginnen, einen Passkey einzutragen',
    'begin to register a passkey',
  ],
  ['passkey-add', 'POST /api/account/passkeys', ANY_ROLE, 'einen Passkey eintragen', 'register a passkey'],
  [
    'passkey-remove',
    'DELETE /api/account/passkeys/:id',
    ANY_ROLE,
    'einen eigenen Passkey entfernen',
    'remove an own passkey',
  ],
  [
    'sessions-end',
    'DELETE /api/account/sessions',
    ANY_ROLE,
    'alle anderen eigenen Anmeldungen beenden',
    'end all other own sessions',
  ],
  [
    'session-end',
    'DELETE /api/account/sessions/:id',
    ANY_ROLE,
    'eine eigene Anmeldung beenden',
    'end an own session',
  ],
  ['people', 'GET /api/people', ORGANISERS, 'Konten und Einladungen sehen', 'see accounts and invitations'],
  [
    'people-roles',
    'PATCH /api/people/:id',
    ORGANISERS,
    'die Rollen eines Kontos ändern',
    'change the roles of an account',
  ],
  ['people-remove', 'DELETE /api/people/:id', ORGANISERS, 'ein Konto löschen', 'delete an account'],
  ['invite', 'POST /api/invitations', ORGANISERS, 'jemanden einladen', 'invite somebody'],
  [
    'invitation-withdraw',
    'DELETE /api/invitations/:id',
    ORGANISERS,
    'eine Einladung zurückziehen',
    'withdraw an invitation',
  ],
  ['meetings', 'GET /api/meetings', ORGANISERS, 'die eigenen Besprechungen sehen', "see one's own meetings"],
  ['meeting-create', 'POST /api/meetings', ORGANISERS, 'eine Besprechung anlegen', 'create a meeting'],
  [
    'meeting-change',
    'PATCH /api/meetings/:id',
    ORGANISERS,
    'eine eigene Besprechung ändern oder beenden',
    'change or end an own meeting',
  ],
  [
    'meeting-delete',
    'DELETE /api/meetings/:id',
    ORGANISERS,
    'eine eigene Besprechung löschen',
    'delete an own meeting',
  ],
  ['dossier', 'GET /api/dossier', ANY_ROLE, 'die Liste der Unterlagen sehen', 'see the list of documents'],
  ['dossier-document', 'GET /api/dossier/documents/:id', ANY_ROLE, 'eine Unterlage lesen', 'read a document'],
  [
    'dossier-file',
    'GET /api/dossier/files/:id/:format',
    ANY_ROLE,
    'eine Unterlage herunterladen',
    'download a document',
  ],
  [
    'interview',
    'GET /api/dossier/interview',
    REVIEWERS,
    'die Fragen und Antworten sehen',
    'see the questions and answers',
  ],
  ['fact', 'GET /api/dossier/facts/:fact', REVIEWERS, 'eine einzelne Antwort sehen', 'see a single answer'],
  ['fact-state', 'PUT /api/dossier/facts/:fact', REVIEWERS, 'eine Frage beantworten', 'answer a question'],
  [
    'fact-withdraw',
    'DELETE /api/dossier/facts/:fact',
    REVIEWERS,
    'eine Antwort zurücknehmen',
    'withdraw an answer',
  ],
  ['proofs', 'GET /api/proofs', ANY_ROLE, 'die Prüfläufe sehen', 'see the proofs'],
  ['proofs-run', 'POST /api/proofs', ANY_ROLE, 'die Prüfläufe neu ausführen', 'run the proofs anew'],
  [
    'diagnostics',
    'GET /api/diagnostics',
    ANY_ROLE,
    'Diagnosemodus und Löschnachweise sehen',
    'see the diagnostic mode and the proofs of deletion',
  ],
]

/** Rows the `runde` command may call without an account. */
const FOR_KEY_PAIR: ReadonlySet<string> = new Set(['proofs-run'])

function rightFrom([id, route, who, de, en]: Row): Right {
  const [method, path = ''] = route.split(' ')
  if (!isMethod(method)) throw new Error(`the row ${id} of the table of rights has no method`)
  return { id, method, path, who, keyPair: FOR_KEY_PAIR.has(id), what: { de, en } }
}

function isMethod(text: string | undefined): text is Right['method'] {
  return text === 'GET' || text === 'POST' || text === 'PUT' || text === 'PATCH' || text === 'DELETE'
}

/** The table. */
export const RIGHTS: readonly Right[] = ROWS.map(rightFrom)

/** The row of a request; `method`: the path exists, but not with this method. */
export type RightMatch = { kind: 'right'; right: Right } | { kind: 'method' } | { kind: 'unknown' }

/** Fixed words win over colons, so that `/api/meetings/new` would not be the meeting called new. */
export function rightFor(method: string, path: string): RightMatch {
  const given = path.split('/')
  const rows = RIGHTS.filter((right) => fits(right.path.split('/'), given))
  if (rows.length === 0) return { kind: 'unknown' }
  // A HEAD request is answered like GET (RFC 9110 section 9.3.2).
  const wanted = method === 'HEAD' ? 'GET' : method
  const right = rows
    .filter((row) => row.method === wanted)
    .toSorted((one, other) => colons(one) - colons(other))[0]
  return right === undefined ? { kind: 'method' } : { kind: 'right', right }
}

/** Whether somebody with these roles may; `roles` is undefined for who is not signed in. */
export function judgeRight(
  right: Right,
  roles: readonly Role[] | undefined,
): { kind: 'allow' } | { kind: 'refuse'; code: ErrorCode } {
  if (right.who === 'everybody') return { kind: 'allow' }
  if (roles === undefined) return { kind: 'refuse', code: 'not_signed_in' }
  const allowed = right.who.some((role) => roles.includes(role))
  return allowed ? { kind: 'allow' } : { kind: 'refuse', code: 'not_allowed' }
}

function fits(row: readonly string[], given: readonly string[]): boolean {
  return (
    row.length === given.length &&
    row.every((part, index) => (part.startsWith(':') ? given[index] !== '' : part === given[index]))
  )
}

function colons({ path }: Right): number {
  return path.split('/').filter((part) => part.startsWith(':')).length
}
