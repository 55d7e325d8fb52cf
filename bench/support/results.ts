// What a whole run of the comparison found, as it is kept and written down.
import { figure, type Figures } from './load-run.ts'
import type { Kind, Scenario } from './scenarios.ts'

/** All rounds of one contestant under one load. */
export interface Series {
  readonly kind: Kind
  readonly scenario: Scenario
  readonly network: string
  readonly rounds: readonly Figures[]
}

/** One load by two load programs. */
export interface GeneratorCheck {
  readonly server: string
  readonly load: string
  readonly own: readonly Figures[]
  readonly other: readonly Figures[]
}

export interface Results {
  readonly rounds: number
  /** Measured in each run. */
  readonly seconds: number
  readonly series: readonly Series[]
  readonly check: readonly GeneratorCheck[]
  /** What did not take part, and why. */
  readonly notes: readonly string[]
}

/** The middle of the numbers that are there; NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** The median of one figure over the rounds. */
export function middle({ rounds }: { readonly rounds: readonly Figures[] }, name: string): number {
  return median(rounds.map((round) => figure(round, name)))
}

/** Share of a core, lateness in ms and share of stolen time from which the generator or the machine disturbs the figures. */
const LIMITS = { ownCores: 0.7, lateP99: 2, stolen: 0.01 } as const

/** Whether a round says as much about the generator or the machine as about the server. */
export function isDisturbed(round: Figures): boolean {
  const late = Object.entries(LIMITS).some(([name, most]) => figure(round, name) > most)
  return late || figure(round, 'overflow') > 0
}
