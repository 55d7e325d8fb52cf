// What the data protection centre asks the server, and the shapes of the answers.
import type { Bilingual } from '@runde/contract'
import type { DossierDocument } from '@runde/dossier'
import { type ApiError, type ApiResult, call } from '../app/api.ts'
import type { Lang } from '../i18n/i18n.ts'
import { type Approvals, type ForeseenChange, approvalsApi } from './approvals-api.ts'
import { isDocument } from './document-shape.ts'
import {
  aNumber,
  aText,
  aYesNo,
  anything,
  bilingual,
  kinds,
  listOf,
  maybe,
  shaped,
  wordOf,
} from './shapes.ts'

/** A document in the list. */
export interface DocumentEntry {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly subtitle: string
  /** Findings that block the approval; 0 = it may be approved. */
  readonly blockers: number
  readonly edition: string
}

/** What is wrong or missing. */
export interface FindingEntry {
  readonly id: string
  readonly kind: 'missing' | 'contradiction' | 'red' | 'risk' | 'note'
  readonly message: Bilingual
  readonly remedy: Bilingual
  readonly facts: readonly string[]
  readonly documents: readonly string[]
  readonly basis: readonly Bilingual[]
  readonly blocks: boolean
}

/** All documents and what stands against them. */
export interface Paperwork {
  readonly documents: readonly DocumentEntry[]
  readonly findings: readonly FindingEntry[]
}

/** One of several answers. */
export interface Choice {
  readonly value: string
  readonly label: Bilingual
}

/** How a question is answered. */
export type Shown =
  | { readonly kind: 'text' | 'longText' | 'yesNo' | 'date' | 'period' | 'records' }
  | { readonly kind: 'number'; readonly unit: Bilingual }
  | { readonly kind: 'choice' | 'choices'; readonly options: readonly Choice[] }

/** A question with the answer so far. */
export interface AskedQuestion {
  readonly fact: string
  readonly section: string
  readonly question: Bilingual
  readonly help?: Bilingual | null
  readonly label: Bilingual
  readonly shown: Shown
  readonly state: 'open' | 'unknown' | 'answered'
  /** Whether documents wait for the answer. */
  readonly owed: boolean
  readonly documents: readonly string[]
  readonly value?: unknown
}

/** One run of a proof. */
export interface ProofRun {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly passed: boolean
  readonly result?: unknown
}

/** A proof with its runs of the last 90 days, oldest first. */
export interface Proof {
  readonly id: string
  readonly label: Bilingual
  /** How old a result may be before it no longer counts, in days. */
  readonly freshDays?: number | null
  /** Why it could not measure in the last round. */
  readonly reason?: Bilingual | null
  /** Places of what was found in the last round. */
  readonly found: readonly string[]
  readonly runs: readonly ProofRun[]
}

/** A document and the name of its edition. */
export interface OneDocument {
  readonly edition: string
  readonly document: DossierDocument
}

/** An answer of the interview; null takes it back. */
export type Answer = { readonly value: unknown } | { readonly unknown: true } | null

const paperwork = shaped({
  documents: listOf(
    shaped({ id: aText, kind: aText, title: aText, subtitle: aText, blockers: aNumber, edition: aText }),
  ),
  findings: listOf(
    shaped({
      id: aText,
      kind: wordOf('missing', 'contradiction', 'red', 'risk', 'note'),
      message: bilingual,
      remedy: bilingual,
      facts: listOf(aText),
      documents: listOf(aText),
      basis: listOf(bilingual),
      blocks: aYesNo,
    }),
  ),
})

const options = shaped({ options: listOf(shaped({ value: aText, label: bilingual })) })
const shown = kinds({
  text: anything,
  longText: anything,
  yesNo: anything,
  date: anything,
  period: anything,
  records: anything,
  number: shaped({ unit: bilingual }),
  choice: options,
  choices: options,
})
const questions = shaped({
  questions: listOf(
    shaped({
      fact: aText,
      section: aText,
      question: bilingual,
      help: maybe(bilingual),
      label: bilingual,
      shown,
      state: wordOf('open', 'unknown', 'answered'),
      owed: aYesNo,
      documents: listOf(aText),
    }),
  ),
})
const proofs = shaped({
  proofs: listOf(
    shaped({
      id: aText,
      label: bilingual,
      freshDays: maybe(aNumber),
      reason: maybe(bilingual),
      found: listOf(aText),
      runs: listOf(shaped({ at: aText, passed: aYesNo })),
    }),
  ),
})

export function isPaperwork(value: unknown): value is Paperwork {
  return paperwork(value)
}

export function isInterview(value: unknown): value is { readonly questions: readonly AskedQuestion[] } {
  return questions(value)
}

export function isProofs(value: unknown): value is { readonly proofs: readonly Proof[] } {
  return proofs(value)
}

function isOneDocument(value: unknown): value is OneDocument {
  return shaped({ edition: aText, document: isDocument })(value)
}

function isFact(value: unknown): value is { readonly value?: unknown } {
  return shaped({ state: aText })(value)
}

// Not an error of the network or of a person: the server speaks another version than this page.
const OTHER_SHAPE: ApiError = { code: 'unexpected_answer', message: null, field: null, status: 200 }

// A round of proofs joins a meeting of its own and searches all files (ms); no answer by then is a fault.
const PROVING_MS = 180_000

async function ask<T>(path: string, fits: (value: unknown) => value is T): Promise<ApiResult<T>> {
  const result = await call('GET', path, null, (json) => json)
  if (!result.ok) return result
  return fits(result.value) ? { ok: true, value: result.value } : { ok: false, error: OTHER_SHAPE }
}

const nothing = (): null => null

/** The interface, as a value so that the model can be tested with another one. */
export interface DscApi {
  paperwork(lang: Lang): Promise<ApiResult<Paperwork>>
  questions(): Promise<ApiResult<{ readonly questions: readonly AskedQuestion[] }>>
  /** Value of a fact that the interview does not ask for; undefined while nobody has stated it. */
  fact(fact: string): Promise<ApiResult<{ readonly value?: unknown }>>
  answer(fact: string, answer: Answer): Promise<ApiResult<null>>
  document(id: string, lang: Lang): Promise<ApiResult<OneDocument>>
  proofs(): Promise<ApiResult<{ readonly proofs: readonly Proof[] }>>
  prove(): Promise<ApiResult<null>>
  approvals(lang: Lang): Promise<ApiResult<Approvals>>
  /** What would change if the answer were given. */
  preview(
    fact: string,
    answer: Answer,
    lang: Lang,
  ): Promise<ApiResult<{ readonly changes: readonly ForeseenChange[] }>>
}

/** The interface of the server this page came from. */
export const dscApi: DscApi = {
  paperwork: (lang) => ask(`/dossier?lang=${lang}`, isPaperwork),
  questions: () => ask('/dossier/interview', isInterview),
  fact: (fact) => ask(`/dossier/facts/${encodeURIComponent(fact)}`, isFact),
  answer: (fact, answer) => {
    const path = `/dossier/facts/${encodeURIComponent(fact)}`
    return answer === null ? call('DELETE', path, null, nothing) : call('PUT', path, { ...answer }, nothing)
  },
  document: (id, lang) => ask(`/dossier/documents/${encodeURIComponent(id)}?lang=${lang}`, isOneDocument),
  proofs: () => ask('/proofs', isProofs),
  prove: () => call('POST', '/proofs', {}, nothing, PROVING_MS),
  approvals: approvalsApi.all,
  preview: approvalsApi.preview,
}

/** The notice as everybody may read it. */
export function fullNotice(lang: Lang): Promise<ApiResult<OneDocument>> {
  return ask(`/notice/full?lang=${lang}`, isOneDocument)
}

/** The imprint, or the page that says why there is none. */
export function imprint(lang: Lang): Promise<ApiResult<OneDocument>> {
  return ask(`/imprint?lang=${lang}`, isOneDocument)
}

/** The short layer. */
export function shortNotice(lang: Lang): Promise<ApiResult<OneDocument>> {
  return ask(`/notice?lang=${lang}`, isOneDocument)
}
