// Puts findings of one rule and state together, as people read them: one headline, then its places.
import type { Concern, Severity, State } from '../core/rule.ts'
import { CONCERNS, type Finding, type RuleText, SEVERITIES } from './report.ts'

/** One rule in one state; severity is that of its worst finding. */
export interface FindingGroup {
  readonly rule: string
  readonly state: State
  readonly severity: Severity
  readonly findings: readonly Finding[]
}

/** Groups in the order of their first finding. @param findings sorted by weight */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  return [...Map.groupBy(findings, ({ rule, state }) => `${rule} ${state}`).values()].flatMap((own) => {
    const first = own[0]
    return first === undefined
      ? []
      : [{ rule: first.rule, state: first.state, severity: first.severity, findings: own }]
  })
}

/** The concern with the gravest finding comes first, so that nobody has to look for it; concerns without findings are left out. */
export function concernsByWeight(
  findings: readonly Pick<Finding, 'rule' | 'severity'>[],
  rules: ReadonlyMap<string, RuleText>,
): Concern[] {
  const worst = (concern: Concern): number => {
    const own = findings.filter(({ rule }) => rules.get(rule)?.concern === concern)
    return Math.min(SEVERITIES.length, ...own.map(({ severity }) => SEVERITIES.indexOf(severity)))
  }
  return CONCERNS.map((concern) => ({ concern, weight: worst(concern) }))
    .filter(({ weight }) => weight < SEVERITIES.length)
    .sort((a, b) => a.weight - b.weight)
    .map(({ concern }) => concern)
}
