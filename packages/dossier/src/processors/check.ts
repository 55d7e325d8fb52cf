// Judges a processor check: every clause a-h must be met, no measure below the own level without compensation.
import type { Bilingual } from '@runde/contract'
import { both } from '../engine/bilingual.ts'
import type { ClauseLetter, MeasureId, ProcessorCheck } from './check-form.ts'
import { CLAUSE_LETTERS, MEASURE_IDS, MEASURE_NAMES } from './words.ts'

export interface CheckResult {
  /** False as soon as one reason stands against it. */
  use: boolean
  /** Clauses that are not fully met, or were not checked. */
  clauses: readonly ClauseLetter[]
  /** Measures below the own level without compensation, or not compared. */
  gaps: readonly MeasureId[]
  /** The same as short phrases for a sentence. */
  reasons: readonly Bilingual[]
}

/** What was not checked counts like what is missing: silence is no evidence. */
export function checkProcessor(check: ProcessorCheck): CheckResult {
  // Whoever notes a clause or a measure twice is held to the worse answer.
  const clauses = CLAUSE_LETTERS.filter((letter) => {
    const found = check.clauses.filter((each) => each.letter === letter)
    return found.length === 0 || found.some(({ result }) => result !== 'met')
  })
  const gaps = MEASURE_IDS.filter((measure) => {
    const found = check.measures.filter((each) => each.measure === measure)
    return (
      found.length === 0 ||
      found.some(({ own, provider, compensation }) => provider < own && compensation === undefined)
    )
  })
  const reasons = [
    ...clauses.map((letter) => clauseReason(check, letter)),
    ...gaps.map((measure) => gapReason(check, measure)),
  ]
  return { use: reasons.length === 0, clauses, gaps, reasons }
}

function clauseReason(check: ProcessorCheck, letter: ClauseLetter): Bilingual {
  const all = check.clauses.filter((each) => each.letter === letter)
  const found =
    all.find(({ result }) => result === 'missing') ?? all.find(({ result }) => result === 'partly')
  if (found === undefined) return both(`Klausel ${letter} nicht geprüft`, `clause (${letter}) not checked`)
  return found.result === 'partly'
    ? both(`Klausel ${letter} nur teilweise erfüllt`, `clause (${letter}) met only partly`)
    : both(`Klausel ${letter} fehlt`, `clause (${letter}) missing`)
}

function gapReason(check: ProcessorCheck, measure: MeasureId): Bilingual {
  const name = MEASURE_NAMES[measure]
  return check.measures.some((each) => each.measure === measure)
    ? both(`${name.de} unter dem eigenen Stand`, `${name.en} below our own level`)
    : both(`${name.de} nicht verglichen`, `${name.en} not compared`)
}
