// Sentences for the operator's documents, each backed by a rule that was decided: what is violated is written down as well.
import type { Paperwork, Rule, State } from '../core/rule.ts'
import type { Finding, PaperSentence } from './report.ts'

/** The documents of the operator, and which parts go into which of their sections (DSGVO). */
export const DOCUMENTS: readonly {
  readonly id: 'record' | 'measures' | 'notice'
  readonly sections: readonly { readonly part: Paperwork['part']; readonly article: string }[]
}[] = [
  {
    id: 'record',
    sections: [
      { part: 'categories', article: 'Art. 30(1)(c)' },
      { part: 'recipients', article: 'Art. 30(1)(d)' },
      { part: 'third-country', article: 'Art. 30(1)(e)' },
      { part: 'erasure', article: 'Art. 30(1)(f)' },
      { part: 'measures', article: 'Art. 30(1)(g)' },
    ],
  },
  { id: 'measures', sections: [{ part: 'measures', article: 'Art. 32' }] },
  {
    id: 'notice',
    sections: [
      { part: 'recipients', article: 'Art. 13(1)(e)' },
      { part: 'third-country', article: 'Art. 13(1)(f)' },
      { part: 'erasure', article: 'Art. 13(2)(a)' },
      { part: 'notice', article: 'Art. 13' },
    ],
  },
]

/** All sentences that follow from findings; the same sentence once per installation. */
export function paperSentences(rules: readonly Rule[], findings: readonly Finding[]): PaperSentence[] {
  const decided = Map.groupBy(decide(findings), ({ rule }) => rule)
  const sentences = new Map<string, PaperSentence>()
  for (const rule of rules)
    for (const { installation, state } of decided.get(rule.id) ?? [])
      for (const { part, violated, met } of rule.paperwork) {
        const text = state === 'violated' ? violated : met
        if (text === undefined) continue
        const key = `${part}:${installation}:${text.de}`
        if (!sentences.has(key)) sentences.set(key, { part, text, rule: rule.id, state, installation })
      }
  return [...sentences.values()]
}

interface Decided {
  readonly rule: string
  readonly installation: string
  readonly state: 'violated' | 'met'
}

/** One place that violates is enough; "met" needs all places. Anything undecided says nothing. */
function decide(findings: readonly Finding[]): Decided[] {
  const states = new Map<string, { rule: string; installation: string; states: Set<State> }>()
  for (const { rule, installation, state } of findings) {
    const key = `${rule}:${installation}`
    const known = states.get(key)
    if (known === undefined) states.set(key, { rule, installation, states: new Set([state]) })
    else known.states.add(state)
  }
  const decided: Decided[] = []
  for (const { rule, installation, states: seen } of states.values()) {
    if (seen.has('violated')) decided.push({ rule, installation, state: 'violated' })
    else if (seen.has('met') && !seen.has('undecidable')) decided.push({ rule, installation, state: 'met' })
  }
  return decided
}
