import { createHmac } from 'node:crypto'
import { AccessToken, TokenVerifier, TrackSource } from 'livekit-server-sdk'
import { describe, expect, test } from 'vitest'
import {
  bearerToken,
  mintAccessToken,
  verifyAccessToken,
  type ParticipantGrants,
  type TokenResult,
} from './access-token.ts'

const KEY = 'devkey'
const SECRET = 'a secret that is long enough for every library'
const keys = new Map([
  [KEY, SECRET],
  ['other', 'another secret, as long as the first one'],
])
/** Seconds since 1970 at which the tests take place. */
const NOW = 1_790_000_000

const verify = (token: string): TokenResult => verifyAccessToken(token, { keys, now: NOW * 1000 })

function encode(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
}

interface Forged {
  readonly header?: unknown
  readonly claims?: unknown
  readonly secret?: string
  readonly hash?: string
}

/** Makes a token by hand, as valid as told. */
function forge({ header = { alg: 'HS256' }, claims = {}, secret = SECRET, hash = 'sha256' }: Forged): string {
  const full = { iss: KEY, sub: 'ada', exp: NOW + 600, nbf: NOW, video: {} }
  const signed = `${encode(header)}.${encode(typeof claims === 'string' ? claims : { ...full, ...(claims as object) })}`
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`
}

describe('tokens that are refused', () => {
  test.each<[string, string, string]>([
    ['nothing', '', 'malformed'],
    ['no JWT', 'a.b', 'malformed'],
    ['a token longer than any header', 'a'.repeat(16_385), 'malformed'],
    ['claims that are no JSON', forge({ claims: 'x' }), 'malformed'],
    ['a key nobody has', forge({ claims: { iss: 'stranger' } }), 'unknown-key'],
    ['a key named like a property of every object', forge({ claims: { iss: '__proto__' } }), 'unknown-key'],
    ['an issuer that is a number', forge({ claims: { iss: 7 } }), 'unknown-key'],
    ['the secret of another key', forge({ secret: keys.get('other') ?? '' }), 'bad-signature'],
    ['no signature', forge({}).replace(/[^.]+$/, ''), 'bad-signature'],
    [
      'a changed claim',
      forge({}).replace(/\.[^.]+\./, `.${encode({ iss: KEY, exp: NOW + 600, sub: 'eve' })}.`),
      'bad-signature',
    ],
    ['algorithm none', forge({ header: { alg: 'none' } }), 'malformed'],
    [
      'algorithm none without signature',
      forge({ header: { alg: 'none' } }).replace(/[^.]+$/, ''),
      'malformed',
    ],
    ['algorithm HS512, properly signed', forge({ header: { alg: 'HS512' }, hash: 'sha512' }), 'malformed'],
    ['algorithm RS256', forge({ header: { alg: 'RS256' } }), 'malformed'],
    ['a critical header we do not know', forge({ header: { alg: 'HS256', crit: ['x'], x: 1 } }), 'malformed'],
    ['no expiry', forge({ claims: { exp: undefined } }), 'bad-claims'],
    ['an expiry that is a text', forge({ claims: { exp: '9999999999' } }), 'bad-claims'],
    ['an expiry just beyond the leeway', forge({ claims: { exp: NOW - 60 } }), 'expired'],
    ['a start just beyond the leeway', forge({ claims: { nbf: NOW + 61 } }), 'not-yet-valid'],
    ['a video grant that is a text', forge({ claims: { video: 'all' } }), 'bad-claims'],
    ['a video grant that is a list', forge({ claims: { video: [] } }), 'bad-claims'],
    ['an identity longer than 256', forge({ claims: { sub: 'x'.repeat(257) } }), 'bad-claims'],
    ['a room longer than 256', forge({ claims: { video: { room: 'x'.repeat(257) } } }), 'bad-claims'],
  ])('%s', (_, token, code) => {
    expect(verify(token)).toEqual({ ok: false, code })
  })
})

describe('tokens that are accepted', () => {
  test('within 60 seconds after the end and before the start', () => {
    expect(verify(forge({ claims: { exp: NOW - 59 } })).ok).toBe(true)
    expect(verify(forge({ claims: { nbf: NOW + 60 } })).ok).toBe(true)
    expect(verify(forge({ claims: { nbf: undefined } })).ok).toBe(true)
  })

  test('absent permissions stay absent, false ones stay false', () => {
    const token = forge({
      claims: { video: { roomJoin: true, canPublish: false, room: 'r', hidden: 'yes', unknown: true } },
    })
    expect(verify(token)).toEqual({
      ok: true,
      apiKey: KEY,
      grants: { identity: 'ada', video: { roomJoin: true, canPublish: false, room: 'r' } },
    })
  })

  test('the identity falls back to the id of the token, and may be empty', () => {
    expect(verify(forge({ claims: { sub: undefined, jti: 'id' } }))).toMatchObject({
      grants: { identity: 'id' },
    })
    expect(verify(forge({ claims: { sub: undefined } }))).toMatchObject({ grants: { identity: '' } })
  })

  test('attributes with names of object internals do no harm', () => {
    const token = forge({
      claims: `{"iss":"${KEY}","exp":${NOW + 9},"attributes":{"__proto__":"x","n":1,"a":"b"}}`,
    })
    const result = verify(token)
    const attributes = result.ok ? result.grants.attributes : undefined
    expect(Object.entries(attributes ?? {})).toEqual([
      ['__proto__', 'x'],
      ['a', 'b'],
    ])
    expect(Object.getPrototypeOf(attributes ?? {})).toBe(Object.prototype)
  })
})

describe('together with the LiveKit server SDK', () => {
  test('its tokens are understood', async () => {
    const token = new AccessToken(KEY, SECRET, {
      identity: 'ada',
      name: 'Ada',
      metadata: '{}',
      attributes: { a: 'b' },
      ttl: 60,
    })
    token.addGrant({
      roomJoin: true,
      room: 'room',
      canSubscribe: false,
      canUpdateOwnMetadata: true,
      canPublishSources: [TrackSource.CAMERA, TrackSource.SCREEN_SHARE_AUDIO],
    })
    // The SDK signs with its own clock.
    const result = verifyAccessToken(await token.toJwt(), { keys, now: Date.now() })
    expect(result).toEqual({
      ok: true,
      apiKey: KEY,
      grants: {
        identity: 'ada',
        name: 'Ada',
        metadata: '{}',
        attributes: { a: 'b' },
        video: {
          roomJoin: true,
          room: 'room',
          canSubscribe: false,
          canUpdateOwnMetadata: true,
          canPublishSources: ['camera', 'screen_share_audio'],
        },
      },
    })
  })

  test('it understands ours, and so do we', async () => {
    const grants: ParticipantGrants = {
      identity: 'ada',
      name: 'Ada',
      metadata: 'm',
      attributes: { a: 'b' },
      video: { roomJoin: true, room: 'room', canPublish: false, canPublishSources: ['camera'] },
    }
    const now = Date.now()
    const token = mintAccessToken(grants, { apiKey: KEY, secret: SECRET, lifetimeSeconds: 60, now })
    expect(await new TokenVerifier(KEY, SECRET).verify(token)).toMatchObject({
      sub: 'ada',
      name: 'Ada',
      video: grants.video,
      exp: Math.floor(now / 1000) + 60,
    })
    expect(verifyAccessToken(token, { keys, now })).toEqual({ ok: true, apiKey: KEY, grants })
    expect(verifyAccessToken(token, { keys, now: now + 121_000 })).toEqual({
      ok: false,
      code: 'expired',
    })
  })
})

test.each([
  ['Bearer abc', 'abc'],
  ['Bearer   abc ', 'abc'],
  ['Basic abc', undefined],
  [undefined, undefined],
])('the header %s holds %s', (header, token) => {
  expect(bearerToken(header)).toBe(token)
})
