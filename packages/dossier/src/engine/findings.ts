// Collects what is wrong: from the rules in force, and from every fact a document needed and did not get.
import type { FactId } from '../facts/values.ts'
import { FACTS } from '../facts/table.ts'
import type { DocumentKind } from '../model/document.ts'
import type { Finding, FindingKind } from '../model/finding.ts'
import type { Rule } from '../rules/rule.ts'
import { both } from './bilingual.ts'
import type { Draft } from './draft.ts'
import { citeAll } from './law.ts'
import { type World, newTrace, readerFor, stateOf } from './reader.ts'

const BLOCKING: ReadonlySet<FindingKind> = new Set(['missing', 'contradiction', 'red'])

/** What the rules found, and for each document the facts they looked at, whether or not they found something. */
export interface RuleResults {
  findings: readonly Finding[]
  looked: ReadonlyMap<DocumentKind, ReadonlySet<FactId>>
}

/** Findings of the rules whose condition holds; only documents that exist are named. */
export function ruleFindings(
  world: World,
  rules: readonly Rule[],
  kinds: ReadonlySet<DocumentKind>,
): RuleResults {
  const looked = new Map<DocumentKind, Set<FactId>>()
  const findings = rules.flatMap((rule): Finding[] => {
    if (rule.finding === undefined) return []
    const trace = newTrace()
    const facts = readerFor(world, trace)
    const holds = rule.when(facts)
    const documents = rule.finding.documents.filter((kind) => kinds.has(kind))
    for (const kind of documents) {
      const known = looked.get(kind) ?? new Set()
      for (const fact of trace.facts) known.add(fact)
      looked.set(kind, known)
    }
    if (!holds) return []
    const { kind } = rule.finding
    return [
      {
        id: rule.id,
        kind,
        message: rule.finding.message(facts),
        remedy: rule.finding.remedy(facts),
        facts: [...trace.facts],
        documents,
        basis: citeAll(world.regime, rule.basis),
        blocks: BLOCKING.has(kind),
      },
    ]
  })
  return { findings, looked }
}

/** One finding per fact that is not stated, with all documents that wait for it. */
export function gapFindings(world: World, drafts: readonly Draft[]): Finding[] {
  const waiting = new Map<FactId, Set<DocumentKind>>()
  for (const draft of drafts) {
    for (const fact of draft.gaps) {
      waiting.set(fact, (waiting.get(fact) ?? new Set()).add(draft.kind))
    }
  }
  return [...waiting].map(([fact, documents]) => gapFinding(world, fact, [...documents]))
}

function gapFinding(world: World, fact: FactId, documents: readonly DocumentKind[]): Finding {
  const spec = FACTS[fact]
  const unknown = stateOf(world, fact).state === 'unknown'
  return {
    id: `missing-${fact}`,
    kind: 'missing',
    message: unknown
      ? both(`Als nicht bekannt angegeben: ${spec.label.de}.`, `Stated as not known: ${spec.label.en}.`)
      : both(`Noch nicht angegeben: ${spec.label.de}.`, `Not yet stated: ${spec.label.en}.`),
    remedy:
      spec.question === undefined
        ? both(
            'Der laufende Server meldet diese Angabe; ohne Server ist sie im Faktenblatt einzutragen.',
            'The running server reports this; without a server, enter it in the fact sheet.',
          )
        : spec.question,
    facts: [fact],
    documents,
    basis: [],
    blocks: true,
  }
}
