// Gathers what somebody wanted to look at again: approved documents and checked providers, with the day, the next first.
import type { FactSheet } from '@runde/dossier'
import type { Standing } from './standing.ts'

/** How long before its day something is told, in days: long enough for a meeting of those who decide. */
const AHEAD_DAYS = 30
const DAY_MS = 86_400_000

/** Months between two reviews while the organisation has not said how often it reviews. */
const USUAL_MONTHS = 12

/** `review` of a document, or the next `check` of a provider; `id` is the document's or the provider's. */
export interface Reminder {
  kind: 'review' | 'check'
  id: string
  title: string
  /** ISO date. */
  on: string
  /** The day has come. */
  due: boolean
}

/** What is due, or will be within {@link AHEAD_DAYS}. */
export function reminders(all: readonly Standing[], sheet: FactSheet, now: number): readonly Reminder[] {
  const today = dayOf(now)
  const last = dayOf(now + AHEAD_DAYS * DAY_MS)
  const dated = [...all.flatMap(review), ...checks(sheet)]
  return dated
    .filter(({ on }) => on <= last)
    .map((reminder) => ({ ...reminder, due: reminder.on <= today }))
    .toSorted((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0))
}

/** The day that is offered for the next review: as many months from now as the organisation has stated. */
export function proposedReview(sheet: FactSheet, now: number): string {
  const entry = sheet['org.reviewMonths']
  const months = entry !== undefined && 'value' in entry ? entry.value : USUAL_MONTHS
  const date = new Date(now)
  const day = date.getUTCDate()
  date.setUTCMonth(date.getUTCMonth() + months)
  // 31 January and one month later would be in March.
  if (date.getUTCDate() !== day) date.setUTCDate(0)
  return dayOf(date.getTime())
}

type Dated = Omit<Reminder, 'due'>

function review({ document, title, state, approved }: Standing): Dated[] {
  // What is not made any more needs no review.
  if (state === 'gone' || approved === null || approved.reviewOn === null) return []
  return [{ kind: 'review', id: document, title, on: approved.reviewOn }]
}

function checks(sheet: FactSheet): Dated[] {
  const entry = sheet['hosting.checks']
  const providers = sheet['hosting.providers']
  const known = providers !== undefined && 'value' in providers ? providers.value : []
  const made = entry !== undefined && 'value' in entry ? entry.value : []
  return made.flatMap(({ provider, nextDate }) => {
    const found = known.find(({ id }) => id === provider)
    return found === undefined || nextDate === ''
      ? []
      : [{ kind: 'check', id: found.id, title: found.name, on: nextDate }]
  })
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
