// Decides whether a password may be used: long enough, and more than the name of its account.
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH, nameKey, type ErrorCode } from '@runde/contract'

export type PasswordDecision = { ok: true; password: string } | { ok: false; code: ErrorCode }

/** What has to be left of a password when the account's name is taken out of it, in code points. */
const BESIDE_NAME = 6

/** The password as it is hashed: composed, so that it is the same from every keyboard (RFC 8265 section 4.2.2). */
export function preparePassword(input: string): string {
  return input.normalize('NFC')
}

/** No rules of composition; `name` is the account's. */
export function decidePassword(input: string, name: string): PasswordDecision {
  // A code point has at most two code units and composes from few others.
  if (input.length > PASSWORD_MAX_LENGTH * 16) return { ok: false, code: 'password_long' }
  const password = preparePassword(input)
  const length = Array.from(password).length
  if (length < PASSWORD_MIN_LENGTH) return { ok: false, code: 'password_short' }
  if (length > PASSWORD_MAX_LENGTH) return { ok: false, code: 'password_long' }
  const own = nameKey(name).replaceAll(' ', '')
  const plain = nameKey(password).replaceAll(' ', '')
  const rest = Array.from(plain.replaceAll(own, ''))
  if (own !== '' && plain.includes(own) && rest.length < BESIDE_NAME)
    return { ok: false, code: 'password_is_name' }
  return { ok: true, password }
}
