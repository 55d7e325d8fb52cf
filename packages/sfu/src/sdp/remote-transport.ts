// Decides which of the offered transport values hold for the bundle (RFC 9143 section 7.3, RFC 8122, RFC 8842).
import type { AnswerErrorCode, RemoteTransport } from './answer-model.ts'
import type { Fingerprint, OfferedSection } from './offer-model.ts'

/** Accepted hash functions with the length of their value in bytes; SHA-1 and older are refused (RFC 8122 section 5). */
const HASH_BYTES: ReadonlyMap<string, number> = new Map([
  ['sha-256', 32],
  ['sha-384', 48],
  ['sha-512', 64],
])

/** Characters per byte of a fingerprint, the colon included; the last byte has none. */
const CHARS_PER_BYTE = 3

function usable(fingerprints: readonly Fingerprint[]): Fingerprint | undefined {
  return fingerprints.find(({ algorithm, value }) => {
    const bytes = HASH_BYTES.get(algorithm)
    return bytes !== undefined && value.length === bytes * CHARS_PER_BYTE - 1
  })
}

/**
 * Reads the client's transport from the section that owns the bundle's transport.
 * The client must be able to be DTLS client, for we are always the server.
 */
export function remoteTransportOf(
  owner: OfferedSection,
):
  | { readonly ok: true; readonly remote: RemoteTransport }
  | { readonly ok: false; readonly code: AnswerErrorCode } {
  if (owner.ice === undefined) return { ok: false, code: 'ice-credentials-missing' }
  const fingerprint = usable(owner.fingerprints)
  if (fingerprint === undefined) return { ok: false, code: 'fingerprint-missing' }
  // RFC 4145 section 4: an offer without the attribute means active.
  const setup = owner.setup ?? 'active'
  if (setup === 'passive' || setup === 'holdconn') return { ok: false, code: 'setup-unsupported' }
  return { ok: true, remote: { ice: owner.ice, fingerprint, setup } }
}
