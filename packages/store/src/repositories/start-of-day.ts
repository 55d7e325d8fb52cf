// Forgets the time of day: when somebody used something last is kept as a day only.
import { asEpochMillis, type EpochMillis } from '@runde/contract'

const DAY_MS = 86_400_000

/** Midnight UTC of the day a moment lies in. */
export function startOfDay(at: EpochMillis): EpochMillis {
  return asEpochMillis(at - (at % DAY_MS))
}
