import { expect, test } from 'vitest'
import { SoftwareAuthenticator, type Ceremony } from '../testing/software-authenticator.ts'
import { challengeIn, checkAssertion, checkRegistration, type Expected } from './ceremonies.ts'

const CHALLENGE = 'Zm9yIG9uY2UgdGhpcyBjaGFsbGVuZ2UgaXMgZml4ZWQ'
const ceremony: Ceremony = { challenge: CHALLENGE, origin: 'https://runde.example', rpId: 'runde.example' }
const expected: Expected = {
  relyingParty: { id: 'runde.example', origin: 'https://runde.example' },
  challenge: CHALLENGE,
  userVerified: true,
}

test.each(['ES256', 'RS256', 'EdDSA'] as const)('%s: registered, then signed in', (kind) => {
  const authenticator = new SoftwareAuthenticator(kind)
  const passkey = checkRegistration(authenticator.register(ceremony).response, expected)
  expect(passkey).toEqual({
    id: authenticator.id.toString('base64url'),
    publicKey: authenticator.publicKey().toString('base64url'),
    signCount: 0,
  })
  if (passkey === undefined) return
  const { response } = authenticator.assert(ceremony)
  expect(checkAssertion(response, passkey, expected)).toEqual({ signCount: 0 })
  expect(checkAssertion(new SoftwareAuthenticator(kind).assert(ceremony).response, passkey, expected)).toBe(
    undefined,
  )
})

const MISTAKES: readonly [string, Partial<Ceremony>][] = [
  ['the challenge of somebody else', { challenge: 'AAAA' }],
  ['another page', { origin: 'https://runde.example.evil.example' }],
  ['a page without encryption', { origin: 'http://runde.example' }],
  ['another relying party', { rpId: 'example' }],
  ['the other ceremony', { type: 'payment.get' }],
  ['a frame in a foreign page', { crossOrigin: true }],
  ['nobody there', { userPresent: false }],
  ['somebody there, but not checked', { userVerified: false }],
]

test.each(MISTAKES)('%s is refused at both ceremonies', (_name, mistake) => {
  const authenticator = new SoftwareAuthenticator()
  const passkey = checkRegistration(authenticator.register(ceremony).response, expected)
  if (passkey === undefined) throw new Error('the right registration was refused')
  const wrong = { ...ceremony, ...mistake }
  expect(checkRegistration(authenticator.register(wrong).response, expected)).toBeUndefined()
  expect(checkAssertion(authenticator.assert(wrong).response, passkey, expected)).toBeUndefined()
})

test('as a second factor, touching is enough', () => {
  const authenticator = new SoftwareAuthenticator()
  const passkey = checkRegistration(authenticator.register(ceremony).response, expected)
  if (passkey === undefined) throw new Error('the right registration was refused')
  const { response } = authenticator.assert({ ...ceremony, userVerified: false })
  expect(checkAssertion(response, passkey, { ...expected, userVerified: false })).toEqual({ signCount: 0 })
})

test('a registration cannot be used to sign in, nor the other way round', () => {
  const authenticator = new SoftwareAuthenticator()
  const passkey = checkRegistration(authenticator.register(ceremony).response, expected)
  if (passkey === undefined) throw new Error('the right registration was refused')
  const swapped = authenticator.assert({ ...ceremony, type: 'webauthn.create' })
  expect(checkAssertion(swapped.response, passkey, expected)).toBeUndefined()
})

test.each([
  [0, 0, true],
  [0, 1, true],
  [5, 6, true],
  [5, 5, false],
  [5, 4, false],
  [5, 0, false],
])('counter %i, then %i: %s', (stored, given, accepted) => {
  const authenticator = new SoftwareAuthenticator()
  const publicKey = authenticator.publicKey().toString('base64url')
  const { response } = authenticator.assert({ ...ceremony, signCount: given })
  const checked = checkAssertion(response, { publicKey, signCount: stored }, expected)
  expect(checked).toEqual(accepted ? { signCount: given } : undefined)
})

test('an attestation that nobody asked for is refused', () => {
  const authenticator = new SoftwareAuthenticator()
  for (const statement of [{ fmt: 'packed' }, { attStmt: Buffer.from([0xa1, 0x01, 0x02]) }])
    expect(checkRegistration(authenticator.register(ceremony, statement).response, expected)).toBeUndefined()
})

test('a challenge is read without trusting the rest', () => {
  const { response } = new SoftwareAuthenticator().assert(ceremony)
  expect(challengeIn(response.clientDataJSON)).toBe(CHALLENGE)
  expect(challengeIn('not base64url!')).toBeUndefined()
  expect(challengeIn(Buffer.from('{"challenge":1}').toString('base64url'))).toBeUndefined()
  expect(challengeIn(Buffer.from('null').toString('base64url'))).toBeUndefined()
  expect(challengeIn(Buffer.alloc(5000, ' ').toString('base64url'))).toBeUndefined()
})
