// The table of rights: who may call which route. A route that is not in the table answers nobody.
import type { Bilingual, ErrorCode, Role } from '@runde/contract'
import { RIGHT_ROWS, type RightRow } from './rights-table.ts'

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
  /** Whether it stays open to an account that has yet to set up the second factor asked of everybody. */
  enrolment: boolean
  what: Bilingual
}

/** Rows the `runde` command may call without an account. */
const FOR_KEY_PAIR: ReadonlySet<string> = new Set(['proofs-run'])

/** Rows an account needs to set up its second factor, to see that it has to, and to end what others began. */
const FOR_ENROLMENT: ReadonlySet<string> = new Set([
  'session',
  'account',
  'password-set',
  'passkey-options',
  'passkey-add',
  'sessions-end',
  'session-end',
])

function rightFrom([id, route, who, de, en]: RightRow): Right {
  const [method, path = ''] = route.split(' ')
  if (!isMethod(method)) throw new Error(`the row ${id} of the table of rights has no method`)
  return {
    id,
    method,
    path,
    who,
    keyPair: FOR_KEY_PAIR.has(id),
    enrolment: FOR_ENROLMENT.has(id),
    what: { de, en },
  }
}

function isMethod(text: string | undefined): text is Right['method'] {
  return text === 'GET' || text === 'POST' || text === 'PUT' || text === 'PATCH' || text === 'DELETE'
}

/** The table. */
export const RIGHTS: readonly Right[] = RIGHT_ROWS.map(rightFrom)

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

/**
 * Whether somebody with these roles may; `roles` is undefined for who is not signed in.
 * @param factorOwed a second factor is asked of everybody, and this account has none yet
 */
export function judgeRight(
  right: Right,
  roles: readonly Role[] | undefined,
  factorOwed = false,
): { kind: 'allow' } | { kind: 'refuse'; code: ErrorCode } {
  if (right.who === 'everybody') return { kind: 'allow' }
  if (roles === undefined) return { kind: 'refuse', code: 'not_signed_in' }
  const allowed = right.who.some((role) => roles.includes(role))
  if (!allowed) return { kind: 'refuse', code: 'not_allowed' }
  return factorOwed && !right.enrolment ? { kind: 'refuse', code: 'second_factor_owed' } : { kind: 'allow' }
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
