// The words that writers add to a document: captions of the notes, tones of callouts, the lines about version and maker.
import type { Callout, DossierDocument, Language } from '../model/document.ts'
import type { SourceKind } from '../model/provenance.ts'

export interface WriterWords {
  /** Heading of the list of notes at the end. */
  notes: string
  /** How to read the marks, shown above the list. */
  notesIntro: string
  /** Letter and word of each kind of source; laws have the paragraph sign. */
  source: Readonly<Record<SourceKind, { letter: string; word: string }>>
  law: string
  /** Headings inside the list of notes. */
  groups: Readonly<Record<SourceKind | 'law', string>>
  state: { missing: string; unknown: string; stale: string; notRun: string }
  tone: Readonly<Record<Callout['tone'], string>>
  organisation: string
  madeAt: string
  product: string
  packs: string
  /** Stands on every page while something blocks the approval. */
  draft: string
  blockers: (count: number) => string
  since: string
  page: string
  of: string
}

const DE: WriterWords = {
  notes: 'Worauf die Aussagen beruhen',
  notesIntro:
    'E: Einstellung des Servers, G: Messung (ein Prüflauf, der stattgefunden hat), A: Angabe der Organisation, F: Folgerung, §: Rechtsvorschrift, soweit der Satz sie nicht selbst nennt. Zeichen an der Überschrift einer Tabelle gelten für alle Zeilen.',
  source: {
    setting: { letter: 'E', word: 'Einstellung' },
    probe: { letter: 'G', word: 'gemessen' },
    declared: { letter: 'A', word: 'Angabe' },
    derived: { letter: 'F', word: 'Folgerung' },
  },
  law: 'Rechtsvorschrift',
  groups: {
    setting: 'Einstellungen des Servers',
    probe: 'Messungen',
    declared: 'Angaben der Organisation',
    derived: 'Folgerungen',
    law: 'Rechtsvorschriften',
  },
  state: {
    missing: 'noch nicht angegeben',
    unknown: 'nicht bekannt',
    stale: 'Messung zu alt',
    notRun: 'noch nicht gelaufen',
  },
  tone: {
    note: 'Hinweis',
    risk: 'Risiko',
    missing: 'Fehlt noch',
    contradiction: 'Widerspruch',
    red: 'So nicht zulässig',
  },
  organisation: 'Für',
  madeAt: 'Stand',
  product: 'Server',
  packs: 'Regelstand',
  draft: 'Entwurf',
  blockers: (count) =>
    count === 1
      ? 'Entwurf: Ein Punkt steht der Freigabe noch entgegen.'
      : `Entwurf: ${count} Punkte stehen der Freigabe noch entgegen.`,
  since: 'Stand',
  page: 'Seite',
  of: 'von',
}

const EN: WriterWords = {
  notes: 'What the statements rest on',
  notesIntro:
    'S: setting of the server, M: measurement (a test that ran), D: declaration of the organisation, C: conclusion, §: legal provision, unless the sentence itself names it. Marks at the caption of a table hold for all its rows.',
  source: {
    setting: { letter: 'S', word: 'setting' },
    probe: { letter: 'M', word: 'measured' },
    declared: { letter: 'D', word: 'declared' },
    derived: { letter: 'C', word: 'conclusion' },
  },
  law: 'legal provision',
  groups: {
    setting: 'Settings of the server',
    probe: 'Measurements',
    declared: 'Declarations of the organisation',
    derived: 'Conclusions',
    law: 'Legal provisions',
  },
  state: {
    missing: 'not yet stated',
    unknown: 'not known',
    stale: 'measurement too old',
    notRun: 'not yet run',
  },
  tone: {
    note: 'Note',
    risk: 'Risk',
    missing: 'Still missing',
    contradiction: 'Contradiction',
    red: 'Not permissible as it is',
  },
  organisation: 'For',
  madeAt: 'As of',
  product: 'Server',
  packs: 'Rules',
  draft: 'Draft',
  blockers: (count) =>
    count === 1
      ? 'Draft: one item still stands in the way of approval.'
      : `Draft: ${count} items still stand in the way of approval.`,
  since: 'as of',
  page: 'Page',
  of: 'of',
}

/** A term with its colon; a question has its own sign. */
export function withColon(term: string): string {
  return term.endsWith('?') ? term : `${term}:`
}

/** The line above a callout. A finding is named by its tone alone: what it is about, its first sentence says. */
export function calloutHead({ tone, title, finding }: Callout, words: WriterWords): string {
  const word = words.tone[tone]
  return finding !== undefined || title === '' || title === word ? word : `${word}: ${title}`
}

/** What stands under the title: for whom, when, by which server, under which rules. A private person has no organisation. */
export function frontLines(
  { kind, organisation, version }: DossierDocument,
  words: WriterWords,
): (readonly [term: string, text: string])[] {
  const whom = organisation === '' ? `[${words.state.missing}]` : organisation
  return [
    ...(kind === 'household' && organisation === '' ? [] : [[words.organisation, whom] as const]),
    [words.madeAt, version.madeAtText],
    ...(version.product === '' ? [] : [[words.product, `Runde ${version.product}`] as const]),
    [words.packs, version.packs.map(({ title }) => title).join(', ')],
  ]
}

/** The words in the document's language. */
export function writerWords(language: Language): WriterWords {
  switch (language) {
    case 'de':
      return DE
    case 'en':
      return EN
  }
}
