// Hands out random bytes from a store filled by the kernel's generator in one go: a joining client needs two dozen small draws.
import { randomFillSync } from 'node:crypto'

/** Bytes drawn at once; one call into the generator costs as much as two thousand bytes of it. */
const POOL_BYTES = 4096

const pool = new Uint8Array(POOL_BYTES)
let used = POOL_BYTES

/** Fresh random bytes, fit for keys; they are wiped from the store as they are taken. */
export function randomFromPool(bytes: number): Uint8Array {
  if (bytes > POOL_BYTES / 4) return randomFillSync(new Uint8Array(bytes))
  if (used + bytes > POOL_BYTES) {
    randomFillSync(pool)
    used = 0
  }
  const taken = pool.slice(used, used + bytes)
  pool.fill(0, used, used + bytes)
  used += bytes
  return taken
}
