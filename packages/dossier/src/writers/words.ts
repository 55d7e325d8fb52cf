// The words that writers add to a document: captions of the notes, tones of callouts, the lines about version and maker.
import type { Callout, Language } from '../model/document.ts'
import type { SourceKind } from '../model/provenance.ts'

export interface WriterWords {
  /** Heading of the list of notes at the end. */
  notes: string
  /** How to read the marks, shown above the list. */
  notesIntro: string
  /** Letter and word of each kind of source; laws have the paragraph sign. */
  source: Readonly<Record<SourceKind, { letter: string; word: string }>>
  law: string
  state: { missing: string; unknown: string; stale: string; notRun: string }
  tone: Readonly<Record<Callout['tone'], string>>
  organisation: string
  madeAt: string
  product: string
  packs: string
  blockers: (count: number) => string
  since: string
  page: string
  of: string
}

const DE: WriterWords = {
  notes: 'Worauf die Aussagen beruhen',
  notesIntro:
    'E steht für eine Einstellung des Servers, G für eine Messung (ein Prüflauf, der stattgefunden hat), A für eine Angabe des Verantwortlichen, F für eine Folgerung daraus, das Paragrafenzeichen für eine Rechtsvorschrift.',
  source: {
    setting: { letter: 'E', word: 'Einstellung' },
    probe: { letter: 'G', word: 'gemessen' },
    declared: { letter: 'A', word: 'Angabe' },
    derived: { letter: 'F', word: 'Folgerung' },
  },
  law: 'Rechtsvorschrift',
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
    'S stands for a setting of the server, M for a measurement (a test that ran), D for a declaration by the controller, C for a conclusion from these, the section sign for a legal provision.',
  source: {
    setting: { letter: 'S', word: 'setting' },
    probe: { letter: 'M', word: 'measured' },
    declared: { letter: 'D', word: 'declared' },
    derived: { letter: 'C', word: 'conclusion' },
  },
  law: 'legal provision',
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

/** Who the document is for, visible also while nobody has said so. */
export function organisationText(organisation: string, words: WriterWords): string {
  return organisation === '' ? `[${words.state.missing}]` : organisation
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
