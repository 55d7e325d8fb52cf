// The document model: what a finished document holds, in one language and without any markup.
//
// A writer walks `sections` in order. Sentences of one place follow each other with a single space between them.
// Every `id`/`key` is unique in its document and stable over time, so that it can serve as an anchor.
import type { Provenance } from './provenance.ts'

/** Languages a document can be written in (BCP 47 primary tags; a writer puts them into `lang`). */
export type Language = 'de' | 'en'

/** What a document is for. `household` stands alone: it says that nothing else is needed. */
export type DocumentKind =
  | 'notice-short'
  | 'notice'
  | 'record'
  | 'provider-record'
  | 'measures'
  | 'processor-decision'
  | 'processor-check'
  | 'processor-offer'
  | 'interests'
  | 'dpia-threshold'
  | 'deletion'
  | 'reasons'
  | 'rights'
  | 'breach'
  | 'imprint'
  | 'household'
  | 'jitsi-audit'

/** One finished document. */
export interface DossierDocument {
  /** Stable: the kind, or the kind and the provider (`processor-check-host-a`); letters, digits and hyphens. */
  id: string
  kind: DocumentKind
  language: Language
  title: string
  /** One line under the title, for instance the law it answers to. */
  subtitle: string
  /** Who answers for it: for the title page and the running header. */
  organisation: string
  version: DocumentVersion
  /** Level 1 sections; the title itself is not among them. */
  sections: readonly Section[]
  /** How many findings block the approval of this document; 0 = it may be approved. */
  blockers: number
  /** Every fact that was looked at to write it, also those that kept a sentence out; for comparing two versions. */
  evidence: readonly Evidence[]
}

/** A fact and its value as canonical JSON; empty when it was not stated. */
export interface Evidence {
  fact: string
  value: string
}

/** What a reader needs to tell one version from another. */
export interface DocumentVersion {
  /** ISO 8601, UTC: the moment handed in as `now`. */
  madeAt: string
  /** The same moment as text in the document's language, for the title page. */
  madeAtText: string
  /** Version of the running server, as it reported itself; empty when unknown. */
  product: string
  /** Rule packs that were in force, in the order in which they apply. */
  packs: readonly PackVersion[]
}

export interface PackVersion {
  id: string
  title: string
  /** ISO date from which this edition of the pack holds. */
  validFrom: string
}

/** Level 1 is the highest below the title; levels never skip. */
export interface Section {
  id: string
  level: 1 | 2 | 3
  heading: string
  blocks: readonly Block[]
  sections: readonly Section[]
}

export type Block = Paragraph | Definitions | Table | List | Callout

export interface Paragraph {
  kind: 'paragraph'
  id: string
  sentences: readonly Sentence[]
}

/** Term and answer, for instance "Controller: ...": a description list or a two-column table. */
export interface Definitions {
  kind: 'definitions'
  id: string
  rows: readonly DefinitionRow[]
}

export interface DefinitionRow {
  id: string
  term: string
  sentences: readonly Sentence[]
}

/** The first column of each row is the row's header when `rowHeaders` is set. Every row has one cell per column. */
export interface Table {
  kind: 'table'
  id: string
  caption: string
  columns: readonly TableColumn[]
  rowHeaders: boolean
  rows: readonly TableRow[]
}

export interface TableColumn {
  id: string
  header: string
  /** Share of the width, 1 = as wide as the others. */
  weight: number
}

export interface TableRow {
  id: string
  cells: readonly TableCell[]
}

export interface TableCell {
  sentences: readonly Sentence[]
}

export interface List {
  kind: 'list'
  id: string
  ordered: boolean
  items: readonly ListItem[]
}

export interface ListItem {
  id: string
  sentences: readonly Sentence[]
}

/** Something that must not be overlooked. `red` and `missing` block the approval. */
export interface Callout {
  kind: 'callout'
  id: string
  tone: 'note' | 'risk' | 'missing' | 'contradiction' | 'red'
  title: string
  sentences: readonly Sentence[]
  /** Id of the finding shown here; absent for a plain note. */
  finding?: string
}

/** The unit of truth: one statement, and everything it rests on. */
export interface Sentence {
  /** Unique in the document; equal in both languages and over time. */
  key: string
  /** The clause that wrote it; several sentences may come from one clause (one per provider, say). */
  clause: string
  runs: readonly Run[]
  provenance: readonly Provenance[]
}

/**
 * `missing` is text that stands for a fact nobody has stated yet; a writer makes it visible without colour alone.
 * `code` is text out of a file or for one: never hyphenated, in signs of one width.
 */
export interface Run {
  text: string
  mark: 'plain' | 'strong' | 'missing' | 'code'
}
