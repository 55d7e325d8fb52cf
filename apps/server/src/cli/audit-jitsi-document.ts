// The report of an audit as a document of the dossier's model, so that its writers for PDF and Word print it.
import {
  CONCERN_WORDS,
  DOCUMENTS,
  DOCUMENT_WORDS,
  type Finding,
  KIND_WORDS,
  NOT_YET,
  OUTCOME_WORDS,
  PART_WORDS,
  type PaperSentence,
  type Report,
  SEVERITY_WORDS,
  STATES,
  STATE_LEADS,
  STATE_WORDS,
  WORDS,
  concernsByWeight,
  groupFindings,
  paperText,
  placeText,
  releaseText,
  verdictSentence,
} from '@runde/jitsi-audit'
import type { Block, DossierDocument, FactProvenance, Section, Sentence } from '@runde/dossier'
import type { Language } from '../language.ts'
import { type Page, page } from './audit-jitsi-document-page.ts'
import { ruleSection } from './audit-jitsi-document-rule.ts'

/** What the document says about itself. */
export interface DocumentMaking {
  readonly language: Language
  /** Unix time in milliseconds. */
  readonly now: number
  /** Version of Runde. */
  readonly version: string
}

/** Rows of the list of files; a tree has thousands, and the JSON has all. */
const FILES_MAX = 200

/** The whole report. Bounds keep a tree of many installations a document that people can hold. */
export function auditDocument(report: Report, { language, now, version }: DocumentMaking): DossierDocument {
  const made = new Date(now)
  const out = page(language)
  const count = report.rules.length
  return {
    id: 'jitsi-audit',
    kind: 'jitsi-audit',
    language,
    title: WORDS.title[language],
    subtitle: verdictSentence(report.counts, report.violated, language),
    organisation: subject(report, language),
    version: {
      madeAt: made.toISOString(),
      madeAtText: new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(made),
      product: '',
      packs: [
        {
          id: 'jitsi-audit',
          title: language === 'de' ? `Runde ${version}, ${count} Regeln` : `Runde ${version}, ${count} rules`,
          validFrom: made.toISOString().slice(0, 10),
        },
      ],
    },
    sections: [
      summary(report, out),
      ...violated(report, out),
      ...otherStates(report, out),
      ...notes(report, out),
      ...moving(report, out),
      ...paperwork(report, out),
      files(report, out),
    ],
    blockers: 0,
    evidence: [],
  }
}

/** For whom it is: the names of the server, as far as the files tell them. */
function subject({ installations }: Report, language: Language): string {
  const hosts = new Set(installations.flatMap(({ ownHosts }) => ownHosts.slice(0, 1)))
  const [first, ...more] = hosts
  if (first === undefined)
    return language === 'de' ? 'Jitsi-Server ohne Namen' : 'Jitsi server without a name'
  return more.length === 0 ? first : `${first} + ${more.length}`
}

function summary(report: Report, { language, ...out }: Page): Section {
  const rows = report.installations.map(({ label, kind, release, ownHosts }, index) => [
    out.code(label === '' ? String(index + 1) : label),
    out.text(KIND_WORDS[kind][language]),
    out.text(releaseText(release, language)),
    out.text(ownHosts.length === 0 ? WORDS.none[language] : ownHosts.join(', ')),
  ])
  const counts = STATES.map((state) => [
    out.text(STATE_WORDS[state][language]),
    out.text(String(report.counts[state])),
    out.text(state === 'violated' ? severities(report, language) : STATE_LEADS[state][language]),
  ])
  return out.section('summary', language === 'de' ? 'Ergebnis' : 'Result', [
    out.table(
      'counts',
      language === 'de' ? 'Regeln nach Zustand' : 'Rules by state',
      [
        [WORDS.state[language], 2],
        [language === 'de' ? 'Regeln' : 'Rules', 1],
        [language === 'de' ? 'Bedeutung' : 'Meaning', 6],
      ],
      counts,
    ),
    out.table(
      'installations',
      language === 'de' ? 'Geprüfte Installationen' : 'Installations examined',
      [
        [WORDS.installation[language], 3],
        [WORDS.kind[language], 2],
        [WORDS.release[language], 2],
        [WORDS.ownHosts[language], 3],
      ],
      rows,
    ),
  ])
}

/** `2 kritisch, 11 hoch`, as the words stand in the list of severities. */
function severities({ violated: counts }: Report, language: Language): string {
  const parts = (['crit', 'high', 'med', 'low'] as const).flatMap((one) =>
    counts[one] === 0 ? [] : [`${SEVERITY_WORDS[one][language]}: ${counts[one]}`],
  )
  return parts.length === 0 ? WORDS.none[language] : parts.join(', ')
}

function violated(report: Report, out: Page): Section[] {
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]))
  const groups = groupFindings(report.findings.filter(({ state }) => state === 'violated'))
  return concernsByWeight(groups, rules).map((concern) =>
    out.section(
      `concern-${concern}`,
      CONCERN_WORDS[concern][out.language],
      [],
      groups
        .filter(({ rule }) => rules.get(rule)?.concern === concern)
        .map((group) => ruleSection(group, rules.get(group.rule), out)),
    ),
  )
}

function otherStates(report: Report, { language, ...out }: Page): Section[] {
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]))
  return (['undecidable', 'overridden', 'met', 'not_applicable'] as const).flatMap((state) => {
    const groups = groupFindings(report.findings.filter((one) => one.state === state))
    // A rule that is violated elsewhere stands above already.
    const own = groups.filter(
      ({ rule }) => !report.findings.some((one) => one.rule === rule && one.state === 'violated'),
    )
    if (own.length === 0) return []
    const items = own.map(({ rule, findings }) => {
      const detail = state === 'met' ? undefined : findings[0]?.detail?.[language]
      return [rule, rules.get(rule)?.title[language] ?? '', detail ?? '']
        .filter((one) => one !== '')
        .join(' · ')
    })
    return [
      out.section(state, STATE_WORDS[state][language], [
        out.paragraph(`${state}-lead`, STATE_LEADS[state][language]),
        out.list(`${state}-rules`, items.map(out.text)),
      ]),
    ]
  })
}

function notes(report: Report, { language, ...out }: Page): Section[] {
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]))
  const blocks = report.notes.map(({ rule, mend }): Block => {
    const words = rules.get(rule)
    const said = `${words?.why[language] ?? ''} ${mend[language]}`
    return out.definitions(`note-${rule}`, [[words?.title[language] ?? rule, [out.text(said)]]])
  })
  return blocks.length === 0 ? [] : [out.section('notes', WORDS.notes[language], blocks)]
}

function moving(report: Report, { language, ...out }: Page): Section[] {
  if (report.moving.length === 0) return []
  const rows = report.moving.map(({ here, rules, runde }) => [
    out.text(`${here.map((one) => `${one[language]}.`).join(' ')} (${rules.join(', ')})`),
    out.text(runde[language]),
  ])
  const heads = [
    [WORDS.today[language], 1],
    [WORDS.withRunde[language], 1],
  ] as const
  return [
    out.section('moving', WORDS.moving[language], [
      out.table('moving-table', language === 'de' ? 'Nebeneinander' : 'Side by side', heads, rows),
      out.paragraph('moving-not-yet', NOT_YET[language]),
    ]),
  ]
}

function paperwork(report: Report, { language, ...out }: Page): Section[] {
  if (report.paperwork.length === 0) return []
  const documents = DOCUMENTS.flatMap(({ id, sections }) => {
    const blocks = sections.flatMap(({ part, article }) => {
      const own = report.paperwork.filter((one) => one.part === part)
      if (own.length === 0) return []
      const items = own.map((one) => sourced(out.text(paperText(one)[language]), one, report, language))
      const head = `${PART_WORDS[part][language]} (${article[language]})`
      return [out.strong(`${id}-${part}-head`, head), out.list(`${id}-${part}`, items)]
    })
    return blocks.length === 0 ? [] : [out.section(`paper-${id}`, DOCUMENT_WORDS[id][language], blocks)]
  })
  const open = report.open.length === 0 ? '' : ` ${WORDS.open[language]} ${report.open.join(', ')}.`
  return [
    out.section(
      'paperwork',
      WORDS.paperwork[language],
      [out.paragraph('paperwork-lead', `${WORDS.paperworkLead[language]}${open}`)],
      documents,
    ),
  ]
}

/** The sentence with the rule and the place that back it. */
function sourced(
  sentence: Sentence,
  { rule, state, installation }: PaperSentence,
  report: Report,
  language: Language,
): Sentence {
  const backing = report.findings.find(
    (one) => one.rule === rule && one.state === state && one.installation === installation,
  )
  return { ...sentence, provenance: [provenance(backing, rule, state, report, language)] }
}

function provenance(
  backing: Finding | undefined,
  rule: string,
  state: PaperSentence['state'],
  report: Report,
  language: Language,
): FactProvenance {
  // Titles name the fault, which reads wrong beside "met".
  const name = report.rules.find(({ id }) => id === rule)?.name ?? ''
  const where = placeText(backing?.places[0])
  const word = STATE_WORDS[state][language].toLowerCase()
  return {
    kind: 'fact',
    source: 'setting',
    fact: `audit.${rule}`,
    label: `${rule} ${name}`.trim(),
    value: where === '' ? word : `${word}, ${where}`,
    state: 'stated',
    at: null,
    atText: '',
  }
}

function files({ files: all }: Report, { language, ...out }: Page): Section {
  const rows = all
    .slice(0, FILES_MAX)
    .map(({ path, outcome, format, problems }) => [
      out.code(path),
      out.text([OUTCOME_WORDS[outcome][language], format ?? ''].filter((one) => one !== '').join(', ')),
      out.text(
        problems
          .map(({ origin, message }) => `${WORDS.line[language]} ${origin.line}: ${message[language]}`)
          .join(' '),
      ),
    ])
  const rest = all.length - rows.length
  return out.section('files', WORDS.files[language], [
    out.table(
      'files-table',
      language === 'de' ? 'Was aus jeder Datei wurde' : 'What became of each file',
      [
        [language === 'de' ? 'Datei' : 'File', 5],
        [WORDS.state[language], 3],
        [language === 'de' ? 'Nicht verstanden' : 'Not understood', 4],
      ],
      rows,
    ),
    ...(rest > 0
      ? [
          out.paragraph(
            'files-rest',
            language === 'de' ? `Und ${rest} weitere Dateien.` : `And ${rest} more files.`,
          ),
        ]
      : []),
  ])
}
