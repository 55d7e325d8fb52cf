// Derives every secret of a DTLS 1.2 association from its pre-master secret (RFC 5246 sections 5, 6.3, 7.4.9 and 8.1,
// RFC 7627 section 4, RFC 5705 section 4).
import { createHmac } from 'node:crypto'

import { concat } from './bytes.ts'
import { VERIFY_DATA_BYTES } from './limits.ts'
import type { CipherSuite } from './protocol.ts'

type PrfHash = CipherSuite['hash']

/** Bytes of every master secret (RFC 5246 section 8.1). */
const MASTER_SECRET_BYTES = 48

/** Bytes of the implicit part of an AES-GCM nonce (RFC 5288 section 3). */
const SALT_BYTES = 4

/** Key and implicit nonce of one direction. */
export interface TrafficKey {
  readonly key: Uint8Array
  readonly salt: Uint8Array
}

/** P_hash over label and seed: `length` bytes (RFC 5246 section 5). */
export function prf(
  hash: PrfHash,
  secret: Uint8Array,
  label: string,
  seed: Uint8Array,
  length: number,
): Uint8Array {
  const labelAndSeed = concat(Buffer.from(label, 'latin1'), seed)
  const output = new Uint8Array(length)
  let block: Uint8Array = labelAndSeed
  let written = 0
  while (written < length) {
    block = createHmac(hash, secret).update(block).digest()
    const piece = createHmac(hash, secret).update(block).update(labelAndSeed).digest()
    output.set(piece.subarray(0, length - written), written)
    written += piece.length
  }
  return output
}

/** The master secret from both randoms, for clients without extended master secret. */
export function masterSecret(
  hash: PrfHash,
  preMaster: Uint8Array,
  clientRandom: Uint8Array,
  serverRandom: Uint8Array,
): Uint8Array {
  return prf(hash, preMaster, 'master secret', concat(clientRandom, serverRandom), MASTER_SECRET_BYTES)
}

/** The master secret bound to the handshake up to ClientKeyExchange (RFC 7627 section 4). */
export function extendedMasterSecret(
  hash: PrfHash,
  preMaster: Uint8Array,
  sessionHash: Uint8Array,
): Uint8Array {
  return prf(hash, preMaster, 'extended master secret', sessionHash, MASTER_SECRET_BYTES)
}

/** Both directions' record keys (RFC 5246 section 6.3; AEAD suites have no MAC keys). */
export function trafficKeys(
  suite: CipherSuite,
  master: Uint8Array,
  clientRandom: Uint8Array,
  serverRandom: Uint8Array,
): { readonly client: TrafficKey; readonly server: TrafficKey } {
  const size = suite.keyLength
  const seed = concat(serverRandom, clientRandom)
  const block = prf(suite.hash, master, 'key expansion', seed, 2 * (size + SALT_BYTES))
  const salts = 2 * size
  return {
    client: { key: block.subarray(0, size), salt: block.subarray(salts, salts + SALT_BYTES) },
    server: { key: block.subarray(size, salts), salt: block.subarray(salts + SALT_BYTES) },
  }
}

/** verify_data of a Finished message over the transcript's hash. */
export function verifyData(
  hash: PrfHash,
  master: Uint8Array,
  sender: 'client' | 'server',
  transcriptHash: Uint8Array,
): Uint8Array {
  return prf(hash, master, `${sender} finished`, transcriptHash, VERIFY_DATA_BYTES)
}

/** Keying material for another protocol, without a context value (RFC 5705 section 4). */
export function exportKeyingMaterial(
  hash: PrfHash,
  master: Uint8Array,
  label: string,
  clientRandom: Uint8Array,
  serverRandom: Uint8Array,
  length: number,
): Uint8Array {
  return prf(hash, master, label, concat(clientRandom, serverRandom), length)
}
