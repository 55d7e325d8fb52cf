// Reads facts for clauses and rules, and keeps a trace of everything that was read: the trace becomes provenance.
import type { Bilingual } from '@runde/contract'
import type { FactEntry, FactSheet } from '../facts/sheet.ts'
import type { FactSpec } from '../facts/spec.ts'
import { FACTS } from '../facts/table.ts'
import type { FactId, FactValues } from '../facts/values.ts'
import type { Authority } from '../rules/rule.ts'
import { MISSING, both } from './bilingual.ts'
import { day } from './dates.ts'
import { type LawRef, type Regime, cite } from './law.ts'

/** What all clauses see: the facts, the moment, and the law that applies. */
export interface World {
  sheet: FactSheet
  /** Milliseconds since 1970; decides which probes are fresh and which rules are in force. */
  now: number
  regime: Regime
  /** Finds the competent authority; set by the rule packs. */
  authority: (facts: Reader) => Authority | undefined
}

/** What was read. `gaps`: facts that should be stated and are not. */
export interface Trace {
  facts: Set<FactId>
  gaps: Set<FactId>
  laws: Bilingual[]
}

/** The only way to a fact. Everything read counts as cited. */
export interface Reader {
  readonly regime: Regime
  readonly now: number
  /** The value; undefined when it is not stated, not known, or a probe's result that is too old. */
  get<K extends FactId>(id: K): FactValues[K] | undefined
  /** Whether the fact has one of these values. */
  is<K extends FactId>(id: K, ...values: readonly FactValues[K][]): boolean
  /** The value as text; "noch nicht angegeben" when there is none. */
  print(id: FactId): Bilingual
  /** The day on which the fact was measured, declared or set. */
  when(id: FactId): Bilingual
  /** Whether the fact, as stated, was declared by a person and not reported by the server. */
  declared(id: FactId): boolean
  /** Cites a law, in the text and as legal basis of the sentence. Undefined where the regime has no such rule. */
  law(law: LawRef): Bilingual
  /** The supervisory authority this organisation is under. */
  authority(): Authority | undefined
}

/** The state of one fact at one moment. */
export interface FactState<K extends FactId = FactId> {
  value: FactValues[K] | undefined
  state: 'stated' | 'missing' | 'unknown' | 'stale'
  source: 'setting' | 'probe' | 'declared' | 'derived'
  at: string | null
}

const DAY_MS = 86_400_000

/** Looks a fact up without leaving a trace. */
export function stateOf<K extends FactId>(world: Pick<World, 'sheet' | 'now'>, id: K): FactState<K> {
  const spec: FactSpec<FactValues[K]> = FACTS[id]
  const entry: FactEntry<K> | undefined = world.sheet[id]
  if (entry === undefined) {
    return spec.unreported === undefined
      ? { value: undefined, state: 'missing', source: spec.by, at: null }
      : { value: spec.unreported, state: 'stated', source: 'derived', at: null }
  }
  if ('unknown' in entry) return { value: undefined, state: 'unknown', source: 'declared', at: entry.at }
  const { value, source, at } = entry
  if (spec.freshDays !== undefined && world.now - Date.parse(at) > spec.freshDays * DAY_MS) {
    return { value: undefined, state: 'stale', source, at }
  }
  return { value, state: 'stated', source, at }
}

export function newTrace(): Trace {
  return { facts: new Set(), gaps: new Set(), laws: [] }
}

/** A reader that writes into a trace. */
export function readerFor(world: World, trace: Trace): Reader {
  function look<K extends FactId>(id: K): FactState<K> {
    const found = stateOf(world, id)
    trace.facts.add(id)
    if (found.value === undefined && isOwed(world, id)) trace.gaps.add(id)
    return found
  }
  const reader: Reader = {
    regime: world.regime,
    now: world.now,
    get: (id) => look(id).value,
    is: (id, ...values) => {
      const { value } = look(id)
      return value !== undefined && values.includes(value)
    },
    print: (id) => printState(id, look(id)),
    when: (id) => {
      const { at } = look(id)
      return at === null ? both('ohne Datum', 'undated') : day(at)
    },
    declared: (id) => look(id).source === 'declared',
    law: (law) => {
      const text = cite(world.regime, law)
      if (text !== undefined) trace.laws.push(text)
      return text ?? both('', '')
    },
    authority: () => world.authority(reader),
  }
  return reader
}

/** Whether a fact has to be stated for the documents to be complete. Proofs withdraw sentences; they owe none. */
export function isOwed(world: Pick<World, 'sheet' | 'now'>, id: FactId): boolean {
  const spec = FACTS[id]
  return spec.by !== 'probe' && spec.optional !== true && isAsked(world, id)
}

/** Whether a fact's question arises, given the other facts. */
export function isAsked(world: Pick<World, 'sheet' | 'now'>, id: FactId): boolean {
  const asked = FACTS[id].asked
  return asked === undefined || asked((other) => stateOf(world, other).value)
}

/** A fact's value as text in both languages. */
export function printState<K extends FactId>(id: K, found: FactState<K>): Bilingual {
  const spec: FactSpec<FactValues[K]> = FACTS[id]
  return found.value === undefined ? MISSING : spec.print(found.value)
}
