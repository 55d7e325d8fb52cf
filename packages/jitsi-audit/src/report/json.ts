// The report as JSON for programs: flat findings first, then everything else.
import type { Bilingual } from '@runde/contract'
import type { Severity, State } from '../core/rule.ts'
import type { Comparison } from './compare.ts'
import { plain } from './mask.ts'
import type { Finding, Report, RuleText } from './report.ts'
import { type Language, STATE_PREFIXES } from './words.ts'

/** One finding as other programs read it. */
export interface JsonFinding {
  readonly rule: string
  readonly name: string
  readonly state: State
  readonly severity: Severity
  readonly concern: string
  readonly file: string | null
  readonly line: number | null
  readonly message: string
  readonly mend: string
  readonly articles: readonly string[]
  readonly installation: string
  readonly places: readonly { readonly file: string; readonly line: number }[]
}

/** The whole report as a JSON text of one language, ending with a line end. */
export function toJson(report: Report, language: Language, comparison?: Comparison): string {
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]))
  const flat = (finding: Finding): JsonFinding => flatten(finding, rules.get(finding.rule), language)
  const say = (text: Bilingual): string => text[language]
  const result = {
    format: report.format,
    language,
    counts: report.counts,
    violated: report.violated,
    findings: report.findings.map(flat),
    notes: report.notes.map(flat),
    installations: report.installations,
    files: report.files.map(({ path, format, outcome, problems }) => ({
      path,
      format: format ?? null,
      outcome,
      problems: problems.map(({ code, message, origin }) => ({
        code,
        file: origin.file,
        line: origin.line,
        message: message[language],
      })),
    })),
    paperwork: report.paperwork.map(({ text, ...rest }) => ({ ...rest, text: say(text) })),
    ...(comparison === undefined ? {} : { comparison }),
    open: report.open,
    moving: report.moving.map(({ here, runde, ...rest }) => ({
      ...rest,
      here: here.map(say),
      runde: say(runde),
    })),
  }
  return `${JSON.stringify(result, undefined, 2)}\n`
}

function flatten(finding: Finding, rule: RuleText | undefined, language: Language): JsonFinding {
  const first = finding.places[0]
  return {
    rule: finding.rule,
    name: rule?.name ?? '',
    state: finding.state,
    severity: finding.severity,
    concern: rule?.concern ?? '',
    file: first?.file ?? null,
    line: first?.line ?? null,
    message: messageOf(finding, rule, language),
    mend: plain(finding.mend[language]),
    articles: articlesOf(rule, language),
    installation: finding.installation,
    places: finding.places.map(({ file, line }) => ({ file, line })),
  }
}

/** The articles that a rule touches, as they are cited in the language. */
export function articlesOf(rule: RuleText | undefined, language: Language): string[] {
  return rule?.articles.map((article) => article[language]) ?? []
}

/** Headline, and what exactly is the case. */
export function messageOf(finding: Finding, rule: RuleText | undefined, language: Language): string {
  const name = rule?.title[language] ?? finding.rule
  const title = finding.state === 'violated' ? name : `${STATE_PREFIXES[finding.state][language]}: ${name}`
  return plain(finding.detail === undefined ? title : `${title}. ${finding.detail[language]}`)
}
