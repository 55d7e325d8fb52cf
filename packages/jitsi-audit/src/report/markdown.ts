// The report as Markdown, for tickets and wikis.
import type { FileReport } from '../core/installation.ts'
import type { Paperwork, State } from '../core/rule.ts'
import { concernsByWeight } from './groups.ts'
import { articlesOf } from './json.ts'
import { plain } from './mask.ts'
import { NOT_YET } from './moving.ts'
import { DOCUMENTS, paperText } from './paperwork.ts'
import { type Finding, type Report, type RuleText, type ShownLine, STATES } from './report.ts'
import {
  CONCERN_WORDS,
  DOCUMENT_WORDS,
  KIND_WORDS,
  type Language,
  ORIGIN_WORDS,
  OUTCOME_WORDS,
  PART_WORDS,
  SEVERITY_WORDS,
  STATE_LEADS,
  STATE_WORDS,
  WORDS,
  placeText,
  releaseText,
  verdictSentence,
} from './words.ts'

/** The whole report as one Markdown text. */
export function toMarkdown(report: Report, language: Language): string {
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]))
  return `${[
    `# ${WORDS.title[language]}`,
    verdictSentence(report.counts, report.violated, language),
    countsTable(report, language),
    ...installations(report, language),
    ...violatedByConcern(report, rules, language),
    ...otherStates(report, rules, language),
    ...notes(report, rules, language),
    ...moving(report, language),
    ...paperwork(report, language),
    ...files(report, language),
  ].join('\n\n')}\n`
}

function countsTable({ counts }: Report, language: Language): string {
  const heads = STATES.map((state) => STATE_WORDS[state][language])
  return [
    `| ${heads.join(' | ')} |`,
    `|${'---:|'.repeat(heads.length)}`,
    `| ${STATES.map((state) => String(counts[state])).join(' | ')} |`,
  ].join('\n')
}

function installations(report: Report, language: Language): string[] {
  const rows = report.installations.map(({ label, kind, release, ownHosts }) =>
    [label, KIND_WORDS[kind][language], releaseText(release, language), ownHosts.join(', ')]
      .map(cell)
      .join(' | '),
  )
  const heads = [WORDS.installation, WORDS.kind, WORDS.release, WORDS.ownHosts].map((one) => one[language])
  return [[`| ${heads.join(' | ')} |`, '|---|---|---|---|', ...rows.map((row) => `| ${row} |`)].join('\n')]
}

function violatedByConcern(
  report: Report,
  rules: ReadonlyMap<string, RuleText>,
  language: Language,
): string[] {
  const violated = report.findings.filter(({ state }) => state === 'violated')
  return concernsByWeight(violated, rules).flatMap((concern) => {
    const own = violated.filter(({ rule }) => rules.get(rule)?.concern === concern)
    return [`## ${CONCERN_WORDS[concern][language]}`, ...own.flatMap((one) => detail(one, rules, language))]
  })
}

function detail(finding: Finding, rules: ReadonlyMap<string, RuleText>, language: Language): string[] {
  const rule = rules.get(finding.rule)
  const place = finding.places[0]
  const lines = place?.lines
  return [
    `### ${SEVERITY_WORDS[finding.severity][language]}: ${text(rule?.title[language] ?? finding.rule)}`,
    [
      `${finding.rule} ${rule?.name ?? ''}`,
      ...articlesOf(rule, language),
      ...(finding.installation === '' ? [] : [text(finding.installation)]),
      ...finding.places.map((one) => `${code(placeText(one))}${kindOf(one, language)}`),
    ].join(' · '),
    text(rule?.why[language] ?? ''),
    ...(finding.detail === undefined ? [] : [text(finding.detail[language])]),
    ...(lines === undefined || lines.length === 0 ? [] : [fence('', numbered(lines))]),
    `**${WORDS.mend[language]}:** ${text(finding.mend[language])}`,
    ...finding.changes.map(({ file, removed, added }) =>
      fence('diff', [
        `# ${plain(file)}`,
        ...removed.map((line) => `-${line.text}`),
        ...added.map((line) => `+${line.text}`),
      ]),
    ),
  ]
}

function kindOf({ kind }: Finding['places'][number], language: Language): string {
  const word = ORIGIN_WORDS[kind]
  return word === undefined ? '' : ` (${word[language]})`
}

function otherStates(report: Report, rules: ReadonlyMap<string, RuleText>, language: Language): string[] {
  const states: readonly Exclude<State, 'violated'>[] = ['undecidable', 'overridden', 'met', 'not_applicable']
  return states.flatMap((state) => {
    const own = report.findings.filter((one) => one.state === state)
    if (own.length === 0) return []
    return [
      `## ${STATE_WORDS[state][language]}`,
      STATE_LEADS[state][language],
      own.map((one) => `- ${row(one, rules, language)}`).join('\n'),
    ]
  })
}

function row(finding: Finding, rules: ReadonlyMap<string, RuleText>, language: Language): string {
  const place = finding.places[0]
  return [
    `${finding.rule} ${text(rules.get(finding.rule)?.title[language] ?? '')}`,
    ...(place === undefined ? [] : [code(placeText(place))]),
    ...(finding.installation === '' ? [] : [text(finding.installation)]),
    ...(finding.detail === undefined ? [] : [text(finding.detail[language])]),
  ].join(' · ')
}

function notes(report: Report, rules: ReadonlyMap<string, RuleText>, language: Language): string[] {
  if (report.notes.length === 0) return []
  const lines = report.notes.map(({ rule, mend }) => {
    const words = rules.get(rule)
    return `- **${text(words?.title[language] ?? rule)}** ${text(words?.why[language] ?? '')} ${text(mend[language])}`
  })
  return [`## ${WORDS.notes[language]}`, lines.join('\n')]
}

function moving(report: Report, language: Language): string[] {
  if (report.moving.length === 0) return []
  const rows = report.moving.map(({ here, runde, rules }) => {
    const found = `${here.map((one) => one[language]).join('; ')} (${rules.join(', ')})`
    return `| ${cell(found)} | ${cell(runde[language])} |`
  })
  return [
    `## ${WORDS.moving[language]}`,
    [`| ${WORDS.today[language]} | ${WORDS.withRunde[language]} |`, '|---|---|', ...rows].join('\n'),
    NOT_YET[language],
  ]
}

function paperwork(report: Report, language: Language): string[] {
  if (report.paperwork.length === 0) return []
  const sentences = (part: Paperwork['part']): string =>
    report.paperwork
      .filter((one) => one.part === part)
      .map(
        (one) =>
          `- ${text(paperText(one)[language])} (${one.rule}${one.installation === '' ? '' : `, ${text(one.installation)}`})`,
      )
      .join('\n')
  return [
    `## ${WORDS.paperwork[language]}`,
    WORDS.paperworkLead[language],
    ...DOCUMENTS.flatMap(({ id, sections }) => [
      `### ${DOCUMENT_WORDS[id][language]}`,
      ...sections.flatMap(({ part, article }) => {
        const list = sentences(part)
        return list === '' ? [] : [`**${PART_WORDS[part][language]}** (${article[language]})`, list]
      }),
    ]),
    ...(report.open.length === 0 ? [] : [`${WORDS.open[language]} ${report.open.join(', ')}`]),
  ]
}

function files(report: Report, language: Language): string[] {
  const line = ({ path, outcome, format, problems }: FileReport): string[] => [
    `- ${code(path)}: ${OUTCOME_WORDS[outcome][language]}${format === undefined ? '' : ` (${format})`}`,
    ...problems.map(
      ({ origin, message }) => `  - ${WORDS.line[language]} ${origin.line}: ${text(message[language])}`,
    ),
  ]
  return [`## ${WORDS.files[language]}`, report.files.flatMap(line).join('\n')]
}

function numbered(lines: readonly ShownLine[]): string[] {
  return lines.map(
    ({ number, text: line, hit }) => `${hit ? '>' : ' '} ${String(number).padStart(4)} ${line}`,
  )
}

/** A fence longer than any run of backticks inside. */
function fence(language: string, lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)))
  const marks = '`'.repeat(longest + 1)
  return `${marks}${language}\n${lines.join('\n')}\n${marks}`
}

/** Words of rules may name code in backticks; everything that would become HTML or a link is escaped. */
function text(words: string): string {
  return plain(words)
    .replace(/[<>[\]|]/g, '\\$&')
    .replace(/\s*\n\s*/g, ' ')
}

function cell(words: string): string {
  return text(words)
}

function code(words: string): string {
  const clean = plain(words).replaceAll('\n', ' ')
  return clean.includes('`') ? `\`\` ${clean} \`\`` : `\`${clean}\``
}
