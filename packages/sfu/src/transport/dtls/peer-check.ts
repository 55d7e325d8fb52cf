// Holds an association back until the client's certificate matches the signalled fingerprint (RFC 8827 section 6.5):
// the two come by different ways and in either order.
import { copy } from './bytes.ts'
import { matchesFingerprint, parseFingerprint, sameFingerprint, type Fingerprint } from './fingerprint.ts'
import { MAX_PENDING_DATA, MAX_PENDING_DATA_BYTES } from './limits.ts'

/** 'unknown' while either the certificate or the fingerprint is missing. */
type PeerVerdict = 'unknown' | 'match' | 'mismatch'

/**
 * What a call of `setRemoteFingerprint` did. 'unsupported': unknown hash or malformed value, nothing changed;
 * 'conflict': the peer was verified with another fingerprint before and its certificate does not have this one, nothing
 * changed; a description that changes the fingerprint asks for a new association (RFC 8842 section 4).
 */
export type SetFingerprintResult = 'accepted' | 'unchanged' | 'unsupported' | 'conflict'

/** Certificate, fingerprint and the data that waits for both. */
export class PeerCheck {
  #expected: Fingerprint | undefined
  #certificate: Uint8Array | undefined
  #pending: Uint8Array[] = []
  #pendingBytes = 0

  get verdict(): PeerVerdict {
    if (!this.#expected || !this.#certificate) return 'unknown'
    return matchesFingerprint(this.#expected, this.#certificate) ? 'match' : 'mismatch'
  }

  setCertificate(certificateDer: Uint8Array): void {
    this.#certificate = copy(certificateDer)
  }

  setFingerprint(algorithm: string, value: string): SetFingerprintResult {
    const fingerprint = parseFingerprint(algorithm, value)
    if (!fingerprint) return 'unsupported'
    if (this.#expected && sameFingerprint(this.#expected, fingerprint)) return 'unchanged'
    const verified = this.verdict === 'match'
    if (verified && this.#certificate && !matchesFingerprint(fingerprint, this.#certificate))
      return 'conflict'
    this.#expected = fingerprint
    return 'accepted'
  }

  /** Keeps data of a peer not verified yet; false when there is no more room. */
  hold(data: Uint8Array): boolean {
    if (this.#pending.length >= MAX_PENDING_DATA) return false
    if (this.#pendingBytes + data.length > MAX_PENDING_DATA_BYTES) return false
    this.#pending.push(data)
    this.#pendingBytes += data.length
    return true
  }

  /** What was held, once. */
  release(): readonly Uint8Array[] {
    const released = this.#pending
    this.#pending = []
    this.#pendingBytes = 0
    return released
  }
}
