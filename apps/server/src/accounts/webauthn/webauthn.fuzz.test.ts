// Whatever arrives instead of a passkey's answer: no exception, and nothing that was changed is accepted.
import { expect, test } from 'vitest'
import { SoftwareAuthenticator, type Ceremony } from '../testing/software-authenticator.ts'
import { readCbor } from './cbor.ts'
import { checkAssertion, checkRegistration, type Expected } from './ceremonies.ts'

const CASES = Number(process.env['RUNDE_FUZZ_CASES'] ?? '3000')
const CHALLENGE = 'Zm9yIG9uY2UgdGhpcyBjaGFsbGVuZ2UgaXMgZml4ZWQ'
const ceremony: Ceremony = { challenge: CHALLENGE, origin: 'https://runde.example', rpId: 'runde.example' }
const expected: Expected = {
  relyingParty: { id: 'runde.example', origin: 'https://runde.example' },
  challenge: CHALLENGE,
  userVerified: true,
}

/** Mulberry32: small, seeded, good enough to choose places. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** Flips bits, cuts, puts in, or repeats a piece. */
function mutate(text: string, random: (below: number) => number): string {
  const bytes = Buffer.from(text, 'base64url')
  const at = random(bytes.length)
  switch (random(4)) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
      return bytes.toString('base64url')
    case 1:
      return bytes.subarray(0, at).toString('base64url')
    case 2:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([random(256)]), bytes.subarray(at)]).toString(
        'base64url',
      )
    default:
      return Buffer.concat([bytes.subarray(0, at), bytes]).toString('base64url')
  }
}

test('a changed registration is refused or is still a key that can be read', () => {
  const random = numbers(1)
  const { response } = new SoftwareAuthenticator().register(ceremony)
  let accepted = 0
  for (let count = 0; count < CASES; count += 1) {
    const changed = { ...response }
    if (random(4) === 0) changed.clientDataJSON = mutate(changed.clientDataJSON, random)
    else changed.attestationObject = mutate(changed.attestationObject, random)
    const passkey = checkRegistration(changed, expected)
    accepted += passkey === undefined ? 0 : 1
    expect(passkey?.id).not.toBe('')
  }
  // Counter, AAGUID and id of the credential are not covered by any signature: some changes there are still a registration.
  expect(accepted).toBeLessThan(CASES / 2)
})

test('a changed assertion is never accepted', () => {
  const random = numbers(2)
  const authenticator = new SoftwareAuthenticator('EdDSA')
  const passkey = { publicKey: authenticator.publicKey().toString('base64url'), signCount: 0 }
  const { response } = authenticator.assert(ceremony)
  expect(checkAssertion(response, passkey, expected)).toBeDefined()
  for (let count = 0; count < CASES; count += 1) {
    const changed = { ...response }
    const part = (['clientDataJSON', 'authenticatorData', 'signature'] as const)[random(3)]
    if (part === undefined) continue
    changed[part] = mutate(changed[part], random)
    if (changed[part] === response[part]) continue
    expect(checkAssertion(changed, passkey, expected)).toBeUndefined()
  }
})

test('any bytes are a CBOR item within their length, or none', () => {
  const random = numbers(3)
  for (let count = 0; count < CASES; count += 1) {
    const bytes = Buffer.from(Array.from({ length: random(64) }, () => random(256)))
    const item = readCbor(bytes)
    expect(item?.end ?? 0).toBeLessThanOrEqual(bytes.length)
  }
})
