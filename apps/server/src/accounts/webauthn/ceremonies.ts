// Checks a registration and an assertion of a passkey (WebAuthn level 3, sections 7.1 and 7.2); attestation is not asked for.
import { createHash } from 'node:crypto'
import { isForRelyingParty, readAuthenticatorData, type AuthenticatorData } from './authenticator-data.ts'
import { isCborMap, readCbor } from './cbor.ts'
import { readClientData } from './client-data.ts'
import { isSignedBy, readCoseKey } from './cose-key.ts'

/** Who asks. */
export interface RelyingParty {
  /** Host name of the public address. */
  id: string
  /** Public address, without a slash at the end. */
  origin: string
}

/** What the ceremony was begun with. */
export interface Expected {
  relyingParty: RelyingParty
  /** base64url, as it was sent to the browser. */
  challenge: string
  /** Whether the authenticator has to have checked its user with PIN or body: needed when the passkey is the only factor. */
  userVerified: boolean
}

/** What is kept of a new passkey; all texts base64url. */
export interface NewPasskey {
  id: string
  publicKey: string
  signCount: number
}

/** The challenge named in the client data, to find what it was made for; undefined when there is none. */
export function challengeIn(clientDataJSON: string): string | undefined {
  const bytes = fromBase64Url(clientDataJSON)
  return bytes === undefined ? undefined : readClientData(bytes)?.challenge
}

/** Section 7.1. Undefined when anything does not fit. */
export function checkRegistration(
  response: { clientDataJSON: string; attestationObject: string },
  expected: Expected,
): NewPasskey | undefined {
  const clientData = fromBase64Url(response.clientDataJSON)
  const object = fromBase64Url(response.attestationObject)
  if (clientData === undefined || object === undefined) return undefined
  if (!isExpected(clientData, 'webauthn.create', expected)) return undefined
  const bytes = authenticatorDataIn(object)
  const data = bytes === undefined ? undefined : readAuthenticatorData(bytes)
  if (data?.credential === undefined || !isAccepted(data, expected)) return undefined
  const { id, publicKey } = data.credential
  if (readCoseKey(publicKey) === undefined) return undefined
  return { id: toBase64Url(id), publicKey: toBase64Url(publicKey), signCount: data.signCount }
}

/** Section 7.2, for the passkey that was named. The new counter, or undefined when anything does not fit. */
export function checkAssertion(
  response: { clientDataJSON: string; authenticatorData: string; signature: string },
  passkey: Pick<NewPasskey, 'publicKey' | 'signCount'>,
  expected: Expected,
): { signCount: number } | undefined {
  const clientData = fromBase64Url(response.clientDataJSON)
  const bytes = fromBase64Url(response.authenticatorData)
  const signature = fromBase64Url(response.signature)
  const publicKey = fromBase64Url(passkey.publicKey)
  if (!clientData || !bytes || !signature || !publicKey) return undefined
  if (!isExpected(clientData, 'webauthn.get', expected)) return undefined
  const data = readAuthenticatorData(bytes)
  const key = readCoseKey(publicKey)
  if (data === undefined || key === undefined || !isAccepted(data, expected)) return undefined
  const signed = Buffer.concat([bytes, createHash('sha256').update(clientData).digest()])
  if (!isSignedBy(key, signed, signature)) return undefined
  return isCounted(passkey.signCount, data.signCount) ? { signCount: data.signCount } : undefined
}

/** Section 6.1.1: authenticators without a counter always say 0; any other has to grow, or the passkey was copied. */
function isCounted(stored: number, given: number): boolean {
  return (stored === 0 && given === 0) || given > stored
}

function isExpected(bytes: Uint8Array, type: string, { challenge, relyingParty }: Expected): boolean {
  const data = readClientData(bytes)
  return (
    data !== undefined &&
    data.type === type &&
    data.challenge === challenge &&
    data.origin === relyingParty.origin &&
    !data.crossOrigin
  )
}

function isAccepted(data: AuthenticatorData, { relyingParty, userVerified }: Expected): boolean {
  return isForRelyingParty(data, relyingParty.id) && data.userPresent && (data.userVerified || !userVerified)
}

/** Section 6.5.4: a map of `fmt`, `attStmt` and `authData`. We ask for no attestation, so there is no statement to check. */
function authenticatorDataIn(object: Uint8Array): Uint8Array | undefined {
  const item = readCbor(object)
  if (item === undefined || item.end !== object.length || !isCborMap(item.value)) return undefined
  const statement = item.value.get('attStmt')
  if (item.value.get('fmt') !== 'none' || !isCborMap(statement) || statement.size !== 0) return undefined
  const data = item.value.get('authData')
  return data instanceof Uint8Array ? data : undefined
}

/** Node reads base64 leniently: what does not come out again as it went in is refused. */
function fromBase64Url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}

function toBase64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
