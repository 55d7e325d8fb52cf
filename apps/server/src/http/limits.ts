// Limits how often expensive or guessable requests are answered, for the whole process and without any address.
//
// Counting per address would mean to keep addresses. One bucket for all lets a flood slow everybody down for its
// duration, but never reaches the meetings that are running: those do not pass here.

/** A bucket of `burst` tokens that fills up again with `perSecond`. */
export interface Rate {
  perSecond: number
  burst: number
}

/** Joining costs a database read and a signature, below a millisecond: a hall of 400 people opens the link at once. */
export const JOIN_RATE: Rate = { perSecond: 200, burst: 400 }

/**
 * Looking a meeting up tells whether an id exists. At 200 a second, one of 1,000 meetings among 23^10 ids is found
 * after six years on average.
 */
export const LOOKUP_RATE: Rate = { perSecond: 200, burst: 400 }

/** One-time tokens have 256 bits and cannot be guessed; nobody needs more than a few tries with a mistyped one. */
export const LINK_RATE: Rate = { perSecond: 2, burst: 10 }

/**
 * A password costs 64 MiB and some tenths of a second of one core. Passkeys and links have limits of their own, so
 * that a flood of passwords closes no other way in.
 */
export const PASSWORD_RATE: Rate = { perSecond: 4, burst: 20 }

/** A signature costs below a millisecond; it cannot be guessed, and each needs a challenge that is used up. */
export const PASSKEY_RATE: Rate = { perSecond: 20, burst: 40 }

/** True: go on; a number: refused, try again in so many seconds. */
export type Limiter = (now: number) => true | number

/** A token bucket; `now` is milliseconds of any clock that does not run backwards for long. */
export function createLimiter(rate: Rate): Limiter {
  let tokens = rate.burst
  let filledAt: number | undefined
  return (now) => {
    const elapsed = Math.max(now - (filledAt ?? now), 0)
    tokens = Math.min(tokens + (elapsed / 1000) * rate.perSecond, rate.burst)
    filledAt = now
    if (tokens < 1) return Math.max(Math.ceil((1 - tokens) / rate.perSecond), 1)
    tokens -= 1
    return true
  }
}
