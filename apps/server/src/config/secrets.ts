// Turns raw settings into the server's secrets; pure, and apart from the configuration, so that nothing shows them.
import { hide } from '@runde/contract'
import type { KeyPair } from '@runde/store'
import { StartFailure } from '../start-failures.ts'
import { checkPair, type ServerConfig } from './config.ts'
import type { RawSettings } from './raw.ts'

/**
 * Every participant gets a token signed with the secret and could try secrets on it at home. 32 characters are the
 * 256 bits of the signature (RFC 7518 section 3.2) if they are random bytes, and out of reach in any case.
 */
export const MIN_SECRET_LENGTH = 32

export interface ServerSecrets {
  /** Undefined: the pair made by the server and kept in the data folder. */
  keyPair: KeyPair | undefined
}

/**
 * @throws StartFailure when half a pair is set, or the secret is too short for a server that others can reach;
 *   on localhost a short one is accepted, because development tools use such pairs
 */
export function toSecrets(raw: RawSettings, config: ServerConfig): ServerSecrets {
  checkPair(raw, 'api.key', 'api.secret')
  checkPair(raw, 'api.secret', 'api.key')
  const key = raw.get('api.key')?.value
  const secret = raw.get('api.secret')
  if (typeof key !== 'string' || typeof secret?.value !== 'string') return { keyPair: undefined }
  if (secret.value.length < MIN_SECRET_LENGTH && !isLocal(config.publicUrl)) {
    throw new StartFailure({ code: 'secret_too_short', key: secret.key, minimum: MIN_SECRET_LENGTH })
  }
  return { keyPair: { key, secret: hide(secret.value) } }
}

/** True if the origin can only be reached from the machine itself. */
export function isLocal(origin: string): boolean {
  const { hostname } = new URL(origin)
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
}
