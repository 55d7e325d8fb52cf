// The requests and answers of accounts: passwords, passkeys, sessions, people and invitations.
//
//   POST   /api/session/password         PasswordSignInRequest -> Session, or SecondFactorNeeded
//   POST   /api/session/passkey/options  -> PasskeyOptions (what navigator.credentials.get takes, as JSON)
//   POST   /api/session/passkey          PasskeySignInRequest -> Session
//   GET    /api/account                  -> Account
//   PUT    /api/account/password         SetPasswordRequest -> 204 (all other sessions of the account end)
//   DELETE /api/account/password         -> 204
//   PUT    /api/account/second-factor    SecondFactorRequest -> 204
//   POST   /api/account/passkeys/options -> PasskeyOptions (what navigator.credentials.create takes, as JSON)
//   POST   /api/account/passkeys         RegisterPasskeyRequest -> 201
//   DELETE /api/account/passkeys/:id     -> 204
//   DELETE /api/account/sessions         -> 204 (all but this one)
//   DELETE /api/account/sessions/:id     -> 204
//   GET    /api/people                   -> People
//   PATCH  /api/people/:id               RolesRequest -> 204
//   DELETE /api/people/:id               -> 204
//   POST   /api/invitations              RolesRequest -> 201 Invitation
//   DELETE /api/invitations/:id          -> 204
//   POST   /api/invitations/accept       AcceptInvitationRequest -> Session
//   GET    /api/account-policy           -> AccountPolicy
//   PUT    /api/account-policy           AccountPolicyRequest -> 204 (switched on: all other sessions of all accounts end)
import * as z from 'zod/mini'
import type { Role } from './roles.ts'

export interface PasswordSignInRequest {
  name: string
  password: string
}

/** The password was right, and the account asks for a passkey as well: `options` are for this account's passkeys. */
export interface SecondFactorNeeded {
  secondFactor: PasskeyOptions
}

/** The JSON forms of WebAuthn level 3, sections 5.1.8 and 5.1.9; the browser reads them itself. */
export interface PasskeyOptions {
  options: object
}

/** The parts of an AuthenticationResponseJSON that are looked at; all binary values are base64url. */
export interface PasskeySignInRequest {
  credential: {
    id: string
    response: { clientDataJSON: string; authenticatorData: string; signature: string }
  }
}

/** The parts of a RegistrationResponseJSON that are looked at. */
export interface RegisterPasskeyRequest {
  /** What the person calls it. */
  label: string
  credential: { id: string; response: { clientDataJSON: string; attestationObject: string } }
}

/** `current` is needed when there is a password already. */
export interface SetPasswordRequest {
  password: string
  current?: string
}

export interface SecondFactorRequest {
  on: boolean
}

/** What the organiser asks of every account. */
export interface AccountPolicyRequest {
  secondFactorForAll: boolean
}

/** The same, with how many accounts there are and how many of them have a passkey. */
export interface AccountPolicy extends AccountPolicyRequest {
  accounts: number
  withPasskey: number
}

export interface RolesRequest {
  roles: Role[]
}

export interface AcceptInvitationRequest {
  token: string
  name: string
}

/** Everything about one's own account. Days are ISO dates, moments ISO 8601; both UTC. */
export interface Account {
  name: string
  roles: Role[]
  /** Day since when the password has been in use; null: there is none. */
  passwordSince: string | null
  secondFactor: boolean
  /** Asked of everybody: not one's own choice. */
  secondFactorForAll: boolean
  passkeys: { id: string; label: string; createdAt: string; usedOn: string | null }[]
  sessions: { id: string; createdAt: string; usedOn: string; current: boolean }[]
}

export interface People {
  people: { id: string; name: string; roles: Role[]; createdAt: string; me: boolean }[]
  invitations: { id: string; roles: Role[]; createdAt: string; expiresAt: string }[]
}

/** The only time the link is told. */
export interface Invitation {
  link: string
  expiresAt: string
}

const role: z.ZodMiniType<Role> = z.enum(['organiser', 'dpo', 'operator'])

export const PasswordSignInRequest: z.ZodMiniType<PasswordSignInRequest> = z.strictObject({
  name: z.string(),
  password: z.string(),
})

/** Browsers add more to a credential than is looked at; it is dropped. */
export const PasskeySignInRequest: z.ZodMiniType<PasskeySignInRequest> = z.strictObject({
  credential: z.object({
    id: z.string(),
    response: z.object({
      clientDataJSON: z.string(),
      authenticatorData: z.string(),
      signature: z.string(),
    }),
  }),
})

export const RegisterPasskeyRequest: z.ZodMiniType<RegisterPasskeyRequest> = z.strictObject({
  label: z.string(),
  credential: z.object({
    id: z.string(),
    response: z.object({ clientDataJSON: z.string(), attestationObject: z.string() }),
  }),
})

export const SetPasswordRequest: z.ZodMiniType<SetPasswordRequest> = z.strictObject({
  password: z.string(),
  current: z.exactOptional(z.string()),
})

export const SecondFactorRequest: z.ZodMiniType<SecondFactorRequest> = z.strictObject({ on: z.boolean() })

export const AccountPolicyRequest: z.ZodMiniType<AccountPolicyRequest> = z.strictObject({
  secondFactorForAll: z.boolean(),
})

export const RolesRequest: z.ZodMiniType<RolesRequest> = z.strictObject({ roles: z.array(role) })

export const AcceptInvitationRequest: z.ZodMiniType<AcceptInvitationRequest> = z.strictObject({
  token: z.string(),
  name: z.string(),
})
