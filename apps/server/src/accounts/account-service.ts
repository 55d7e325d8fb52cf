// What the account routes share: limits, the hashing of passwords, open ceremonies with passkeys, and who we are to them.
import type { OrganiserId } from '@runde/contract'
import type { Organiser, StoredPasskey } from '@runde/store'
import type { ServerContext } from '../context.ts'
import { Refusal } from '../http/answers.ts'
import { createPasswordHasher, type PasswordHasher } from './passwords.ts'
import { createThrottle, type Throttle } from './throttle.ts'
import type { RelyingParty } from './webauthn/ceremonies.ts'
import { CHALLENGE_MS, createChallenges, type Challenges } from './webauthn/challenges.ts'
import { ALGORITHMS } from './webauthn/cose-key.ts'

export interface AccountService {
  readonly hasher: PasswordHasher
  readonly throttle: Throttle
  readonly challenges: Challenges
  readonly relyingParty: RelyingParty
}

export function createAccountService(server: ServerContext): AccountService {
  return {
    hasher: createPasswordHasher(server.random),
    throttle: createThrottle(),
    challenges: createChallenges(server.random),
    relyingParty: { id: new URL(server.config.publicUrl).hostname, origin: server.config.publicUrl },
  }
}

/** How long one asks somebody to wait whose password could not be hashed because others' are, in seconds. */
const BUSY_SECONDS = 3

/** @throws Refusal when the hasher is busy */
export function notBusy<T>(result: T | 'busy'): T {
  if (result === 'busy') throw new Refusal('too_many_requests', { retryAfterSeconds: BUSY_SECONDS })
  return result
}

/** Options for `navigator.credentials.get`; without `passkeys` the browser offers all it has for us. */
export function requestOptions(
  { relyingParty }: AccountService,
  challenge: string,
  passkeys: readonly StoredPasskey[],
): object {
  return {
    challenge,
    rpId: relyingParty.id,
    timeout: CHALLENGE_MS,
    // After a password, touching the key is enough; alone, the passkey has to know its person.
    userVerification: passkeys.length === 0 ? 'required' : 'discouraged',
    allowCredentials: passkeys.map(({ id }) => ({ type: 'public-key', id })),
  }
}

/** Options for `navigator.credentials.create`. The name of the account stays on the authenticator. */
export function creationOptions(
  { relyingParty }: AccountService,
  challenge: string,
  account: Organiser,
  known: readonly StoredPasskey[],
): object {
  return {
    challenge,
    rp: { id: relyingParty.id, name: relyingParty.id },
    user: { id: userHandle(account.id), name: account.name, displayName: account.name },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    timeout: CHALLENGE_MS,
    // What make the authenticator is, is nobody's business (section 5.4.7).
    attestation: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: known.map(({ id }) => ({ type: 'public-key', id })),
  }
}

/** At most 64 bytes and nothing about the person (section 14.6.1): the account's random id. */
function userHandle(id: OrganiserId): string {
  return Buffer.from(id).toString('base64url')
}
