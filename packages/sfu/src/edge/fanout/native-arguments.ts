// Puts keys and addresses into the form that the native functions take.
import { networkInterfaces } from 'node:os'
import type { PeerAddress } from '../../transport/address.ts'
import { deriveSessionKeys, eraseKeys } from '../../transport/srtp/session-keys.ts'
import type { SendKeys } from './fanout-targets.ts'

/** Both session keys of a master key, in the order native/protect.c takes them; the caller erases them. */
export function nativeKeys({ profile, key, salt }: SendKeys): {
  readonly isGcm: 0 | 1
  readonly keys: Uint8Array
} {
  const rtp = deriveSessionKeys(profile, 'rtp', key, salt)
  const rtcp = deriveSessionKeys(profile, 'rtcp', key, salt)
  const keys = Buffer.concat([rtp.key, rtp.auth, rtp.salt, rtcp.key, rtcp.auth, rtcp.salt])
  eraseKeys(rtp)
  eraseKeys(rtcp)
  return { isGcm: profile === 'SRTP_AEAD_AES_128_GCM' ? 1 : 0, keys }
}

/** An address as native functions take it. */
export function addressParts(address: PeerAddress): { bytes: Uint8Array; port: number; scope: number } {
  const bytes = address.bytes()
  if (!bytes) throw new RangeError('not an IP address')
  const [, zone] = address.host.split('%', 2)
  return { bytes, port: address.port, scope: zone === undefined ? 0 : interfaceNumber(zone) }
}

/** The number of a network interface: link-local IPv6 addresses are of one interface only (RFC 4007 section 11). */
function interfaceNumber(zone: string): number {
  if (/^\d{1,9}$/.test(zone)) return Number(zone)
  return networkInterfaces()[zone]?.find(({ family }) => family === 'IPv6')?.scopeid ?? 0
}
