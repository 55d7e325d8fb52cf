// Checks and mints LiveKit access tokens: JWTs with HS256 and nothing else (livekit-protocol.md 1.5).
import { createHmac, timingSafeEqual } from 'node:crypto'
import { MAX_NAME_CHARS, MAX_TOKEN_CHARS, TOKEN_LEEWAY_SECONDS } from './limits.ts'

/** What a token allows; absent differs from false. */
export interface VideoGrant {
  readonly roomCreate?: boolean
  readonly roomList?: boolean
  readonly roomAdmin?: boolean
  readonly roomJoin?: boolean
  readonly room?: string
  readonly canPublish?: boolean
  readonly canSubscribe?: boolean
  readonly canPublishData?: boolean
  readonly canPublishSources?: readonly string[]
  readonly canUpdateOwnMetadata?: boolean
  readonly hidden?: boolean
}

/** Who a token speaks for, and what it allows. */
export interface ParticipantGrants {
  /** Empty for tokens of servers. */
  readonly identity: string
  readonly name?: string
  readonly metadata?: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly video: VideoGrant
}

export type TokenRefusal =
  | 'malformed'
  | 'unknown-key'
  | 'bad-signature'
  | 'expired'
  | 'not-yet-valid'
  | 'bad-claims'

export type TokenResult =
  | { readonly ok: true; readonly grants: ParticipantGrants; readonly apiKey: string }
  | { readonly ok: false; readonly code: TokenRefusal }

export interface VerifyOptions {
  /** Secrets by API key. */
  readonly keys: ReadonlyMap<string, string>
  /** Milliseconds since 1970. */
  readonly now: number
}

/** A compact JWS (RFC 7515 section 7.1): header, claims and signature in base64url. */
const COMPACT_JWS = /^([\w-]+)\.([\w-]+)\.([\w-]*)$/

/**
 * Verifies a token against the secret of the key that it names. Never throws for what the token holds.
 *
 * By `node:crypto` at once: WebCrypto imports the key and hands a hash of some microseconds to another thread each time.
 */
export function verifyAccessToken(token: string, options: VerifyOptions): TokenResult {
  if (token.length > MAX_TOKEN_CHARS) return { ok: false, code: 'malformed' }
  const [, header, payload, signature] = COMPACT_JWS.exec(token) ?? []
  if (header === undefined || payload === undefined || signature === undefined)
    return { ok: false, code: 'malformed' }
  const claims = jsonObject(payload)
  if (!claims || !isHs256(jsonObject(header))) return { ok: false, code: 'malformed' }
  const apiKey = text(claims['iss'])
  const secret = apiKey === undefined ? undefined : options.keys.get(apiKey)
  if (apiKey === undefined || secret === undefined) return { ok: false, code: 'unknown-key' }
  const expected = hmac(secret, `${header}.${payload}`)
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    return { ok: false, code: 'bad-signature' }
  const refusal = timeRefusal(claims, Math.floor(options.now / 1000))
  if (refusal) return { ok: false, code: refusal }
  const grants = grantsFrom(claims)
  return grants ? { ok: true, grants, apiKey } : { ok: false, code: 'bad-claims' }
}

/** HS256 and nothing else, without extensions that would have to be understood (RFC 7515 section 4.1.11). */
function isHs256(header: Readonly<Record<string, unknown>> | undefined): boolean {
  return header?.['alg'] === 'HS256' && !('crit' in header)
}

/** Why claims of time (RFC 7519 section 4.1) do not hold at `now`, seconds since 1970; every token has to end. */
function timeRefusal(claims: Readonly<Record<string, unknown>>, now: number): TokenRefusal | undefined {
  const { exp, nbf, iat } = claims
  if (typeof exp !== 'number' || !isOptionalNumber(nbf) || !isOptionalNumber(iat)) return 'bad-claims'
  if (nbf !== undefined && nbf > now + TOKEN_LEEWAY_SECONDS) return 'not-yet-valid'
  return exp <= now - TOKEN_LEEWAY_SECONDS ? 'expired' : undefined
}

function isOptionalNumber(value: unknown): value is number | undefined {
  return value === undefined || typeof value === 'number'
}

/** The JSON object that a part of a token holds. */
function jsonObject(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

export interface MintOptions {
  readonly apiKey: string
  readonly secret: string
  readonly lifetimeSeconds: number
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Makes a token. */
export function mintAccessToken(grants: ParticipantGrants, options: MintOptions): string {
  const { apiKey, secret, lifetimeSeconds } = options
  const issued = Math.floor(options.now / 1000)
  const { identity, name, metadata, attributes, video } = grants
  const times = { iat: issued, nbf: issued, exp: issued + lifetimeSeconds }
  const claims = { name, metadata, attributes, video, iss: apiKey, sub: identity, ...times }
  const signed = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`
  return `${signed}.${hmac(secret, signed).toString('base64url')}`
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function hmac(secret: string, signed: string): Buffer {
  return createHmac('sha256', secret).update(signed).digest()
}

/** The token of an `Authorization: Bearer` header. */
export function bearerToken(header: string | undefined): string | undefined {
  return header?.startsWith('Bearer ') ? header.slice('Bearer '.length).trim() : undefined
}

function grantsFrom(payload: Readonly<Record<string, unknown>>): ParticipantGrants | undefined {
  const identity = text(payload['sub']) ?? text(payload['jti']) ?? ''
  const video = videoGrantFrom(payload['video'])
  if (!video || identity.length > MAX_NAME_CHARS || (video.room?.length ?? 0) > MAX_NAME_CHARS)
    return undefined
  return defined({
    identity,
    name: text(payload['name']),
    metadata: text(payload['metadata']),
    attributes: attributesFrom(payload['attributes']),
    video,
  })
}

function videoGrantFrom(value: unknown): VideoGrant | undefined {
  if (value === undefined) return {}
  if (!isRecord(value)) return undefined
  const sources = value['canPublishSources']
  return defined({
    roomCreate: flag(value['roomCreate']),
    roomList: flag(value['roomList']),
    roomAdmin: flag(value['roomAdmin']),
    roomJoin: flag(value['roomJoin']),
    room: text(value['room']),
    canPublish: flag(value['canPublish']),
    canSubscribe: flag(value['canSubscribe']),
    canPublishData: flag(value['canPublishData']),
    canPublishSources: Array.isArray(sources)
      ? sources.filter((source) => typeof source === 'string')
      : undefined,
    canUpdateOwnMetadata: flag(value['canUpdateOwnMetadata']),
    hidden: flag(value['hidden']),
  })
}

function attributesFrom(value: unknown): Record<string, string> | undefined {
  if (!isRecord(value)) return undefined
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** Leaves out what is undefined, so that absent stays absent. */
function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Defined<T>
}
