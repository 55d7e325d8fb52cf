// Turns the verdicts of one rule on one installation into findings: masked, with the lines of their places, in a fixed order.
import type { Bilingual } from '@runde/contract'
import type { Release } from '../core/installation.ts'
import type { Rule, Verdict } from '../core/rule.ts'
import type { Origin } from '../core/source.ts'
import type { Labelled } from './engine.ts'
import type { Masker } from './mask.ts'
import { type Finding, type Place, SEVERITIES, STATES } from './report.ts'
import type { FileTexts } from './texts.ts'

/** Places of one finding that are listed; the rest is counted. */
const PLACES_MAX = 20

/** Places of one finding whose lines are shown. */
const SHOWN_PLACES = 2

/** What making a finding takes. */
export interface FindingMaker {
  readonly masker: Masker
  readonly texts: FileTexts
  /** More than one installation: findings name theirs. */
  readonly several: boolean
}

/** At least one finding: a rule that says nothing could not decide, and that is never "met". */
export function findingsOf(rule: Rule, { label, installation }: Labelled, maker: FindingMaker): Finding[] {
  const name = maker.several ? label : ''
  const outside = outsideOfTime(rule, installation.release)
  const verdicts = outside ? [NOT_YET] : ask(() => rule.check(installation))
  return verdicts.map((verdict, index) =>
    toFinding(rule, verdict, `${rule.id}:${name}:${index}`, name, maker),
  )
}

const NOT_YET: Verdict = {
  state: 'not_applicable',
  origins: [],
  detail: {
    de: 'Diese Einstellung gibt es in Ihrer Version nicht.',
    en: 'This setting does not exist in your release.',
  },
}

const SILENT: Verdict = {
  state: 'undecidable',
  origins: [],
  detail: {
    de: 'Dazu sagen die vorliegenden Dateien nichts.',
    en: 'The files at hand say nothing about it.',
  },
}

const BROKEN: Verdict = {
  state: 'undecidable',
  origins: [],
  detail: {
    de: 'Die Prüfung dieser Regel ist gescheitert. Das ist ein Fehler in Runde, nicht in Ihrer Konfiguration.',
    en: 'Checking this rule failed. That is a fault in Runde, not in your configuration.',
  },
}

/** A fault in one rule must not cost the other findings. */
function ask(check: () => readonly Verdict[]): readonly Verdict[] {
  try {
    const verdicts = check()
    return verdicts.length === 0 ? [SILENT] : verdicts
  } catch {
    return [BROKEN]
  }
}

/** ISO dates compare as texts. */
function outsideOfTime({ since, until }: Rule, release: Release | undefined): boolean {
  const date = release?.date
  if (date === undefined) return false
  return (since !== undefined && date < since) || (until !== undefined && date >= until)
}

function toFinding(
  rule: Rule,
  verdict: Verdict,
  key: string,
  installation: string,
  { masker, texts }: FindingMaker,
): Finding {
  const hide = ({ de, en }: Bilingual): Bilingual => ({ de: masker.sentence(de), en: masker.sentence(en) })
  const edits = texts.inside(verdict.edits ?? [])
  const origins = distinct(verdict.origins)
  return {
    key,
    rule: rule.id,
    state: verdict.state,
    severity: verdict.severity ?? rule.severity,
    installation,
    ...(verdict.detail === undefined ? {} : { detail: hide(verdict.detail) }),
    mend: hide(verdict.mend ?? rule.mend),
    places: origins.slice(0, PLACES_MAX).map((origin, index) => toPlace(origin, index, texts)),
    placeCount: origins.length,
    changes: [...Map.groupBy(edits, ({ file }) => file)].flatMap(([file, own]) => texts.changes(file, own)),
    edits,
  }
}

/** Of a file that is silent the line says nothing, so it is named once. */
function distinct(origins: readonly Origin[]): Origin[] {
  const seen = new Map<string, Origin>()
  for (const origin of origins) {
    const { kind, file, line, column } = origin
    const key = kind === 'stock-default' ? file : `${file}:${line}:${column}`
    if (!seen.has(key)) seen.set(key, origin)
  }
  return [...seen.values()]
}

function toPlace(origin: Origin, index: number, texts: FileTexts): Place {
  const { kind, file, line, column, endLine, endColumn } = origin
  // Where the software's own default holds, the file is silent: no line of it has anything to do with it.
  const lines = index < SHOWN_PLACES && kind !== 'stock-default' ? texts.around(origin) : undefined
  return { kind, file, line, column, endLine, endColumn, ...(lines === undefined ? {} : { lines }) }
}

/** State, severity, rule, installation, file, line. */
export function byWeight(a: Finding, b: Finding): number {
  return (
    STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compare(a.rule, b.rule) ||
    compare(a.installation, b.installation) ||
    compare(a.places[0]?.file ?? '', b.places[0]?.file ?? '') ||
    (a.places[0]?.line ?? 0) - (b.places[0]?.line ?? 0)
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
