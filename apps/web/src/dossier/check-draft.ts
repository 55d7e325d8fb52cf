// The check of a provider as it is filled in, and the record it becomes.
import type { ProcessorCheck } from '@runde/dossier'
import { CLAUSE_LETTERS, MEASURE_IDS } from '@runde/dossier/writers'
import { isObject } from '../app/api.ts'
import type { Lang } from '../i18n/i18n.ts'
import { type LocalDraft, localDraft, localValue } from './drafts.ts'

type Json = Readonly<Record<string, unknown>>
type Letter = (typeof CLAUSE_LETTERS)[number]
type Measure = (typeof MEASURE_IDS)[number]
type Result = ProcessorCheck['clauses'][number]['result']
type Level = ProcessorCheck['measures'][number]['own']

/** One clause; no result means not checked. */
export interface ClauseDraft {
  readonly result: '' | Result
  readonly page: string
  readonly remark: LocalDraft
}

/** One measure; no level means not compared. */
export interface MeasureDraft {
  readonly own: '' | Level
  readonly provider: '' | Level
  readonly evidence: LocalDraft
  readonly compensation: LocalDraft
}

/** The whole form. */
export interface CheckDraft {
  readonly contractVersion: string
  readonly contractHash: string
  readonly examiner: LocalDraft
  readonly date: string
  readonly nextDate: string
  readonly dpoOpinion: LocalDraft
  readonly clauses: ReadonlyMap<Letter, ClauseDraft>
  readonly measures: ReadonlyMap<Measure, MeasureDraft>
}

/** Fields of the head that must be filled in. */
export type CheckField = 'contractVersion' | 'contractHash' | 'examiner' | 'date' | 'nextDate'

const NOTHING: LocalDraft = { de: '', en: '' }
const RESULTS: readonly Result[] = ['met', 'partly', 'missing']
/** The levels of the scale, 0 none to 4 tested. */
export const LEVEL_VALUES: readonly Level[] = [0, 1, 2, 3, 4]

function listIn(value: unknown, key: string): readonly Json[] {
  const list = isObject(value) ? value[key] : undefined
  return Array.isArray(list) ? list.filter(isObject) : []
}

/** A clause as the form shows it; without one, a clause that was not checked. */
function clauseDraft(found?: Json): ClauseDraft {
  return {
    result: RESULTS.find((each) => each === found?.['result']) ?? '',
    page: typeof found?.['page'] === 'string' ? found['page'] : '',
    remark: localDraft(found?.['remark']),
  }
}

/** A measure as the form shows it; without one, a measure that was not compared. */
function measureDraft(found?: Json): MeasureDraft {
  return {
    own: LEVEL_VALUES.find((each) => each === found?.['own']) ?? '',
    provider: LEVEL_VALUES.find((each) => each === found?.['provider']) ?? '',
    evidence: localDraft(found?.['evidence']),
    compensation: localDraft(found?.['compensation']),
  }
}

/** One clause of a form. */
export function clauseOf(draft: CheckDraft, letter: Letter): ClauseDraft {
  return draft.clauses.get(letter) ?? clauseDraft()
}

/** One measure of a form. */
export function measureOf(draft: CheckDraft, measure: Measure): MeasureDraft {
  return draft.measures.get(measure) ?? measureDraft()
}

/** A stored check as a form; anything else is an empty form. */
export function checkDraft(value: unknown): CheckDraft {
  const head = isObject(value) ? value : {}
  const text = (key: string): string => (typeof head[key] === 'string' ? head[key] : '')
  const clauses = listIn(value, 'clauses')
  const measures = listIn(value, 'measures')
  return {
    contractVersion: text('contractVersion'),
    contractHash: text('contractHash'),
    examiner: localDraft(head['examiner']),
    date: text('date'),
    nextDate: text('nextDate'),
    dpoOpinion: localDraft(head['dpoOpinion']),
    clauses: new Map(
      CLAUSE_LETTERS.map((letter) => [
        letter,
        clauseDraft(clauses.find((each) => each['letter'] === letter)),
      ]),
    ),

    measures: new Map(
      MEASURE_IDS.map((measure) => [
        measure,
        measureDraft(measures.find((each) => each['measure'] === measure)),
      ]),
    ),
  }
}

/** The record. What was not checked is left out: silence is no evidence. */
export function checkValue(provider: string, draft: CheckDraft): ProcessorCheck {
  return {
    provider,
    contractVersion: draft.contractVersion.trim(),
    contractHash: draft.contractHash.trim().toLowerCase(),
    examiner: localValue(draft.examiner) ?? '',
    date: draft.date,
    nextDate: draft.nextDate,
    dpoOpinion: localValue(draft.dpoOpinion) ?? '',
    clauses: CLAUSE_LETTERS.flatMap((letter) => {
      const { result, page, remark } = clauseOf(draft, letter)
      return result === '' ? [] : [{ letter, result, page: page.trim(), remark: localValue(remark) ?? '' }]
    }),
    measures: MEASURE_IDS.flatMap((measure) => {
      const { own, provider: theirs, evidence, compensation } = measureOf(draft, measure)
      if (own === '' || theirs === '') return []
      const made = { measure, own, provider: theirs, evidence: localValue(evidence) ?? '' }
      const reason = localValue(compensation)
      return [theirs < own && reason !== undefined ? { ...made, compensation: reason } : made]
    }),
  }
}

/** Fields of the head that are still empty, or wrong. */
export function missingFields(draft: CheckDraft): CheckField[] {
  const wrong: CheckField[] = []
  if (draft.contractVersion.trim() === '') wrong.push('contractVersion')
  if (!/^[0-9a-f]{64}$/i.test(draft.contractHash.trim())) wrong.push('contractHash')
  if (localValue(draft.examiner) === undefined) wrong.push('examiner')
  if (draft.date === '') wrong.push('date')
  if (draft.nextDate === '') wrong.push('nextDate')
  return wrong
}

/** A text as the form shows it: the language of the page where there are two. */
export function shownText(draft: LocalDraft, lang: Lang): string {
  return draft.en === '' || draft.de === '' ? draft.de + draft.en : draft[lang]
}

/** The text with a change; a text in one language stays one text. */
export function withText(draft: LocalDraft, lang: Lang, text: string): LocalDraft {
  return draft.en === '' || draft.de === '' ? { ...NOTHING, de: text } : { ...draft, [lang]: text }
}
