// The report as one HTML page: no script, nothing from elsewhere, made to be printed.
import type { Paperwork, State } from '../core/rule.ts'
import { HTML_STYLE } from './html-style.ts'
import { concernsByWeight } from './groups.ts'
import { articlesOf } from './json.ts'
import { plain } from './mask.ts'
import { NOT_YET } from './moving.ts'
import { DOCUMENTS, paperText } from './paperwork.ts'
import { type Finding, type Place, type Report, type RuleText, type ShownLine, STATES } from './report.ts'
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

/** Forbids the page everything but its own style, whatever a file name or a rule's words may hold. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** The whole page. */
export function toHtml(report: Report, language: Language): string {
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]))
  const title = WORDS.title[language]
  return [
    '<!doctype html>',
    `<html lang="${language}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="color-scheme" content="light dark">',
    `<title>${title}</title>`,
    `<style>${HTML_STYLE}</style>`,
    '</head>',
    '<body><main>',
    `<h1>${title}</h1>`,
    `<p class="verdict">${escape(verdictSentence(report.counts, report.violated, language))}</p>`,
    counts(report, language),
    installations(report, language),
    violated(report, rules, language),
    otherStates(report, rules, language),
    notes(report, rules, language),
    moving(report, language),
    paperwork(report, language),
    files(report, language),
    '</main></body>',
    '</html>',
    '',
  ].join('\n')
}

function counts(report: Report, language: Language): string {
  const items = STATES.map(
    (state) => `<li class="${state}"><b>${report.counts[state]}</b> ${STATE_WORDS[state][language]}</li>`,
  )
  return `<ul class="counts">${items.join('')}</ul>`
}

function installations(report: Report, language: Language): string {
  const rows = report.installations.map(({ label, kind, release, ownHosts }, index) =>
    row([
      escape(label === '' ? String(index + 1) : label),
      KIND_WORDS[kind][language],
      escape(releaseText(release, language)),
      escape(ownHosts.join(', ')),
    ]),
  )
  return table(
    [WORDS.installation, WORDS.kind, WORDS.release, WORDS.ownHosts].map((one) => one[language]),
    rows,
  )
}

function violated(report: Report, rules: ReadonlyMap<string, RuleText>, language: Language): string {
  const all = report.findings.filter(({ state }) => state === 'violated')
  return concernsByWeight(all, rules)
    .map((concern) => {
      const own = all.filter(({ rule }) => rules.get(rule)?.concern === concern)
      const articles = own.map((one) => article(one, rules.get(one.rule), language))
      return `<section><h2>${CONCERN_WORDS[concern][language]}</h2>${articles.join('\n')}</section>`
    })
    .join('\n')
}

function article(finding: Finding, rule: RuleText | undefined, language: Language): string {
  const facts = [`${finding.rule} ${rule?.name ?? ''}`, ...articlesOf(rule, language), finding.installation]
  return [
    '<article>',
    `<h3><span class="sev ${finding.severity}">${SEVERITY_WORDS[finding.severity][language]}</span> ${escape(rule?.title[language] ?? finding.rule)}</h3>`,
    `<p class="facts">${escape(facts.filter((fact) => fact !== '').join(' · '))}</p>`,
    `<p>${prose(rule?.why[language] ?? '')}</p>`,
    finding.detail === undefined ? '' : `<p>${prose(finding.detail[language])}</p>`,
    ...finding.places.map((place) => placeOf(place, language)),
    finding.placeCount > finding.places.length
      ? `<p class="facts">+ ${finding.placeCount - finding.places.length} ${WORDS.morePlaces[language]}</p>`
      : '',
    `<p><b>${WORDS.mend[language]}:</b> ${prose(finding.mend[language])}</p>`,
    ...finding.changes.map(
      ({ file, removed, added }) =>
        `<figure><figcaption>${escape(file)}</figcaption><pre>${[...code(removed, '-', 'del'), ...code(added, '+', 'add')].join('')}</pre></figure>`,
    ),
    '</article>',
  ].join('')
}

function placeOf(place: Place, language: Language): string {
  const kind = ORIGIN_WORDS[place.kind]
  const caption = `${escape(placeText(place))}${kind === undefined ? '' : ` (${kind[language]})`}`
  if (place.lines === undefined || place.lines.length === 0) return `<p class="at">${caption}</p>`
  const lines = place.lines.map(
    (line) =>
      `<span class="${line.hit ? 'hit' : 'by'}">${String(line.number).padStart(5)}  ${escape(line.text)}</span>`,
  )
  return `<figure><figcaption>${caption}</figcaption><pre>${lines.join('')}</pre></figure>`
}

function code(lines: readonly ShownLine[], sign: string, kind: string): string[] {
  return lines.map((line) => `<span class="${kind}">${sign} ${escape(line.text)}</span>`)
}

function otherStates(report: Report, rules: ReadonlyMap<string, RuleText>, language: Language): string {
  const states: readonly Exclude<State, 'violated'>[] = ['undecidable', 'overridden', 'met', 'not_applicable']
  return states
    .map((state) => {
      const own = report.findings.filter((one) => one.state === state)
      if (own.length === 0) return ''
      const items = own.map((finding) => {
        const place = finding.places[0]
        return `<li>${[
          `${finding.rule} ${escape(rules.get(finding.rule)?.title[language] ?? '')}`,
          ...(place === undefined ? [] : [`<code>${escape(placeText(place))}</code>`]),
          ...(finding.installation === '' ? [] : [escape(finding.installation)]),
          ...(finding.detail === undefined ? [] : [prose(finding.detail[language])]),
        ].join(' · ')}</li>`
      })
      return `<section><h2>${STATE_WORDS[state][language]}</h2><p>${STATE_LEADS[state][language]}</p><ul>${items.join('\n')}</ul></section>`
    })
    .join('\n')
}

function notes(report: Report, rules: ReadonlyMap<string, RuleText>, language: Language): string {
  if (report.notes.length === 0) return ''
  const items = report.notes.map(({ rule, mend }) => {
    const words = rules.get(rule)
    return `<li><b>${escape(words?.title[language] ?? rule)}</b> ${prose(words?.why[language] ?? '')} ${prose(mend[language])}</li>`
  })
  return `<section><h2>${WORDS.notes[language]}</h2><ul>${items.join('\n')}</ul></section>`
}

function moving(report: Report, language: Language): string {
  if (report.moving.length === 0) return ''
  const rows = report.moving.map(({ here, runde, rules }) =>
    row([
      `${here.map((one) => escape(one[language])).join('<br>')} <small>${rules.join(', ')}</small>`,
      escape(runde[language]),
    ]),
  )
  return `<section><h2>${WORDS.moving[language]}</h2>${table([WORDS.today[language], WORDS.withRunde[language]], rows)}<p>${escape(NOT_YET[language])}</p></section>`
}

function paperwork(report: Report, language: Language): string {
  if (report.paperwork.length === 0) return ''
  const list = (part: Paperwork['part'], law: string): string => {
    const own = report.paperwork.filter((one) => one.part === part)
    if (own.length === 0) return ''
    const items = own.map(
      (one) =>
        `<li>${prose(paperText(one)[language])} <small>${one.rule}${one.installation === '' ? '' : `, ${escape(one.installation)}`}</small></li>`,
    )
    return `<h4>${PART_WORDS[part][language]} <small>${law}</small></h4><ul>${items.join('\n')}</ul>`
  }
  const documents = DOCUMENTS.map(
    ({ id, sections }) =>
      `<h3>${DOCUMENT_WORDS[id][language]}</h3>${sections.map(({ part, article: law }) => list(part, law[language])).join('')}`,
  )
  const open = report.open.length === 0 ? '' : `<p>${WORDS.open[language]} ${report.open.join(', ')}</p>`
  return `<section><h2>${WORDS.paperwork[language]}</h2><p>${WORDS.paperworkLead[language]}</p>${documents.join('')}${open}</section>`
}

function files(report: Report, language: Language): string {
  const rows = report.files.map(({ path, format, outcome, problems }) =>
    row([
      `<code>${escape(path)}</code>`,
      OUTCOME_WORDS[outcome][language],
      escape(format ?? ''),
      problems
        .map(({ origin, message }) => `${WORDS.line[language]} ${origin.line}: ${escape(message[language])}`)
        .join('<br>'),
    ]),
  )
  return `<section><h2>${WORDS.files[language]}</h2><table>${rows.join('\n')}</table></section>`
}

function table(heads: readonly string[], rows: readonly string[]): string {
  const head = heads.map((one) => `<th scope="col">${one}</th>`).join('')
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`
}

function row(cells: readonly string[]): string {
  return `<tr>${cells.map((one) => `<td>${one}</td>`).join('')}</tr>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escape(text: string): string {
  return plain(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')
}

/** A rule's words, in which code stands in backticks. */
function prose(text: string): string {
  return escape(text).replace(/`([^`]{1,300})`/g, '<code>$1</code>')
}
