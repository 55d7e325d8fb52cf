// Decides which question is on show and which one comes next; the list itself changes with the answers.
import type { AskedQuestion } from './dsc-api.ts'

/** Fragment of the page after the last question. */
export const DONE = 'done'

/** The question to show; undefined when all are through. A question that no longer arises gives way to the first open one. */
export function currentQuestion(
  questions: readonly AskedQuestion[],
  wanted: string,
): AskedQuestion | undefined {
  if (wanted === DONE) return undefined
  const named = questions.find(({ fact }) => fact === wanted)
  return named ?? questions.find(({ state, owed }) => state === 'open' && owed)
}

/** Fragment of the question before one; the first has none before it. */
export function before(questions: readonly AskedQuestion[], fact: string): string {
  const at = questions.findIndex((question) => question.fact === fact)
  return questions[Math.max(0, at - 1)]?.fact ?? DONE
}

/**
 * Fragment of the question after one, or of the closing page. Answered questions are passed over while others are open: an answer
 * can raise a question further up, and nobody wants to see all of them again. Whoever reads answered ones sees one after the other.
 * @param reading the question had an answer already when it was opened
 */
export function after(questions: readonly AskedQuestion[], fact: string, reading: boolean): string {
  const rest = questions.slice(questions.findIndex((question) => question.fact === fact) + 1)
  const isOpen = ({ state }: AskedQuestion): boolean => state === 'open'
  if (questions.some(isOpen)) return rest.find(isOpen)?.fact ?? DONE
  return reading ? (rest[0]?.fact ?? DONE) : DONE
}

/** Whether the answer is a list of records. */
export function isRecords(question: AskedQuestion): boolean {
  return question.shown.kind === 'records'
}
