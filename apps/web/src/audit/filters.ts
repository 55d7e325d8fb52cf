// Decides which findings are on show: by state, severity, concern, installation and words.
import {
  type Concern,
  type Finding,
  type FindingGroup,
  type Language,
  type Report,
  type RuleText,
  type Severity,
  type State,
  articlesOf,
  groupFindings,
} from '@runde/jitsi-audit'

/** What the person wants to see; an empty text or `undefined` means everything. */
export interface Filter {
  readonly state: State
  readonly severity: Severity | undefined
  readonly concern: Concern | undefined
  readonly installation: string | undefined
  readonly words: string
}

/** Violated is what everybody looks for first. */
export const FIRST_FILTER: Filter = {
  state: 'violated',
  severity: undefined,
  concern: undefined,
  installation: undefined,
  words: '',
}

/** Rules that pass the filter, each with its findings that do. */
export function filterFindings(report: Report, filter: Filter, language: Language): FindingGroup[] {
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]))
  const words = filter.words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const kept = report.findings.filter((finding) => {
    const rule = rules.get(finding.rule)
    return (
      finding.state === filter.state &&
      (filter.severity === undefined || finding.severity === filter.severity) &&
      (filter.concern === undefined || rule?.concern === filter.concern) &&
      (filter.installation === undefined || finding.installation === filter.installation) &&
      (words.length === 0 || matches(textOf(finding, rule, language), words))
    )
  })
  return groupFindings(kept)
}

/** Everything a person may search a finding by. */
function textOf(finding: Finding, rule: RuleText | undefined, language: Language): string {
  return [
    finding.rule,
    rule?.name ?? '',
    rule?.title[language] ?? '',
    rule?.why[language] ?? '',
    finding.detail?.[language] ?? '',
    finding.mend[language],
    finding.installation,
    ...articlesOf(rule, language),
    ...finding.places.map(({ file }) => file),
  ]
    .join('\n')
    .toLowerCase()
}

function matches(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word))
}
