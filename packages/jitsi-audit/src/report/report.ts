// What an audit gives to people: findings, files, paperwork and comparisons as plain data that survives JSON and a worker's door.
import type { Bilingual } from '@runde/contract'
import type { FileReport, InstallationKind } from '../core/installation.ts'
import type { Concern, Edit, Paperwork, Severity, State } from '../core/rule.ts'
import type { OriginKind } from '../core/source.ts'

/** Worst first; the order in which findings are shown and in which several verdicts of one rule become one. */
export const STATES: readonly State[] = ['violated', 'undecidable', 'overridden', 'met', 'not_applicable']

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ['crit', 'high', 'med', 'low', 'note']

/** In the order of what matters to the persons concerned. */
export const CONCERNS: readonly Concern[] = ['recipients', 'storage', 'access', 'client', 'transport']

/** The words of one rule; findings name it by id. */
export interface RuleText {
  readonly id: string
  readonly name: string
  readonly concern: Concern
  readonly severity: Severity
  readonly title: Bilingual
  readonly why: Bilingual
  readonly mend: Bilingual
  readonly articles: readonly Bilingual[]
  readonly source: string
}

/** One line of a file as it may be shown: secrets are masked, control characters gone. */
export interface ShownLine {
  readonly number: number
  readonly text: string
  /** True for the lines that the place covers. */
  readonly hit: boolean
}

/** A place in the set; lines and columns count from 1. */
export interface Place {
  readonly kind: OriginKind
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  /** The place with a line around it. Absent after the first places of a finding. */
  readonly lines?: readonly ShownLine[]
}

/** What a mechanical edit makes of a few lines; secrets are masked. */
export interface ShownChange {
  readonly file: string
  readonly removed: readonly ShownLine[]
  readonly added: readonly ShownLine[]
}

/** One verdict of one rule on one installation. */
export interface Finding {
  /** Unique in the report and stable for the same files; for lists and anchors. */
  readonly key: string
  readonly rule: string
  readonly state: State
  readonly severity: Severity
  /** Label of the installation; empty when there is only one. */
  readonly installation: string
  readonly detail?: Bilingual
  /** How to mend this very place; the rule's general words when the verdict has none. */
  readonly mend: Bilingual
  readonly places: readonly Place[]
  /** All places of the verdict; `places` holds the first ones. */
  readonly placeCount: number
  readonly changes: readonly ShownChange[]
  readonly edits: readonly Edit[]
}

export interface InstallationFacts {
  readonly label: string
  readonly kind: InstallationKind
  readonly release?: {
    readonly name: string
    readonly date?: string
    readonly file: string
    /** Named by the person, not by the files. */
    readonly assumed: boolean
  }
  readonly ownHosts: readonly string[]
}

/** One sentence for the operator's documents, and the rule that backs it. */
export interface PaperSentence {
  readonly part: Paperwork['part']
  readonly text: Bilingual
  readonly rule: string
  readonly state: 'violated' | 'met'
  readonly installation: string
}

/** One point that moving to Runde would settle. */
export interface MovingPoint {
  readonly rules: readonly string[]
  readonly severity: Severity
  /** Headlines of the gravest of these rules. */
  readonly here: readonly Bilingual[]
  readonly runde: Bilingual
}

export interface Report {
  readonly format: 'runde-jitsi-audit/1'
  readonly installations: readonly InstallationFacts[]
  readonly files: readonly FileReport[]
  readonly rules: readonly RuleText[]
  /** Sorted: state, severity, rule, place. Rules of the severity `note` are not among them. */
  readonly findings: readonly Finding[]
  readonly notes: readonly Finding[]
  /** Number of rules per state; a rule counts with its worst finding. */
  readonly counts: Readonly<Record<State, number>>
  /** Number of violated rules per severity; a rule counts with its worst finding. */
  readonly violated: Readonly<Record<Severity, number>>
  readonly paperwork: readonly PaperSentence[]
  /** Rules that could not be decided: nothing is written about them in the paperwork. */
  readonly open: readonly string[]
  readonly moving: readonly MovingPoint[]
}
