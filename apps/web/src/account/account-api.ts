// What the account pages ask the server, and the shapes of the answers.
import { isRole, type Role } from '@runde/contract'
import { type ApiResult, call, isObject } from '../app/api.ts'

/** A passkey in the list. Days are ISO dates, moments ISO 8601. */
export interface Passkey {
  readonly id: string
  readonly label: string
  readonly createdAt: string
  readonly usedOn: string
}

/** A session in the list; `current` is the one of this browser. */
export interface ListedSession {
  readonly id: string
  readonly createdAt: string
  readonly usedOn: string
  readonly current: boolean
}

/** One's own account; `passwordSince` is empty when there is no password. */
export interface Account {
  readonly name: string
  readonly roles: readonly Role[]
  readonly passwordSince: string
  readonly secondFactor: boolean
  /** Asked of everybody. */
  readonly secondFactorForAll: boolean
  readonly passkeys: readonly Passkey[]
  readonly sessions: readonly ListedSession[]
}

/** Somebody who has an account. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly createdAt: string
  readonly me: boolean
}

/** An invitation that has not been used. */
export interface OpenInvitation {
  readonly id: string
  readonly roles: readonly Role[]
  readonly expiresAt: string
}

/** All accounts and open invitations. */
export interface People {
  readonly people: readonly Person[]
  readonly invitations: readonly OpenInvitation[]
}

/** What holds for all accounts, and how many could follow already. */
export interface Policy {
  readonly secondFactorForAll: boolean
  readonly accounts: number
  readonly withPasskey: number
}

/** Signed in, or a passkey has to follow: its options. */
export type SignedIn = { readonly roles: readonly Role[] } | { readonly options: object }

type Json = Readonly<Record<string, unknown>>

const record = (value: unknown): Json => (isObject(value) ? value : {})
const text = (from: Json, key: string): string => {
  const value = from[key]
  return typeof value === 'string' ? value : ''
}
const list = <T>(value: unknown, read: (from: Json) => T): T[] =>
  Array.isArray(value) ? value.map((each) => read(record(each))) : []
const rolesIn = (from: Json): Role[] => {
  const value = from['roles']
  return Array.isArray(value)
    ? value.filter((each): each is Role => typeof each === 'string' && isRole(each))
    : []
}
const optionsIn = (json: unknown): object => {
  const { options } = record(json)
  return isObject(options) ? options : {}
}

function readAccount(json: unknown): Account {
  const from = record(json)
  return {
    name: text(from, 'name'),
    roles: rolesIn(from),
    passwordSince: text(from, 'passwordSince'),
    secondFactor: from['secondFactor'] === true,
    secondFactorForAll: from['secondFactorForAll'] === true,
    passkeys: list(from['passkeys'], (each) => ({
      id: text(each, 'id'),
      label: text(each, 'label'),
      createdAt: text(each, 'createdAt'),
      usedOn: text(each, 'usedOn'),
    })),
    sessions: list(from['sessions'], (each) => ({
      id: text(each, 'id'),
      createdAt: text(each, 'createdAt'),
      usedOn: text(each, 'usedOn'),
      current: each['current'] === true,
    })),
  }
}

function readPeople(json: unknown): People {
  const from = record(json)
  return {
    people: list(from['people'], (each) => ({
      id: text(each, 'id'),
      name: text(each, 'name'),
      roles: rolesIn(each),
      createdAt: text(each, 'createdAt'),
      me: each['me'] === true,
    })),
    invitations: list(from['invitations'], (each) => ({
      id: text(each, 'id'),
      roles: rolesIn(each),
      expiresAt: text(each, 'expiresAt'),
    })),
  }
}

function readPolicy(json: unknown): Policy {
  const from = record(json)
  const { accounts, withPasskey } = from
  return {
    secondFactorForAll: from['secondFactorForAll'] === true,
    accounts: typeof accounts === 'number' ? accounts : 0,
    withPasskey: typeof withPasskey === 'number' ? withPasskey : 0,
  }
}

function readSignedIn(json: unknown): SignedIn {
  const from = record(json)
  if (isObject(from['secondFactor'])) return { options: optionsIn(from['secondFactor']) }
  return { roles: rolesIn(record(from['organiser'])) }
}

const readRoles = (json: unknown): readonly Role[] => rolesIn(record(record(json)['organiser']))
const nothing = (): null => null
const part = encodeURIComponent

/** The interface of accounts. */
export const accountApi = {
  passwordSignIn: (name: string, password: string): Promise<ApiResult<SignedIn>> =>
    call('POST', '/session/password', { name, password }, readSignedIn),
  passkeySignInOptions: (): Promise<ApiResult<object>> =>
    call('POST', '/session/passkey/options', {}, optionsIn),
  passkeySignIn: (credential: unknown): Promise<ApiResult<readonly Role[]>> =>
    call('POST', '/session/passkey', { credential }, readRoles),
  account: (): Promise<ApiResult<Account>> => call('GET', '/account', null, readAccount),
  setPassword: (password: string, current: string): Promise<ApiResult<null>> =>
    call('PUT', '/account/password', { password, ...(current === '' ? {} : { current }) }, nothing),
  removePassword: (): Promise<ApiResult<null>> => call('DELETE', '/account/password', null, nothing),
  setSecondFactor: (on: boolean): Promise<ApiResult<null>> =>
    call('PUT', '/account/second-factor', { on }, nothing),
  passkeyOptions: (): Promise<ApiResult<object>> => call('POST', '/account/passkeys/options', {}, optionsIn),
  addPasskey: (label: string, credential: unknown): Promise<ApiResult<null>> =>
    call('POST', '/account/passkeys', { label, credential }, nothing),
  removePasskey: (id: string): Promise<ApiResult<null>> =>
    call('DELETE', `/account/passkeys/${part(id)}`, null, nothing),
  endSession: (id: string): Promise<ApiResult<null>> =>
    call('DELETE', `/account/sessions/${part(id)}`, null, nothing),
  endOtherSessions: (): Promise<ApiResult<null>> => call('DELETE', '/account/sessions', null, nothing),
  policy: (): Promise<ApiResult<Policy>> => call('GET', '/account-policy', null, readPolicy),
  setPolicy: (secondFactorForAll: boolean): Promise<ApiResult<null>> =>
    call('PUT', '/account-policy', { secondFactorForAll }, nothing),
  people: (): Promise<ApiResult<People>> => call('GET', '/people', null, readPeople),
  setRoles: (id: string, roles: readonly Role[]): Promise<ApiResult<null>> =>
    call('PATCH', `/people/${part(id)}`, { roles }, nothing),
  removePerson: (id: string): Promise<ApiResult<null>> =>
    call('DELETE', `/people/${part(id)}`, null, nothing),
  invite: (roles: readonly Role[]): Promise<ApiResult<string>> =>
    call('POST', '/invitations', { roles }, (json) => text(record(json), 'link')),
  withdraw: (id: string): Promise<ApiResult<null>> =>
    call('DELETE', `/invitations/${part(id)}`, null, nothing),
  accept: (token: string, name: string): Promise<ApiResult<readonly Role[]>> =>
    call('POST', '/invitations/accept', { token, name }, readRoles),
}

/** Where somebody with these roles begins. */
export function homeOf(roles: readonly Role[]): string {
  return roles.includes('organiser') ? '/desk' : '/desk/dsc'
}
