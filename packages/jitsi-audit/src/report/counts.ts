// Counts rules, not places: each rule once, with the worst that was found anywhere.
import type { Severity, State } from '../core/rule.ts'
import { type Finding, SEVERITIES, STATES } from './report.ts'

/** The worst finding of each rule, in the order of the findings. @param findings sorted by weight */
export function worstOfEach(findings: readonly Finding[]): Finding[] {
  const worst = new Map<string, Finding>()
  for (const finding of findings) if (!worst.has(finding.rule)) worst.set(finding.rule, finding)
  return [...worst.values()]
}

/** Number of rules per state. */
export function countStates(worst: readonly Finding[]): Record<State, number> {
  const counts: Record<State, number> = {
    violated: 0,
    undecidable: 0,
    overridden: 0,
    met: 0,
    not_applicable: 0,
  }
  for (const state of STATES) counts[state] = worst.filter((one) => one.state === state).length
  return counts
}

/** Number of violated rules per severity. */
export function countViolated(worst: readonly Finding[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { crit: 0, high: 0, med: 0, low: 0, note: 0 }
  for (const severity of SEVERITIES)
    counts[severity] = worst.filter((one) => one.state === 'violated' && one.severity === severity).length
  return counts
}
