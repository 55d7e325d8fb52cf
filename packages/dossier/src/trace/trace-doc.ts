// Writes docs/privacy/mandatory-fields.md: every mandatory field of the law, and where the six example organisations fill it.
import { type DossierDrafts, draftDossier } from '../dossier.ts'
import type { DraftSection } from '../engine/draft.ts'
import type { FactSheet } from '../facts/sheet.ts'
import { type TraceRow, traceTable } from './trace-table.ts'

/** One example: the letter of its column, its name in both languages, and its facts. */
export interface TracedExample {
  letter: string
  name: string
  sheet: FactSheet
}

interface Group {
  title: string
  has: (field: string) => boolean
}

const starting =
  (...starts: readonly string[]) =>
  (field: string): boolean =>
    starts.some((start) => field.startsWith(start))

const GROUPS: readonly Group[] = [
  {
    title: 'Information der Teilnehmenden / Information for participants (Art. 13, 14, 21)',
    has: starting('13(', '14(', '21('),
  },
  { title: 'Verzeichnis / Record of processing (Art. 30(1))', has: starting('30(1)') },
  { title: 'Verzeichnis des Auftragsverarbeiters / Processor’s record (Art. 30(2))', has: starting('30(2)') },
  { title: 'Auftragsverarbeitung / Processing on behalf (Art. 28(3))', has: starting('28(') },
  { title: 'Sicherheit / Security (Art. 32)', has: starting('32(') },
  { title: 'Verletzungen / Breaches (Art. 33(3))', has: starting('33(') },
  { title: 'Folgenabschätzung / Impact assessment (Art. 35(7))', has: starting('35(') },
]

const STATES: Readonly<Record<TraceRow['state'], string>> = {
  filled: 'ja',
  partly: 'teils',
  missing: 'fehlt',
  notApplicable: '–',
}

const INTRODUCTION = `# Pflichtangaben und wo sie stehen / Mandatory fields and where they are filled

Diese Seite entsteht aus \`packages/dossier/src/trace\` und den Faktenblättern in \`packages/dossier/fixtures\`; ein Test
vergleicht sie. Eine Zeile je Pflichtangabe: in welchem Dokument und Abschnitt sie steht, welche Klausel sie schreibt, welche
Fakten dabei gelesen werden, und ob die Angabe in den Beispielen gefüllt ist (ja, teils, fehlt; – entfällt, mit Grund am Ende).

This page is made from \`packages/dossier/src/trace\` and the fact sheets in \`packages/dossier/fixtures\`; a test compares
them. One row per mandatory field: the document and section it stands in, the clause that writes it, the facts it reads, and
whether the examples fill it (ja = yes, teils = partly, fehlt = missing; – = does not apply, with the reason at the end).
`

/** The whole page as Markdown. */
export function renderTraceDoc(examples: readonly TracedExample[], now: number): string {
  const traced = examples.map(({ letter, name, sheet }) => ({
    letter,
    name,
    rows: new Map(traceTable(sheet, now).map((row) => [row.field, row])),
    headings: headingsOf(draftDossier(sheet, now)),
  }))
  const fields = [...new Set(traced.flatMap(({ rows }) => [...rows.keys()]))]
  const used = traced.filter(({ rows }) => rows.size > 0)
  const groups = GROUPS.flatMap(({ title, has }) => [
    `\n## ${title}\n`,
    `| Angabe / field | Was verlangt ist / what is required | Dokument, Abschnitt / document, section | Klauseln / clauses | Fakten / facts | ${used.map(({ letter }) => letter).join(' | ')} |`,
    `|---|---|---|---|---|${used.map(() => '---').join('|')}|`,
    ...fields.filter(has).map((field) => fieldRow(field, used)),
  ])
  return [
    INTRODUCTION,
    'Beispiele / examples:',
    ...traced.map(({ letter, name, rows }) =>
      rows.size > 0
        ? `- ${letter}: ${name}`
        : `- ${letter}: ${name}: keine Unterlagen nötig, deshalb ohne Spalte / needs no documents, hence no column`,
    ),
    ...groups,
    '\n## Warum eine Angabe entfällt / Why a field does not apply\n',
    ...reasons(used),
    '',
  ].join('\n')
}

interface Traced {
  letter: string
  rows: ReadonlyMap<string, TraceRow>
  headings: ReadonlyMap<string, string>
}

/** `notice periods` -> `Wie lange gespeichert wird`. */
function headingsOf({ drafts }: DossierDrafts): ReadonlyMap<string, string> {
  const inside = (id: string, section: DraftSection): (readonly [string, string])[] => [
    [`${id} ${section.id}`, section.heading.de],
    ...section.sections.flatMap((inner) => inside(id, inner)),
  ]
  return new Map(drafts.flatMap(({ id, sections }) => sections.flatMap((section) => inside(id, section))))
}

function fieldRow(field: string, traced: readonly Traced[]): string {
  const rows = traced.flatMap(({ rows: all, headings }) => {
    const row = all.get(field)
    return row ? [{ row, headings }] : []
  })
  const places = rows.flatMap(({ row, headings }) =>
    row.places.map(({ document, section, clause, facts }) => ({
      where:
        `\`${kindOf(document)}\` ${section.startsWith('head-') ? '' : (headings.get(`${document} ${section}`) ?? section)}`.trim(),
      clause: `\`${clause.split('/')[0] ?? clause}\``,
      facts,
    })),
  )
  const laws = unique(rows.map(({ row }) => row.law.de)).join('; ')
  const what = rows[0]?.row.requirement
  return `| ${[
    laws,
    what === undefined ? '' : `${what.de} / ${what.en}`,
    unique(places.map(({ where }) => where)).join('; '),
    unique(places.map(({ clause }) => clause)).join(' '),
    unique(places.flatMap(({ facts }) => facts.map((fact) => `\`${fact}\``))).join(' '),
    ...traced.map(({ rows: all }) => STATES[all.get(field)?.state ?? 'missing']),
  ].join(' | ')} |`
}

/** All checks of providers are one kind of document. */
function kindOf(document: string): string {
  return document.startsWith('processor-check-') ? 'processor-check' : document
}

function reasons(traced: readonly Traced[]): string[] {
  const found = new Map<string, string[]>()
  for (const { letter, rows } of traced) {
    for (const { law, reason } of rows.values()) {
      if (!reason) continue
      const key = `${letter}: ${reason.de} / ${reason.en}`
      found.set(key, [...(found.get(key) ?? []), law.de])
    }
  }
  return [...found].map(([reason, laws]) => `- ${reason} (${laws.join(', ')})`)
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}
