// The report as SARIF 2.1.0 (OASIS standard), for editors and code scanning services.
import type { Edit, Severity } from '../core/rule.ts'
import { articlesOf, messageOf } from './json.ts'
import { Masker } from './mask.ts'
import type { Finding, Place, Report, RuleText } from './report.ts'
import type { Language } from './words.ts'

/** The name of the schema; nothing fetches it (section 3.13.3). */
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json'

/** Section 3.27.10: how bad a failure is. */
const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  crit: 'error',
  high: 'error',
  med: 'warning',
  low: 'note',
  note: 'note',
}

/** GitHub sorts by this number, read like a CVSS score. */
const SCORES: Readonly<Record<Severity, string>> = {
  crit: '9.5',
  high: '8.0',
  med: '5.5',
  low: '3.0',
  note: '0.0',
}

/**
 * Results in one run; code scanning of GitHub refuses a file with more and keeps the gravest 5,000.
 * Findings are sorted by weight, so what is cut off is the least.
 */
export const RESULTS_MAX = 25_000

/** Undecided rules that are named; each has the same sentence for every installation. */
const OPEN_MAX = 1000

/**
 * Violated rules as results. What could not be decided is said about the run (section 3.20.21), not as a result:
 * code scanning services show every result as an alert, whatever its kind, and refuse one without a place.
 */
export function toSarif(report: Report, language: Language, version: string): string {
  const violated = report.findings.filter(({ state }) => state === 'violated')
  const open = report.findings.filter(({ state }) => state === 'undecidable')
  const worst = new Map<string, Severity>()
  for (const { rule, severity } of violated) if (!worst.has(rule)) worst.set(rule, severity)
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'runde audit-jitsi',
            semanticVersion: version,
            language,
            rules: report.rules.map((rule) => ruleOf(rule, worst.get(rule.id) ?? rule.severity, language)),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [
              ...open.slice(0, OPEN_MAX).map((finding) => openOf(finding, report, language)),
              ...leftOut(violated.length - RESULTS_MAX, language),
            ],
          },
        ],
        results: resultsOf(violated.slice(0, RESULTS_MAX), report, language),
      },
    ],
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

function resultsOf(violated: readonly Finding[], report: Report, language: Language): object[] {
  const index = new Map(report.rules.map(({ id }, at) => [id, at]))
  const byId = new Map(report.rules.map((rule) => [rule.id, rule]))
  const masker = new Masker()
  const nowhere = placeless(report)
  const seen = new Map<string, number>()
  return violated.map((finding) => {
    const first = finding.places[0] ?? nowhere
    const place = `${finding.rule}:${first.file}`
    const count = (seen.get(place) ?? 0) + 1
    seen.set(place, count)
    return {
      ruleId: finding.rule,
      ruleIndex: index.get(finding.rule) ?? -1,
      kind: 'fail',
      level: LEVELS[finding.severity],
      message: { text: messageOf(finding, byId.get(finding.rule), language) },
      locations: [locationOf(first)],
      ...related(finding),
      ...fixes(finding, language, masker),
      // Lines move from run to run, so a finding is known by its file and its turn there.
      partialFingerprints: { 'rundeRuleFile/v1': count === 1 ? place : `${place}:${count}` },
      properties: { severity: finding.severity, installation: finding.installation },
    }
  })
}

/** Where a finding without a place is shown: the first file that was read. */
function placeless({ files }: Report): Place {
  const file = files.find(({ outcome }) => outcome !== 'not-read') ?? files[0]
  return { kind: 'file', file: file?.path ?? '.', line: 1, column: 1, endLine: 1, endColumn: 1 }
}

function openOf(finding: Finding, report: Report, language: Language): object {
  const at = report.rules.findIndex(({ id }) => id === finding.rule)
  return {
    level: 'note',
    associatedRule: { id: finding.rule, index: at },
    message: { text: messageOf(finding, report.rules[at], language) },
    locations: finding.places.slice(0, 1).map(locationOf),
  }
}

function leftOut(count: number, language: Language): object[] {
  if (count <= 0) return []
  const text =
    language === 'de' ? `${count} leichtere Befunde fehlen hier.` : `${count} lesser findings are left out.`
  return [{ level: 'warning', message: { text } }]
}

/** @param severity the worst found for the rule, which is what services sort its alerts by */
function ruleOf(rule: RuleText, severity: Severity, language: Language): object {
  const { id, name, title, why, mend, concern } = rule
  const help = `${why[language]}\n\n${mend[language]}`
  return {
    id,
    name: pascalCase(name),
    shortDescription: { text: title[language] },
    fullDescription: { text: why[language] },
    // The rules' words mark code by backticks, as Markdown does.
    help: { text: help, markdown: help },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      'security-severity': SCORES[severity],
      precision: 'high',
      tags: ['privacy', concern],
      articles: articlesOf(rule, language),
    },
  }
}

/** `P2P-GOOGLE` becomes `P2pGoogle` (section 3.49.7 asks for an identifier that people can read). */
function pascalCase(name: string): string {
  return name
    .split('-')
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1).toLowerCase()}`)
    .join('')
}

function locationOf({ file, line, column, endLine, endColumn }: Place): object {
  const region = line < 1 ? { startLine: 1 } : { startLine: line, startColumn: column, endLine, endColumn }
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region } }
}

function related({ places }: Finding): object {
  if (places.length < 2) return {}
  return { relatedLocations: places.slice(1).map((place, at) => ({ id: at + 1, ...locationOf(place) })) }
}

function fixes({ edits, mend }: Finding, language: Language, masker: Masker): object {
  if (edits.length === 0 || edits.some(({ text }) => masker.hides(text))) return {}
  const changes = [...Map.groupBy(edits, ({ file }) => file)].map(([file, own]) => ({
    artifactLocation: { uri: uriOf(file) },
    replacements: own.map((edit) => ({
      deletedRegion: regionOf(edit),
      insertedContent: { text: edit.text },
    })),
  }))
  return { fixes: [{ description: { text: mend[language] }, artifactChanges: changes }] }
}

function regionOf({ start, end }: Edit): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column }
}

/** A relative reference (RFC 3986, 4.2), or a file address for a full path; each part is escaped. */
function uriOf(path: string): string {
  const escaped = path.split('/').map(encodeURIComponent).join('/')
  return path.startsWith('/') ? `file://${escaped}` : escaped
}
