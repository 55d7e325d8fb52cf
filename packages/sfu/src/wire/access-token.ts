// Checks and mints LiveKit access tokens: JWTs with HS256 and nothing else (livekit-protocol.md 1.5).
import { jwtVerify, SignJWT, decodeJwt, errors } from 'jose'
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

/** Verifies a token against the secret of the key that it names. Never throws for what the token holds. */
export async function verifyAccessToken(token: string, options: VerifyOptions): Promise<TokenResult> {
  if (token === '' || token.length > MAX_TOKEN_CHARS) return { ok: false, code: 'malformed' }
  const apiKey = issuerOf(token)
  if (apiKey === undefined) return { ok: false, code: 'malformed' }
  const secret = options.keys.get(apiKey)
  if (secret === undefined) return { ok: false, code: 'unknown-key' }
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      issuer: apiKey,
      clockTolerance: TOKEN_LEEWAY_SECONDS,
      currentDate: new Date(options.now),
      requiredClaims: ['exp'],
    })
    const grants = grantsFrom(payload)
    return grants ? { ok: true, grants, apiKey } : { ok: false, code: 'bad-claims' }
  } catch (error) {
    return { ok: false, code: refusalFrom(error) }
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
export function mintAccessToken(grants: ParticipantGrants, options: MintOptions): Promise<string> {
  const issued = Math.floor(options.now / 1000)
  const { identity, name, metadata, attributes, video } = grants
  return new SignJWT({ name, metadata, attributes, video })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(options.apiKey)
    .setSubject(identity)
    .setIssuedAt(issued)
    .setNotBefore(issued)
    .setExpirationTime(issued + options.lifetimeSeconds)
    .sign(new TextEncoder().encode(options.secret))
}

/** The token of an `Authorization: Bearer` header. */
export function bearerToken(header: string | undefined): string | undefined {
  return header?.startsWith('Bearer ') ? header.slice('Bearer '.length).trim() : undefined
}

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss
  } catch {
    return undefined
  }
}

function refusalFrom(error: unknown): TokenRefusal {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed)
    return error.claim === 'nbf' ? 'not-yet-valid' : 'bad-claims'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'bad-signature'
  return 'malformed'
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
