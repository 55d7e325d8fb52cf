// Signs LiveKit access tokens: JSON Web Tokens with HMAC-SHA-256 (RFC 7519, RFC 7515) and LiveKit's video grant.
import { createHmac } from 'node:crypto'
import { hide, type EpochMillis, type Pii, type Private } from '@runde/contract'
import type { KeyPair } from '@runde/store'

/** LiveKit's `video` claim; what is left out is not granted. */
export interface VideoGrant {
  room?: string
  roomJoin?: boolean
  roomCreate?: boolean
  roomList?: boolean
  roomAdmin?: boolean
  canPublish?: boolean
  canSubscribe?: boolean
  canPublishData?: boolean
  canUpdateOwnMetadata?: boolean
  hidden?: boolean
}

export interface AccessToken {
  identity: string
  /** Shown to the others; it is kept nowhere else. */
  name: Pii | undefined
  grant: VideoGrant
  /** How long the token may be used to connect, in seconds. */
  ttlSeconds: number
}

/** Clocks of two machines differ a little; a token is valid this many seconds before it was made. */
const CLOCK_SKEW_SECONDS = 10

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url')
}

/** Signs the token; `now` is the time it is made. */
export function mintAccessToken(pair: KeyPair, token: AccessToken, now: EpochMillis): Private<string> {
  const seconds = Math.floor(now / 1000)
  const claims = {
    iss: pair.key,
    sub: token.identity,
    ...(token.name === undefined ? {} : { name: token.name.reveal() }),
    nbf: seconds - CLOCK_SKEW_SECONDS,
    exp: seconds + token.ttlSeconds,
    video: token.grant,
  }
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  const signature = createHmac('sha256', pair.secret.reveal()).update(signed, 'ascii').digest('base64url')
  return hide(`${signed}.${signature}`)
}
