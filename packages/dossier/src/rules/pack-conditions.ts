// Conditions of rules that come from a file: comparisons of facts, joined by all, any and not; no code.
import type { Bilingual } from '@runde/contract'
import * as z from 'zod/mini'
import { both } from '../engine/bilingual.ts'
import type { Reader } from '../engine/reader.ts'
import { LIST_MAX, plainText } from '../facts/spec.ts'
import { FACTS, isFactId } from '../facts/table.ts'
import type { FactId } from '../facts/values.ts'

type Value = string | number | boolean

/** `includes`: the fact is a list of words that has this one. `stated`: whether there is an answer at all. */
export type Condition =
  | { all: readonly Condition[] }
  | { any: readonly Condition[] }
  | { not: Condition }
  | { fact: string; is: Value }
  | { fact: string; in: readonly Value[] }
  | { fact: string; includes: string }
  | { fact: string; atLeast: number }
  | { fact: string; stated: boolean }

const value: z.ZodMiniType<Value> = z.union([plainText, z.number(), z.boolean()])

function many<V>(each: z.ZodMiniType<V>): z.ZodMiniType<readonly V[]> {
  return z.array(each).check(z.minLength(1), z.maxLength(LIST_MAX))
}

export const condition: z.ZodMiniType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: many(condition) }),
    z.strictObject({ any: many(condition) }),
    z.strictObject({ not: condition }),
    z.strictObject({ fact: plainText, is: value }),
    z.strictObject({ fact: plainText, in: many(value) }),
    z.strictObject({ fact: plainText, includes: plainText }),
    z.strictObject({ fact: plainText, atLeast: z.number() }),
    z.strictObject({ fact: plainText, stated: z.boolean() }),
  ]),
)

/** Whether a condition holds; every fact it looks at is read, so that it counts as cited. */
export function holds(facts: Reader, wanted: Condition): boolean {
  if ('all' in wanted) return wanted.all.map((each) => holds(facts, each)).every(Boolean)
  if ('any' in wanted) return wanted.any.map((each) => holds(facts, each)).some(Boolean)
  if ('not' in wanted) return !holds(facts, wanted.not)
  if (!isFactId(wanted.fact)) return false
  const found: unknown = facts.get(wanted.fact)
  if ('is' in wanted) return found === wanted.is
  if ('in' in wanted) return wanted.in.some((each) => each === found)
  if ('includes' in wanted) return Array.isArray(found) && found.includes(wanted.includes)
  if ('atLeast' in wanted) return typeof found === 'number' && found >= wanted.atLeast
  return (found !== undefined) === wanted.stated
}

/** What is wrong with a condition that has the right form: unknown facts, and values no fact can have. */
export function conditionFaults(wanted: Condition): Bilingual[] {
  if ('all' in wanted) return wanted.all.flatMap(conditionFaults)
  if ('any' in wanted) return wanted.any.flatMap(conditionFaults)
  if ('not' in wanted) return conditionFaults(wanted.not)
  if (!isFactId(wanted.fact)) return [noFact(wanted.fact)]
  const never = impossible(wanted.fact, wanted)
  return never === undefined
    ? []
    : [
        both(
          `Der Fakt „${wanted.fact}“ kann den Wert ${JSON.stringify(never)} nicht haben.`,
          `The fact "${wanted.fact}" cannot have the value ${JSON.stringify(never)}.`,
        ),
      ]
}

/** The message for a fact that does not exist. */
export function noFact(name: string): Bilingual {
  return both(`Einen Fakt mit dem Namen „${name}“ gibt es nicht.`, `There is no fact of the name "${name}".`)
}

function impossible(fact: FactId, wanted: Condition): Value | undefined {
  const fits = (each: unknown): boolean => FACTS[fact].schema.safeParse(each).success
  if ('is' in wanted) return fits(wanted.is) ? undefined : wanted.is
  if ('in' in wanted) return wanted.in.find((each) => !fits(each))
  if ('includes' in wanted) return fits([wanted.includes]) ? undefined : wanted.includes
  if ('atLeast' in wanted) return fits(wanted.atLeast) ? undefined : wanted.atLeast
  return undefined
}
