// Shapes of measures: a setting, a declared fact, a proof, each with the sentence for every state it can be in.
import type { Bilingual } from '@runde/contract'
import { MISSING, both } from '../engine/bilingual.ts'
import type { Reader } from '../engine/reader.ts'
import { type MeasuredId, PROOF_WAYS } from '../facts/proof-ways.ts'
import type { FactId, FactValues } from '../facts/values.ts'
import type { Measure, Standing } from './measures-table.ts'
import { says } from './shared.ts'

type Head = Omit<Measure, 'standing' | 'write'>

type YesNoId = { [K in FactId]: FactValues[K] extends boolean ? K : never }[FactId]

/** Sentences for yes and no. `good`: which of the two is the measure being in place. */
export interface YesNoTexts {
  yes: Bilingual
  no: Bilingual
  good?: boolean
}

/** A setting that is on or off; the sentence is a plain statement. */
export function bySetting(head: Head, id: YesNoId, texts: YesNoTexts): Measure {
  const good = texts.good ?? true
  return {
    ...head,
    standing: (f) => standing(f.get(id), good),
    write: (f) => {
      const value = f.get(id)
      return value === undefined ? open(head.name) : value ? texts.yes : texts.no
    },
  }
}

/** A declared fact; the texts go on after "According to the controller". */
export function byWord(head: Head, id: YesNoId, texts: YesNoTexts): Measure {
  const good = texts.good ?? true
  return {
    ...head,
    standing: (f) => standing(f.get(id), good),
    write: (f) => {
      const value = f.get(id)
      if (value === undefined) return open(head.name)
      const who = says(f)
      const text = value ? texts.yes : texts.no
      return both(`${who.de} ${text.de}.`, `${who.en} ${text.en}.`)
    },
  }
}

type ProbeId = Extract<FactId, `probe.${string}`>

export interface ProofTexts<V> {
  /** What the result must be. */
  passed: (value: V) => boolean
  good: (value: V) => Bilingual
  bad: (value: V) => Bilingual
}

/** A measure that is claimed only while its proof is fresh; the sentence ends with the day of the proof. */
export function byProof<K extends ProbeId>(head: Head, id: K, texts: ProofTexts<FactValues[K]>): Measure {
  return {
    ...head,
    standing: (f) => {
      const value = f.get(id)
      return value === undefined ? 'open' : texts.passed(value) ? 'inPlace' : 'notInPlace'
    },
    write: (f) => {
      const value = f.get(id)
      if (value === undefined) return unproven(head.name, id)
      const text = texts.passed(value) ? texts.good(value) : texts.bad(value)
      const day = f.when(id)
      return both(`${text.de} (geprüft am ${day.de}).`, `${text.en} (checked on ${day.en}).`)
    },
  }
}

function standing(value: boolean | undefined, good: boolean): Standing {
  return value === undefined ? 'open' : value === good ? 'inPlace' : 'notInPlace'
}

/** What stands for a measure about which nothing is stated. */
export function open(name: Bilingual): Bilingual {
  return both(`${name.de}: ${MISSING.de}.`, `${name.en}: ${MISSING.en}.`)
}

/** What stands for a measure without a fresh proof: no claim, no gap in the answers, and what the test takes. */
export function unproven(name: Bilingual, id: MeasuredId): Bilingual {
  const way = PROOF_WAYS[id]
  return both(
    `${name.de}: derzeit nicht durch eine Prüfung belegt (${way.de}).`,
    `${name.en}: currently not backed by a test (${way.en}).`,
  )
}

/** Whether something holds in all rooms, with the share that deviates, so that an average hides no exception. */
export function share(f: Reader, id: 'room.withPassword' | 'room.withLobby'): Bilingual | undefined {
  const total = f.get('room.total')
  const having = f.get(id)
  if (total === undefined || having === undefined || total === 0) return undefined
  return having === total
    ? both(`derzeit in allen ${total} Räumen`, `currently in all ${total} rooms`)
    : both(`derzeit in ${having} von ${total} Räumen`, `currently in ${having} of ${total} rooms`)
}
