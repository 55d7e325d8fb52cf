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
  if (finding.facts.includes('hosting.checks'))
    return { href: '/desk/dsc/providers', label: text.nextProviderAct }
  const asked = questions.filter(({ fact }) => finding.facts.includes(fact))
  const question = asked.find(({ state }) => state !== 'answered') ?? asked[0]
  if (question !== undefined)
    return { href: `/desk/dsc/interview#${question.fact}`, label: text.answerThis }
  if (finding.facts.some((fact) => fact.startsWith('probe.')))
    return { href: '/desk/dsc/proofs', label: text.nextProofAct }
  return null
}
