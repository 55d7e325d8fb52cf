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

/** Fragment of the question after or before one; the ends are the closing page and the first question. */
export function neighbour(questions: readonly AskedQuestion[], fact: string, by: 1 | -1): string {
  const at = questions.findIndex((question) => question.fact === fact)
  const next = questions[Math.max(0, at + by)]
  return next?.fact ?? DONE
}

/** Whether the answer is a list of records. */
export function isRecords(question: AskedQuestion): boolean {
  return question.shown.kind === 'records'
}
