// Slows down who guesses passwords, for each account by itself, in memory, and without looking at any address.
//
// Counting is by the name that was typed, whether such an account exists or not: the answer must not tell. Passkeys and
// links do not pass here, so nobody can lock somebody out of their account by typing wrong passwords.

/** Wrong passwords that cost no waiting: people mistype, and forget which password it was. */
export const FREE_TRIES = 5

/** The longest waiting time, ms: with it, a year has about 35,000 tries. */
export const LONGEST_WAIT_MS: number = 15 * 60_000

/** Wrong tries are forgotten after this time without another one, ms. */
const FORGET_MS = 86_400_000

/**
 * Names that are remembered. The oldest go first; to push a name out, a guesser has to type so many others, which takes
 * 40 minutes at the rate at which passwords are checked at all (limits.ts).
 */
const MAX_NAMES = 10_000

interface Tries {
  wrong: number
  last: number
}

/** Counts wrong passwords by name. */
export interface Throttle {
  /** True: the password may be checked. A number: refused, try again in so many seconds. */
  ask(name: string, now: number): true | number
  /** A try begins. It counts as wrong until {@link Throttle.right}, so that tries at the same time count, too. */
  began(name: string, now: number): void
  /** The password was right: the name is forgotten. */
  right(name: string): void
}

/** After {@link FREE_TRIES} the waiting time is 1 s and doubles with each further wrong one. */
export function waitAfter(wrong: number): number {
  if (wrong < FREE_TRIES) return 0
  return Math.min(1000 * 2 ** (wrong - FREE_TRIES), LONGEST_WAIT_MS)
}

export function createThrottle(): Throttle {
  const names = new Map<string, Tries>()
  const recall = (name: string, now: number): Tries | undefined => {
    const tries = names.get(name)
    return tries === undefined || now - tries.last > FORGET_MS ? undefined : tries
  }
  return {
    ask(name, now) {
      const tries = recall(name, now)
      if (tries === undefined) return true
      // A clock that was set back must not prolong the waiting.
      const waited = Math.max(now - tries.last, 0)
      const left = waitAfter(tries.wrong) - waited
      return left <= 0 ? true : Math.ceil(left / 1000)
    },
    began(name, now) {
      const wrong = (recall(name, now)?.wrong ?? 0) + 1
      // Deleted first, so that the map's order is the order of the last tries.
      names.delete(name)
      names.set(name, { wrong, last: now })
      const oldest = names.size > MAX_NAMES ? names.keys().next().value : undefined
      if (oldest !== undefined) names.delete(oldest)
    },
    right(name) {
      names.delete(name)
    },
  }
}
