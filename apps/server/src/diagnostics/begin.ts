// Decides whether a diagnosis may begin: how long it lasts, and that its purpose is said.
import { type EpochMillis, asEpochMillis } from '@runde/contract'
import type { DiagnosticMode } from '@runde/store'

/** Longest diagnosis, hours: long enough for a weekend, short enough to stay an exception. */
export const MAX_HOURS = 72

/** One sentence. */
export const MAX_PURPOSE_LENGTH = 200

const HOUR_MS = 3_600_000

/** The longest diagnosis there can be. */
export const LONGEST: Pick<DiagnosticMode, 'since' | 'until'> = {
  since: asEpochMillis(0),
  until: asEpochMillis(MAX_HOURS * HOUR_MS),
}

export type BeginFault = 'hours' | 'purpose'

/** @param hours as typed: a whole number from 1 to {@link MAX_HOURS} */
export function beginDiagnosis(
  hours: string | undefined,
  purpose: string | undefined,
  now: EpochMillis,
): { ok: true; mode: DiagnosticMode } | { ok: false; fault: BeginFault } {
  const count = /^\d{1,2}$/.test(hours ?? '') ? Number(hours) : 0
  if (count < 1 || count > MAX_HOURS) return { ok: false, fault: 'hours' }
  const text = (purpose ?? '').trim()
  if (text === '' || text.length > MAX_PURPOSE_LENGTH || /\p{Cc}/u.test(text))
    return { ok: false, fault: 'purpose' }
  return { ok: true, mode: { since: now, until: asEpochMillis(now + count * HOUR_MS), purpose: text } }
}

/** How long the log is kept at most, as the documents write periods: whole hours, rounded up. */
export function keptPeriod({ since, until }: Pick<DiagnosticMode, 'since' | 'until'>): string {
  return `PT${Math.max(Math.ceil((until - since) / HOUR_MS), 1)}H`
}
