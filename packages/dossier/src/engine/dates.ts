// Writes moments, days and periods as people read them in German and English.
import type { Bilingual } from '@runde/contract'
import { both } from './bilingual.ts'

/** The law that is applied is German, so days are counted there. */
const ZONE = 'Europe/Berlin'

const DAY: Record<'de' | 'en', Intl.DateTimeFormat> = {
  de: new Intl.DateTimeFormat('de-DE', { dateStyle: 'long', timeZone: ZONE }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: ZONE }),
}

/** An ISO date or moment as a day: "23. November 2026" / "23 November 2026". */
export function day(iso: string): Bilingual {
  const date = new Date(iso.length === 10 ? `${iso}T12:00:00Z` : iso)
  return both(DAY.de.format(date), DAY.en.format(date))
}

/** Milliseconds since 1970 as ISO text. */
export function iso(now: number): string {
  return new Date(now).toISOString()
}

/**
 * How long something is kept. ISO 8601 durations (`PT72H`, `P7D`, `P12M`, `P3Y`), or `none` (never stored), `end`
 * (until the meeting ends) and `manual` (until somebody deletes it).
 */
export type Period = string

/** What a period must look like. */
export const PERIOD_FORM: RegExp = /^(?:none|end|manual|PT[1-9]\d{0,3}H|P[1-9]\d{0,3}[DMY])$/

const UNITS: Readonly<Record<string, readonly [string, string, string, string]>> = {
  H: ['Stunde', 'Stunden', 'hour', 'hours'],
  D: ['Tag', 'Tage', 'day', 'days'],
  M: ['Monat', 'Monate', 'month', 'months'],
  Y: ['Jahr', 'Jahre', 'year', 'years'],
}

/** "7 Tage" / "7 days"; `manual` and the like as a phrase of their own. */
export function period(value: Period): Bilingual {
  const fixed = FIXED[value]
  if (fixed !== undefined) return fixed
  const found = /^PT?(\d+)([HDMY])$/.exec(value)
  const unit = UNITS[found?.[2] ?? '']
  if (found === null || unit === undefined) return both(value, value)
  const count = Number(found[1])
  const [one, many, oneEn, manyEn] = unit
  return both(`${count} ${count === 1 ? one : many}`, `${count} ${count === 1 ? oneEn : manyEn}`)
}

const FIXED: Readonly<Record<string, Bilingual>> = {
  none: both('keine Speicherung', 'not stored'),
  end: both('bis zum Ende der Besprechung', 'until the meeting ends'),
  manual: both('bis zur Löschung durch eine berechtigte Person', 'until deleted by an authorised person'),
}

/** Length in hours; months and years by their usual length. Endless for `manual`, 0 for `none` and `end`. */
export function periodHours(value: Period): number {
  const found = /^PT?(\d+)([HDMY])$/.exec(value)
  if (found === null) return value === 'manual' ? Infinity : 0
  const hours: Readonly<Record<string, number>> = { H: 1, D: 24, M: 730, Y: 8766 }
  return Number(found[1]) * (hours[found[2] ?? ''] ?? 0)
}
