// Decides what the organiser should do next, and how each document and each proof stands.
import type { Approvals } from './approvals-api.ts'
import type { AskedQuestion, DocumentEntry, FindingEntry, Paperwork, Proof, ProofRun } from './dsc-api.ts'

/** `missing`: something blocks the approval; `risk`: nothing blocks, but something is to be known. */
export type DocumentState = 'good' | 'risk' | 'missing'

/** How a proof stands now. */
export type ProofState = 'passed' | 'failed' | 'stale' | 'never' | 'unmeasured'

/** The one thing to do next. */
export type NextStep =
  | { readonly kind: 'household' | 'proof' | 'provider' | 'finding' | 'none' }
  | { readonly kind: 'questions'; readonly open: number; readonly minutes: number }
  | { readonly kind: 'unknown'; readonly count: number; readonly fact: string }
  | { readonly kind: 'stale' | 'review' | 'approve'; readonly count: number }

// Reading a question, thinking and answering, in seconds: short ones take ten, a list of records some minutes.
const SECONDS_PER_QUESTION = 20

const DAY_MS = 86_400_000

/** How a document stands. */
export function documentState(document: DocumentEntry, findings: readonly FindingEntry[]): DocumentState {
  if (document.blockers > 0) return 'missing'
  return findingsOf(document, findings).length > 0 ? 'risk' : 'good'
}

/** Findings that concern a document. */
export function findingsOf(
  document: Pick<DocumentEntry, 'kind'>,
  findings: readonly FindingEntry[],
): FindingEntry[] {
  return findings.filter(({ documents }) => documents.includes(document.kind))
}

const GRAVITY: readonly FindingEntry['kind'][] = ['red', 'contradiction', 'missing', 'risk', 'note']

/** The gravest first. */
export function byGravity(findings: readonly FindingEntry[]): FindingEntry[] {
  return findings.toSorted((a, b) => GRAVITY.indexOf(a.kind) - GRAVITY.indexOf(b.kind))
}

/** The latest run of a proof. */
export function lastRun(proof: Proof): ProofRun | undefined {
  return proof.runs.reduce<ProofRun | undefined>(
    (latest, run) => (latest === undefined || run.at > latest.at ? run : latest),
    undefined,
  )
}

/** @param now ms since 1970 */
export function proofState(proof: Proof, now: number): ProofState {
  const last = lastRun(proof)
  if (last === undefined) return proof.reason === undefined || proof.reason === null ? 'never' : 'unmeasured'
  if (!last.passed) return 'failed'
  const fresh = (proof.freshDays ?? Number.POSITIVE_INFINITY) * DAY_MS
  return now - Date.parse(last.at) > fresh ? 'stale' : 'passed'
}

/** The first thing that stands in the way, in the order in which it makes sense to deal with it. */
export function nextStep(
  paperwork: Paperwork,
  questions: readonly AskedQuestion[],
  proofs: readonly Proof[],
  now: number,
  approvals: Approvals | null,
): NextStep {
  if (paperwork.documents.some(({ kind }) => kind === 'household')) return { kind: 'household' }
  const open = questions.filter(({ state, owed }) => state === 'open' && owed)
  if (open.length > 0) {
    const minutes = Math.max(1, Math.round((open.length * SECONDS_PER_QUESTION) / 60))
    return { kind: 'questions', open: open.length, minutes }
  }
  if (proofs.some((proof) => proofState(proof, now) === 'failed')) return { kind: 'proof' }
  const unchecked = paperwork.documents.some(
    ({ kind, blockers }) => kind === 'processor-check' && blockers > 0,
  )
  if (unchecked) return { kind: 'provider' }
  const old = oldApprovals(approvals)
  if (old !== null) return old
  const unknown = questions.filter(({ state }) => state === 'unknown')
  const [first] = unknown
  if (first !== undefined) return { kind: 'unknown', count: unknown.length, fact: first.fact }
  const waiting = (approvals?.approvals ?? []).filter(
    ({ state, blockers }) => state === 'none' && blockers === 0,
  )
  if (paperwork.findings.some(({ blocks }) => blocks)) return { kind: 'finding' }
  return waiting.length > 0 ? { kind: 'approve', count: waiting.length } : { kind: 'none' }
}

/** What was approved and no longer holds, or is due to be looked at again. */
function oldApprovals(approvals: Approvals | null): NextStep | null {
  const stale = (approvals?.approvals ?? []).filter(({ state }) => state === 'stale')
  if (stale.length > 0) return { kind: 'stale', count: stale.length }
  const due = (approvals?.reminders ?? []).filter((reminder) => reminder.due)
  return due.length > 0 ? { kind: 'review', count: due.length } : null
}
