// Test code: writes docs/privacy/what-changes.md: each fact flipped, and which sentences of which documents change.
import { type DossierDrafts, draftDossier } from '../dossier.ts'
import { draftSentences } from '../engine/draft.ts'
import { printState, stateOf } from '../engine/reader.ts'
import type { FactSheet } from '../facts/sheet.ts'
import { FACTS, FACT_IDS } from '../facts/table.ts'
import type { FactId } from '../facts/values.ts'
import { CASES } from './cases.ts'
import { flips } from './flips.ts'
import { NOW, type OrganisationName, WITH_PAPERWORK, organisation } from './organisations.ts'
import { sheetWith, variants, withFewClients } from './variants.ts'

/** More clauses of one document than this are counted, not listed. */
const LISTED = 5
/** Longer values are cut: the page shows which fact, not its content. */
const SHOWN = 48

interface Base {
  name: string
  sheet: FactSheet
  before: ReadonlyMap<string, Said>
}

interface Said {
  document: string
  clause: string
  text: string
}

const INTRODUCTION = `# Was sich ändert / What changes

Diese Seite entsteht durch einen Test: Jede Tatsache der Faktenblätter wird einmal umgestellt, und die Tabelle nennt, in welchen
Unterlagen sich dann Sätze ändern (Zahl, dahinter die Klauseln). Ein Satz, der eine Tatsache anführt und sich mit ihr nie ändert,
lässt \`packages/dossier/src/mutation.test.ts\` scheitern, in jeder der beiden Sprachen. Die zweite Tabelle zeigt zu jeder Regel,
welche Tatsachen sie anschlagen lassen: Widersprüche und rote Befunde stehen der Freigabe entgegen.

This page is made by a test: each fact of the fact sheets is flipped once, and the table names the documents in which sentences
then change (number, then the clauses). A sentence that cites a fact and never changes with it makes
\`packages/dossier/src/mutation.test.ts\` fail, in each of the two languages. The second table shows for each rule which facts set
it off: contradictions and red findings stand against approval.
`

/** The whole page as Markdown. */
export function renderChanges(): string {
  const bases = [
    ...WITH_PAPERWORK.map((name) => baseOf(name, withFewClients(organisation(name)))),
    ...variants().map((sheet, index) => baseOf(`Variante ${index + 1}`, sheet)),
  ]
  const rows = FACT_IDS.map((fact) => changeRow(fact, bases))
  return [
    INTRODUCTION,
    `## ${rows.length} Tatsachen / facts\n`,
    '| Tatsache / fact | Beispiel / example | vorher → nachher / before → after | Unterlagen und Sätze / documents and sentences |',
    '|---|---|---|---|',
    ...rows,
    `\n## ${CASES.length} Befunde / findings\n`,
    '| Regel / rule | Art / kind | Beispiel / example | Tatsachen / facts | Unterlagen / documents | Meldung / message |',
    '|---|---|---|---|---|---|',
    ...CASES.map(([rule, , name, values]) => caseRow(rule, name, values)),
    '',
  ].join('\n')
}

function baseOf(name: string, sheet: FactSheet): Base {
  return { name, sheet, before: said(draftDossier(sheet, NOW)) }
}

function said({ drafts }: DossierDrafts): Map<string, Said> {
  return new Map(
    drafts.flatMap((draft) =>
      draftSentences(draft).map(({ sentence }) => [
        `${draft.id} ${sentence.key}`,
        { document: draft.kind, clause: sentence.clause, text: `${sentence.text.de}\n${sentence.text.en}` },
      ]),
    ),
  )
}

function changeRow(fact: FactId, bases: readonly Base[]): string {
  for (const { name, sheet, before } of bases) {
    for (const flipped of flips(sheet, fact)) {
      const changed = difference(before, said(draftDossier(flipped, NOW)))
      if (changed.length === 0) continue
      const label = FACTS[fact].label
      return row([
        `\`${fact}\` ${label.de} / ${label.en}`,
        name,
        `${printed(sheet, fact)} → ${printed(flipped, fact)}`,
        grouped(changed),
      ])
    }
  }
  throw new Error(`no sentence changes with ${fact}`)
}

function difference(before: ReadonlyMap<string, Said>, after: ReadonlyMap<string, Said>): Said[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [old, now] = [before.get(key), after.get(key)]
    const one = old ?? now
    return old?.text === now?.text || one === undefined ? [] : [one]
  })
}

function grouped(changed: readonly Said[]): string {
  const documents = [...new Set(changed.map(({ document }) => document))]
  return documents
    .map((document) => {
      const all = changed.filter((each) => each.document === document)
      const clauses = [...new Set(all.map(({ clause }) => clause))]
      const rest = clauses.length > LISTED ? `, +${clauses.length - LISTED}` : ''
      return `\`${document}\` ${all.length}: ${clauses.slice(0, LISTED).join(', ')}${rest}`
    })
    .join('; ')
}

function printed(sheet: FactSheet, fact: FactId): string {
  return cut(printState(fact, stateOf({ sheet, now: NOW }, fact)).de)
}

function caseRow(rule: string, name: OrganisationName, values: (typeof CASES)[number][3]): string {
  const { findings } = draftDossier(sheetWith(organisation(name), values), NOW)
  const found = findings.find(({ id }) => id === rule)
  if (found === undefined) throw new Error(`${rule} finds nothing`)
  const facts = Object.entries(values).map(([fact, value]) => `\`${fact}\` = ${cut(JSON.stringify(value))}`)
  return row([
    rule,
    found.kind,
    name,
    facts.length === 0 ? '–' : facts.join('; '),
    found.documents.join(', '),
    `${found.message.de} / ${found.message.en}`,
  ])
}

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)} …` : text
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
}
