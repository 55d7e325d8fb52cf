// What a sentence rests on: facts with their source and time, and the law.

/** Where a fact comes from. `derived`: computed from others, or assumed because the server did not report it. */
export type SourceKind = 'setting' | 'probe' | 'declared' | 'derived'

/** One thing a sentence rests on; all texts are in the document's language. */
export type Provenance = FactProvenance | LawProvenance

export interface FactProvenance {
  kind: 'fact'
  source: SourceKind
  /** Id of the fact, for instance `log.addresses`. */
  fact: string
  label: string
  /** The value as text, for instance "aus" or "14 Tage". */
  value: string
  /** `stale`: a probe that ran too long ago to count; `unknown`: "I do not know" was answered. */
  state: 'stated' | 'missing' | 'unknown' | 'stale'
  /** ISO 8601, UTC: since when the setting is so, when the probe ran, when it was declared; null when unknown. */
  at: string | null
  /** The same as a date in the document's language; empty when unknown. */
  atText: string
}

export interface LawProvenance {
  kind: 'law'
  /** For instance "Art. 13 Abs. 1 Buchst. a DSGVO". */
  citation: string
}
