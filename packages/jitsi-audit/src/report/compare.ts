// Compares two runs: what has been mended, what is new, what remains. Lines move, so a place is a rule in a file.
import type { Severity, State } from '../core/rule.ts'
import { SEVERITIES, STATES } from './report.ts'

/** What a comparison needs of a finding; the JSON of an earlier run has it, and so has a report. */
export interface ComparableFinding {
  readonly rule: string
  readonly state: State
  readonly severity: Severity
  readonly file: string | null
  readonly line: number | null
  readonly installation: string
}

/** One rule in one file, with the worst that was found there. */
export interface ComparedPlace {
  readonly rule: string
  readonly file: string | null
  readonly installation: string
  readonly before: State | undefined
  readonly after: State | undefined
  readonly severity: Severity
}

export interface Comparison {
  /** Violated before, and now met, overridden, not applicable or gone with its file. */
  readonly mended: readonly ComparedPlace[]
  /** Violated now and not before. */
  readonly added: readonly ComparedPlace[]
  readonly remaining: readonly ComparedPlace[]
  /** Violated before and undecidable now: nobody can say that it is mended. */
  readonly unclear: readonly ComparedPlace[]
}

/** Findings of an earlier JSON larger than this are not looked at. */
const FINDINGS_MAX = 200_000

/**
 * Compares two runs.
 * A rule that is violated in another file than before, and nowhere else, counts as remaining: files get renamed.
 */
export function compareReports(
  before: readonly ComparableFinding[],
  after: readonly ComparableFinding[],
): Comparison {
  const old = worstByPlace(before)
  const now = worstByPlace(after)
  const comparison: Record<keyof Comparison, ComparedPlace[]> = {
    mended: [],
    added: [],
    remaining: [],
    unclear: [],
  }
  const nowByRule = Map.groupBy(now.values(), ruleKey)
  for (const [key, earlier] of old) {
    if (earlier.state !== 'violated' || now.get(key)?.state === 'violated') continue
    const rest = nowByRule.get(ruleKey(earlier)) ?? []
    const later = now.get(key) ?? rest.find(({ state }) => state === 'undecidable')
    const moved = rest.some((one) => one.state === 'violated' && !old.has(placeKey(one)))
    if (moved) continue
    comparison[later?.state === 'undecidable' ? 'unclear' : 'mended'].push(placeOf(earlier, earlier, later))
  }
  const oldByRule = Map.groupBy(old.values(), ruleKey)
  for (const [key, later] of now) {
    if (later.state !== 'violated') continue
    const earlier = old.get(key)
    const moved = (oldByRule.get(ruleKey(later)) ?? []).some(
      (one) => one.state === 'violated' && now.get(placeKey(one))?.state !== 'violated',
    )
    const same = earlier?.state === 'violated' || (earlier === undefined && moved)
    comparison[same ? 'remaining' : 'added'].push(placeOf(later, same ? (earlier ?? later) : earlier, later))
  }
  return comparison
}

/** The findings in the JSON of an earlier run, or undefined if the text is no such JSON. */
export function readEarlier(text: string): ComparableFinding[] | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isRecord(parsed) || !Array.isArray(parsed['findings'])) return undefined
  const list: readonly unknown[] = parsed['findings']
  return list.slice(0, FINDINGS_MAX).flatMap((item) => readFinding(item) ?? [])
}

function readFinding(item: unknown): ComparableFinding | undefined {
  if (!isRecord(item)) return undefined
  const { rule, file, line, installation } = item
  const state = STATES.find((one) => one === item['state'])
  const severity = SEVERITIES.find((one) => one === item['severity'])
  if (typeof rule !== 'string' || state === undefined || severity === undefined) return undefined
  return {
    rule: rule.slice(0, 100),
    state,
    severity,
    file: typeof file === 'string' ? file : null,
    line: typeof line === 'number' ? line : null,
    installation: typeof installation === 'string' ? installation : '',
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function placeKey({ rule, installation, file }: ComparableFinding): string {
  return `${rule}\n${installation}\n${file ?? ''}`
}

function ruleKey({ rule, installation }: ComparableFinding): string {
  return `${rule}\n${installation}`
}

function worstByPlace(findings: readonly ComparableFinding[]): Map<string, ComparableFinding> {
  const worst = new Map<string, ComparableFinding>()
  for (const finding of findings) {
    const key = placeKey(finding)
    const known = worst.get(key)
    if (known === undefined || STATES.indexOf(finding.state) < STATES.indexOf(known.state))
      worst.set(key, finding)
  }
  return worst
}

function placeOf(
  { rule, file, installation, severity }: ComparableFinding,
  before: ComparableFinding | undefined,
  after: ComparableFinding | undefined,
): ComparedPlace {
  return { rule, file, installation, severity, before: before?.state, after: after?.state }
}
