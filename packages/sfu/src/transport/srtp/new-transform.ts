// Chooses the transform of a protection profile.
import { type SrtpProfile } from '../dtls/protocol.ts'
import { CmTransform } from './cm-transform.ts'
import { GcmTransform } from './gcm-transform.ts'
import type { KeystreamBurst } from './keystream.ts'
import { deriveSessionKeys } from './session-keys.ts'
import type { SrtpTransform } from './transform.ts'

/** Derives the session keys for RTP or RTCP and returns the transform that uses them. */
export function newTransform(
  profile: SrtpProfile,
  kind: 'rtp' | 'rtcp',
  masterKey: Uint8Array,
  masterSalt: Uint8Array,
  burst: KeystreamBurst,
): SrtpTransform {
  const keys = deriveSessionKeys(profile, kind, masterKey, masterSalt)
  return profile === 'SRTP_AEAD_AES_128_GCM' ? new GcmTransform(keys) : new CmTransform(keys, burst)
}
