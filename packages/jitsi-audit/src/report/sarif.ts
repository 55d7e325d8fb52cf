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

/** Violated rules as failures and undecidable ones as open (section 3.27.9); what is met raises no alert. */
export function toSarif(report: Report, language: Language, version: string): string {
  const index = new Map(report.rules.map(({ id }, at) => [id, at]))
  const byId = new Map(report.rules.map((rule) => [rule.id, rule]))
  const shown = report.findings.filter(({ state }) => state === 'violated' || state === 'undecidable')
  const masker = new Masker()
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
            rules: report.rules.map((rule) => ruleOf(rule, language)),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: shown.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: index.get(finding.rule) ?? -1,
          kind: finding.state === 'violated' ? 'fail' : 'open',
          level: finding.state === 'violated' ? LEVELS[finding.severity] : 'none',
          message: { text: messageOf(finding, byId.get(finding.rule), language) },
          locations: finding.places.slice(0, 1).map(locationOf),
          ...related(finding),
          ...fixes(finding, language, masker),
          partialFingerprints: { 'rundeRuleFile/v1': `${finding.rule}:${finding.places[0]?.file ?? ''}` },
          properties: { severity: finding.severity, installation: finding.installation },
        })),
      },
    ],
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

function ruleOf(rule: RuleText, language: Language): object {
  const { id, name, severity, title, why, mend, concern } = rule
  return {
    id,
    name: name.replaceAll('-', ''),
    shortDescription: { text: title[language] },
    fullDescription: { text: why[language] },
    help: { text: mend[language] },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      'security-severity': SCORES[severity],
      tags: ['privacy', concern],
      articles: articlesOf(rule, language),
    },
  }
}

function locationOf({ file, line, column, endLine, endColumn }: Place): object {
  const region = line < 1 ? {} : { region: { startLine: line, startColumn: column, endLine, endColumn } }
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region } }
}

function related({ places }: Finding): object {
  if (places.length < 2) return {}
  return { relatedLocations: places.slice(1).map((place, at) => ({ id: at + 1, ...locationOf(place) })) }
}

function fixes({ state, edits, mend }: Finding, language: Language, masker: Masker): object {
  if (state !== 'violated' || edits.length === 0 || edits.some(({ text }) => masker.hides(text))) return {}
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
