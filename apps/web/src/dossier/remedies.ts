// Finds the place where a finding can be settled: a question, the check of a provider, or the proofs.
import type { AskedQuestion, FindingEntry } from './dsc-api.ts'
import type { Remedy } from './parts.tsx'
import type { DscText } from './text-de.ts'

/** Where to go, or null when only the server's settings or the world can change it. */
export function remedyOf(
  finding: Pick<FindingEntry, 'facts'>,
  questions: readonly AskedQuestion[],
  text: DscText,
): Remedy | null {
  // Who may not see the questions may not see the checks either.
  if (finding.facts.includes('hosting.checks') && questions.length > 0)
    return { href: '/desk/dsc/providers', label: text.nextProviderAct }
  // A list of proofs that are missing may name other facts too; the proofs come first.
  if (finding.facts[0]?.startsWith('probe.') === true)
    return { href: '/desk/dsc/proofs', label: text.nextProofAct }
  const asked = questions.filter(({ fact }) => finding.facts.includes(fact))
  const question = asked.find(({ state }) => state !== 'answered') ?? asked[0]
  return question === undefined
    ? null
    : { href: `/desk/dsc/interview#${question.fact}`, label: text.answerThis }
}
