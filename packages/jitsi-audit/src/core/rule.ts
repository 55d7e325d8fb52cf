// What a rule is and what it says about an installation.
import type { Bilingual } from '@runde/contract'
import type { Component, Installation } from './installation.ts'
import type { Origin } from './source.ts'

export type Severity = 'crit' | 'high' | 'med' | 'low' | 'note'

export type State = 'violated' | 'met' | 'undecidable' | 'overridden' | 'not_applicable'

/** One edit that mends, applied to the text of one file of the set; positions as in Origin. */
export interface Edit {
  readonly file: string
  /** Start and end (exclusive), 1-based; equal for an insertion. */
  readonly start: { readonly line: number; readonly column: number }
  readonly end: { readonly line: number; readonly column: number }
  readonly text: string
}

/** What a rule found. One rule may give several verdicts, one for each place. */
export interface Verdict {
  readonly state: State
  /** Overrides the rule's own severity where the context makes it better or worse. */
  readonly severity?: Severity
  /** The place to look at; with several, the first is the one to change. Empty only when there is no file at all. */
  readonly origins: readonly Origin[]
  /** What exactly is the case here, without printing a secret: host names, keys, levels, periods may be named. */
  readonly detail?: Bilingual
  /** The exact change in the words of the file: overrides the rule's general `mend`. */
  readonly mend?: Bilingual
  /** Edits that a machine can apply; absent where a person has to decide. */
  readonly edits?: readonly Edit[]
}

/** What the finding means for the operator's paperwork. */
export interface Paperwork {
  /** Which part of the documents: recipients, third country, categories, erasure terms or measures (Art. 30(1) c-g), TOM (Art. 32), notice (Art. 13). */
  readonly part: 'recipients' | 'third-country' | 'categories' | 'erasure' | 'measures' | 'notice'
  /** The sentence while the rule is violated, and while it is met. No sentence for a state means: nothing to say. */
  readonly violated?: Bilingual
  readonly met?: Bilingual
}

/** What the report groups by: who receives data, what is stored, who gets in, and the rest. */
export type Concern = 'recipients' | 'storage' | 'access' | 'client' | 'transport'

export interface Rule {
  /** `A01` ... `F12`. */
  readonly id: string
  /** `P2P-GOOGLE`. */
  readonly name: string
  readonly concern: Concern
  readonly severity: Severity
  readonly components: readonly Component[]
  /** A headline (one line), why it matters (one or two sentences), and how to mend it in general. */
  readonly title: Bilingual
  readonly why: Bilingual
  readonly mend: Bilingual
  /** `DSGVO Art. 5(1)(c)`, `TDDDG § 25`, ... */
  readonly articles: readonly string[]
  /** Where the fact comes from: `docker-jitsi-meet web defaults`, `coturn example`, ... no URL. */
  readonly source: string
  readonly paperwork: readonly Paperwork[]
  /** ISO dates between which the option existed; outside of them the rule is not applicable. */
  readonly since?: string
  readonly until?: string
  readonly check: (installation: Installation) => readonly Verdict[]
}
