// How long a log is kept: what logrotate's directives, journald's limits and Docker's log options come to in days.
import type { LogrotateStanza } from '../../core/installation.ts'
import { matchesSegment } from '../common/glob.ts'
import { MASK } from '../common/placeholder.ts'
import { CRITERIA } from './read-logrotate.ts'

export type Retention =
  /**
   * Kept for about so many days. `daysIfDaily` differs for `hourly`: logrotate is usually started once a day, and `hourly` then means
   * daily. The file that is still being written comes on top: one more period.
   */
  | { readonly kind: 'days'; readonly days: number; readonly daysIfDaily: number }
  /** Only size decides, or a number of files without limit: no time limit at all. */
  | { readonly kind: 'no-time-limit' }
  /** A value that nobody can tell. */
  | { readonly kind: 'unknown' }

/** Days of one period; months and years at their longest. */
const PERIODS: Readonly<Record<string, number>> = {
  hourly: 1 / 24,
  daily: 1,
  weekly: 7,
  monthly: 31,
  yearly: 366,
}

/**
 * Days = rotate x period, `maxage` where it is shorter. `size` (also when it is the default, because no period is named) and
 * `minsize` leave the time open: what stays small is never rotated, and `maxage` is only looked at while rotating.
 */
export function retentionOf(stanza: LogrotateStanza): Retention {
  if ([...stanza.directives.keys()].some((name) => name.includes(MASK))) return { kind: 'unknown' }
  const value = (name: string): string | undefined => stanza.directives.get(name)?.value
  const criterion = CRITERIA.find((name) => stanza.directives.has(name))
  if (criterion === undefined || criterion === 'size' || stanza.directives.has('minsize'))
    return { kind: 'no-time-limit' }
  const period = PERIODS[criterion] ?? 1
  const count = wholeNumber(value('rotate') ?? '0')
  const age = value('maxage') === undefined ? Number.POSITIVE_INFINITY : wholeNumber(value('maxage') ?? '')
  if (count === undefined || age === undefined) return { kind: 'unknown' }
  // `rotate 0` deletes at once what was written for one period; a negative count keeps everything.
  const turns = count < 0 ? Number.POSITIVE_INFINITY : Math.max(count, 1)
  const days = Math.min(turns * period, age)
  const daysIfDaily = Math.min(turns * Math.max(period, 1), age)
  return Number.isFinite(days) ? { kind: 'days', days, daysIfDaily } : { kind: 'no-time-limit' }
}

function wholeNumber(text: string): number | undefined {
  const found = /^[+-]?\d{1,9}(?=\s|$)/.exec(text)
  return found === null ? undefined : Number(found[0])
}

/** The stanza that rotates a path; the first one wins, logrotate refuses a second. */
export function stanzaFor(stanzas: readonly LogrotateStanza[], path: string): LogrotateStanza | undefined {
  return stanzas.find(({ patterns }) => patterns.some((pattern) => matchesPath(pattern, path)))
}

/** Shell wildcards over a whole path; `*` stays within one folder. */
function matchesPath(pattern: string, path: string): boolean {
  const wanted = pattern.split('/')
  const given = path.split('/')
  return (
    wanted.length === given.length && wanted.every((one, index) => matchesSegment(one, given[index] ?? ''))
  )
}
