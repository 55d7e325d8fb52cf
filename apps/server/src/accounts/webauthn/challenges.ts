// Remembers the challenges that were given out: each works once, for a short time, and only for what it was made for.
import type { OrganiserId } from '@runde/contract'
import type { RandomBytes } from '@runde/meeting'

/** What a challenge is for. A sign-in without a name knows no account yet. */
export type Ceremony =
  | { kind: 'sign_in' }
  | { kind: 'second_factor'; account: OrganiserId }
  | { kind: 'register'; account: OrganiserId }

/** Time to find the key and enter its PIN, ms (WebAuthn level 3 section 15.1 recommends 5 minutes). */
export const CHALLENGE_MS = 300_000

/** Anybody may begin a sign-in: when so many are open, the oldest is forgotten. A challenge takes some 200 bytes. */
const MAX_OPEN = 10_000

/** 16 bytes are the least (section 13.4.3); 32 cost nothing. */
const CHALLENGE_BYTES = 32

export interface Challenges {
  /** A new challenge, base64url. */
  make(ceremony: Ceremony, now: number): string
  /** What it was made for; it is used up. Undefined when it is unknown, used or too old. */
  take(challenge: string, now: number): Ceremony | undefined
}

export function createChallenges(random: RandomBytes): Challenges {
  const open = new Map<string, { ceremony: Ceremony; until: number }>()
  return {
    make(ceremony, now) {
      for (const [challenge, { until }] of open) {
        // The map is in the order of making: behind the first that holds, all hold.
        if (until > now && open.size < MAX_OPEN) break
        open.delete(challenge)
        if (open.size < MAX_OPEN && until > now) break
      }
      const challenge = Buffer.from(random(CHALLENGE_BYTES)).toString('base64url')
      open.set(challenge, { ceremony, until: now + CHALLENGE_MS })
      return challenge
    },
    take(challenge, now) {
      const found = open.get(challenge)
      open.delete(challenge)
      return found !== undefined && found.until > now ? found.ceremony : undefined
    },
  }
}
