// Turns a password into what is stored of it, and checks one: Argon2id (RFC 9106) in the PHC string format.
import { argon2, timingSafeEqual } from 'node:crypto'
import { hide, type Private } from '@runde/contract'
import type { RandomBytes } from '@runde/meeting'

/**
 * The second recommended option of RFC 9106 section 4, for where 2 GiB per password are too much: 64 MiB (given in KiB),
 * three passes, four lanes, salt of 128 bits, tag of 256 bits. Measured: 0.16 s on a quiet core, up to 1 s on a crowded machine.
 */
const MEMORY_KIB = 65_536
const PASSES = 3
const LANES = 4
const SALT_BYTES = 16
const TAG_BYTES = 32

/** What a stored hash may ask for at most, so that a changed database cannot stall the server. */
const MAX_MEMORY_KIB = 262_144
const MAX_PASSES = 10
const MAX_LANES = 16

/** Two at once need 128 MiB; more would make a small machine slow for those who are in a meeting. */
const AT_ONCE = 2
/** Who comes after so many that wait is asked to try again: they would wait for more than about three seconds. */
const WAITING = 10

const PHC =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{16,86})$/

interface Parameters {
  memory: number
  passes: number
  parallelism: number
  nonce: Buffer
  tagLength: number
}

/** Hashes and checks, a bounded number at a time. */
export interface PasswordHasher {
  hash(password: string): Promise<Private<string> | 'busy'>
  /** `stored` undefined: costs the same time and is never right, so that nobody learns which accounts have a password. */
  check(password: string, stored: Private<string> | undefined): Promise<boolean | 'busy'>
}

export function createPasswordHasher(random: RandomBytes): PasswordHasher {
  const turn = createTurns()
  return {
    hash: (password) =>
      turn(async () => {
        const nonce = Buffer.from(random(SALT_BYTES))
        const tag = await derive(password, defaults(nonce))
        return hide(`$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${base64(nonce)}$${base64(tag)}`)
      }),
    check: (password, stored) =>
      turn(async () => {
        const parsed = stored === undefined ? undefined : parse(stored)
        const tag = await derive(password, parsed?.parameters ?? defaults(Buffer.alloc(SALT_BYTES)))
        return parsed !== undefined && timingSafeEqual(tag, parsed.tag)
      }),
  }
}

function defaults(nonce: Buffer): Parameters {
  return { memory: MEMORY_KIB, passes: PASSES, parallelism: LANES, nonce, tagLength: TAG_BYTES }
}

/** The PHC string; undefined when it is none of ours or asks for too much. */
function parse(stored: Private<string>): { parameters: Parameters; tag: Buffer } | undefined {
  const [, m, t, p, salt = '', hash = ''] = PHC.exec(stored.reveal()) ?? []
  const memory = Number(m)
  const passes = Number(t)
  const parallelism = Number(p)
  const within =
    passes >= 1 &&
    passes <= MAX_PASSES &&
    parallelism >= 1 &&
    parallelism <= MAX_LANES &&
    // RFC 9106 section 3.1: at least 8 KiB for each lane.
    memory >= 8 * parallelism &&
    memory <= MAX_MEMORY_KIB
  if (!within) return undefined
  const tag = Buffer.from(hash, 'base64')
  const nonce = Buffer.from(salt, 'base64')
  return { parameters: { memory, passes, parallelism, nonce, tagLength: tag.length }, tag }
}

function derive(password: string, parameters: Parameters): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  argon2('argon2id', { message: password, ...parameters }, (error, key) => {
    if (error === null) resolve(key)
    else reject(new Error('argon2id failed'))
  })
  return promise
}

/** The PHC format writes base64 without padding. */
function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}

/** Lets a number of tasks run at once and a number of others wait; the rest is told that it is busy. */
function createTurns(): <T>(task: () => Promise<T>) => Promise<T | 'busy'> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (task) => {
    if (running >= AT_ONCE) {
      if (waiting.length >= WAITING) return 'busy'
      const { promise, resolve } = Promise.withResolvers<undefined>()
      waiting.push(() => resolve(undefined))
      await promise
    } else running += 1
    try {
      return await task()
    } finally {
      // The place is handed on without becoming free in between.
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
