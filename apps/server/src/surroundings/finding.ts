// What is said about the logs of another program on the machine: whether they hold what the server itself does not store.
import type { Bilingual } from '@runde/contract'
import type { Origin } from '@runde/jitsi-audit/servers'

/** The programs whose configuration is understood. */
export type Service = 'nginx' | 'Caddy' | 'Apache' | 'coturn' | 'journald'

/** What a log holds: network addresses of participants, or addresses of pages, in which the meeting's id stands. */
export type Traces = 'addresses' | 'pages'

/** A place for people: lines count from 1. */
export interface Place {
  readonly file: string
  readonly line: number
}

/** How long something is kept. */
export type Kept =
  /** About so many days. */
  | { readonly kind: 'days'; readonly days: number; readonly place: Place }
  /** Without any limit in time. */
  | { readonly kind: 'endless'; readonly place?: Place }
  | { readonly kind: 'unknown' }

export interface Finding {
  readonly service: Service
  /** `logs`: it stores what the server does not. `clean`: it was looked at and does not. `unclear`: a person has to look. */
  readonly state: 'logs' | 'clean' | 'unclear'
  readonly traces: readonly Traces[]
  readonly place: Place
  readonly says: Bilingual
  /** How long what it logs is kept; only where it logs. */
  readonly kept?: Kept
  /** The exact change; only where something is to be changed. */
  readonly change?: Bilingual
}

export function both(de: string, en: string): Bilingual {
  return { de, en }
}

export function placeOf({ file, line }: Pick<Origin, 'file' | 'line'>): Place {
  return { file, line }
}

/** Longest piece of a stranger's file that is repeated, in letters. */
const QUOTE_MAX = 120

/** A piece of a file as it may be printed to a terminal: one line, no control characters, not endless. */
export function quoted(text: string): string {
  const plain = text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
  return plain.length > QUOTE_MAX ? `${plain.slice(0, QUOTE_MAX)}…` : plain
}
