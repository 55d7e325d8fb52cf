// Sentences for the operator's documents, each backed by a rule that was decided: what is violated is written down as well.
import type { Bilingual } from '@runde/contract'
import type { Paperwork, Rule, State } from '../core/rule.ts'
import type { Finding, PaperSentence } from './report.ts'

function articleOf(article: number, paragraph?: number, letter?: string): Bilingual {
  const de = [
    `Art. ${article}`,
    ...(paragraph === undefined ? [] : [`Abs. ${paragraph}`]),
    ...(letter === undefined ? [] : [`lit. ${letter}`]),
    'DSGVO',
  ]
  const inside = `${paragraph === undefined ? '' : `(${paragraph})`}${letter === undefined ? '' : `(${letter})`}`
  return { de: de.join(' '), en: `Art. ${article}${inside} GDPR` }
}

/** The documents of the operator, and which parts go into which of their sections (DSGVO). */
export const DOCUMENTS: readonly {
  readonly id: 'record' | 'measures' | 'notice'
  readonly sections: readonly { readonly part: Paperwork['part']; readonly article: Bilingual }[]
}[] = [
  {
    id: 'record',
    sections: [
      { part: 'categories', article: articleOf(30, 1, 'c') },
      { part: 'recipients', article: articleOf(30, 1, 'd') },
      { part: 'third-country', article: articleOf(30, 1, 'e') },
      { part: 'erasure', article: articleOf(30, 1, 'f') },
      { part: 'measures', article: articleOf(30, 1, 'g') },
    ],
  },
  { id: 'measures', sections: [{ part: 'measures', article: articleOf(32) }] },
  {
    id: 'notice',
    sections: [
      { part: 'recipients', article: articleOf(13, 1, 'e') },
      { part: 'third-country', article: articleOf(13, 1, 'f') },
      { part: 'erasure', article: articleOf(13, 2, 'a') },
      { part: 'notice', article: articleOf(13) },
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
  return withRecipients([...sentences.values()])
}

/** Whoever gets data in a third country is a recipient, too; most rules say it once only. */
function withRecipients(sentences: readonly PaperSentence[]): PaperSentence[] {
  const named = new Set(sentences.flatMap(({ part, rule }) => (part === 'recipients' ? [rule] : [])))
  return sentences.flatMap((one) =>
    one.part === 'third-country' && one.state === 'violated' && !named.has(one.rule)
      ? [one, { ...one, part: 'recipients' }]
      : [one],
  )
}

/** The sentence as it is printed. Among the measures that are taken, one that is missing must not read like one of them. */
export function paperText({ part, state, text }: PaperSentence): Bilingual {
  if (part !== 'measures' || state !== 'violated') return text
  return { de: `Mangel: ${text.de}`, en: `Deficiency: ${text.en}` }
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
