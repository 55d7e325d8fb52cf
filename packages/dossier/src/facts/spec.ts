// What a fact is: the form of its value, who can know it, how the interview asks for it, how a document prints it.
import type { Bilingual } from '@runde/contract'
import * as z from 'zod/mini'
import { type LocalText, both, enumerate, localized, same } from '../engine/bilingual.ts'
import { type Period, PERIOD_FORM, day, period } from '../engine/dates.ts'
import type { FactId, FactValues } from './values.ts'

/** Longest text of one answer: a paragraph, not a treatise; keeps a stranger's file from filling the memory. */
export const TEXT_MAX = 2000

/** Most entries of one list: a provider with a thousand customers. */
export const LIST_MAX = 1000

/** What the interview shows for the value. `records` are filled in on a page of their own. */
export type FactKind =
  | { kind: 'text' }
  | { kind: 'longText' }
  | { kind: 'yesNo' }
  | { kind: 'number'; unit: Bilingual }
  | { kind: 'choice'; options: readonly Option[] }
  | { kind: 'choices'; options: readonly Option[] }
  | { kind: 'date' }
  | { kind: 'period' }
  | { kind: 'records' }

export interface Option {
  value: string
  label: Bilingual
}

/** `setting`: the running server reports it. `probe`: a test found it. `declared`: a person says so. */
export type KnownBy = 'setting' | 'probe' | 'declared'

export type FactSection =
  | 'organisation'
  | 'meetings'
  | 'hosting'
  | 'people'
  | 'assessment'
  | 'server'
  | 'retention'
  | 'proofs'

/** The form of a value: how it is checked, asked for and printed. */
export interface Form<V> {
  schema: z.ZodMiniType<V>
  shown: FactKind
  print: (value: V) => Bilingual
}

export interface FactSpec<V> extends Form<V> {
  section: FactSection
  by: KnownBy
  label: Bilingual
  /** What the interview asks; facts without a question come from the server alone. */
  question?: Bilingual
  help?: Bilingual
  /** Whether the question arises at all, given the other answers. */
  asked?: (get: <K extends FactId>(id: K) => FactValues[K] | undefined) => boolean
  /** An answer nobody owes: leaving it out is no gap. */
  optional?: true
  /** What holds as long as the server reports nothing: a feature that does not exist does not report itself. */
  unreported?: V
  /** How old a probe's result may be before it no longer counts, in days. */
  freshDays?: number
}

/** The specifications of all facts whose id starts with one of the given words. */
export type Specs<Word extends string> = {
  readonly [K in FactId as K extends `${Word}.${string}` ? K : never]: FactSpec<FactValues[K]>
}

// No control characters: a text goes into documents of four formats.
const clean = z.string().check(
  z.refine((value) => !hasControl(value)),
  z.maxLength(TEXT_MAX),
)

function hasControl(value: string): boolean {
  return Array.from(value).some((sign) => sign !== '\n' && sign < ' ')
}

/** A text that is not empty. */
export const plainText: z.ZodMiniType<string> = clean.check(z.refine((value) => value.trim() !== ''))

/** A text that may be empty. */
export const anyText: z.ZodMiniType<string> = clean

export const localText: z.ZodMiniType<LocalText> = z.union([
  plainText,
  z.strictObject({ de: plainText, en: plainText }),
])

export const isoDate: z.ZodMiniType<string> = z.string().check(z.refine((value) => isDay(value)))

/** Whether a text is a day of the calendar: JavaScript by itself reads 31 February as 3 March. */
export function isDay(value: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return false
  const time = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
}

export const periodText: z.ZodMiniType<Period> = z.string().check(z.regex(PERIOD_FORM))

export const text: Form<string> = { schema: plainText, shown: { kind: 'text' }, print: same }

export const longText: Form<LocalText> = { schema: localText, shown: { kind: 'longText' }, print: localized }

export const yesNo: Form<boolean> = {
  schema: z.boolean(),
  shown: { kind: 'yesNo' },
  print: (value) => (value ? both('ja', 'yes') : both('nein', 'no')),
}

export const date: Form<string> = { schema: isoDate, shown: { kind: 'date' }, print: day }

export const kept: Form<Period> = { schema: periodText, shown: { kind: 'period' }, print: period }

/** A whole number from 0 on; `unit` in the plural. */
export function count(unit: Bilingual): Form<number> {
  return {
    schema: z.int().check(z.minimum(0)),
    shown: { kind: 'number', unit },
    print: (value) => both(`${value} ${unit.de}`, `${value} ${unit.en}`),
  }
}

/** One of several words; the texts are shown in the interview and as the value in provenance. */
export function choice<V extends string>(options: Readonly<Record<V, Bilingual>>): Form<V> {
  const isOption = (value: unknown): value is V => typeof value === 'string' && value in options
  return {
    schema: z.custom<V>(isOption),
    shown: { kind: 'choice', options: listed(options) },
    print: (value) => options[value],
  }
}

/** Any number of words out of several. */
export function choices<V extends string>(options: Readonly<Record<V, Bilingual>>): Form<readonly V[]> {
  const one = choice(options)
  return {
    schema: z.array(one.schema).check(z.maxLength(LIST_MAX)),
    shown: { kind: 'choices', options: listed(options) },
    print: (value) => (value.length === 0 ? both('keine', 'none') : enumerate(value.map(one.print))),
  }
}

function listed(options: Readonly<Record<string, Bilingual>>): Option[] {
  return Object.entries(options).map(([value, label]) => ({ value, label }))
}

/** A list of records; `name` says how one of them is called in provenance. */
export function records<V>(schema: z.ZodMiniType<V>, name: (value: V) => Bilingual): Form<readonly V[]> {
  return {
    schema: z.array(schema).check(z.maxLength(LIST_MAX)),
    shown: { kind: 'records' },
    print: (value) => (value.length === 0 ? both('keine', 'none') : enumerate(value.map(name))),
  }
}
