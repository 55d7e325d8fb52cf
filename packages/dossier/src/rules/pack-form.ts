// The form of a file with rule packs: packs, rules, texts and legal bases as plain data, with validity dates.
import type { Bilingual } from '@runde/contract'
import * as z from 'zod/mini'
import { isoDate, plainText } from '../facts/spec.ts'
import type { DocumentKind } from '../model/document.ts'
import type { FindingKind } from '../model/finding.ts'
import { type Condition, condition } from './pack-conditions.ts'

/** Name and edition of the format; another one is refused instead of guessed at. */
export const PACKS_FORMAT = 'runde-packs/1'

/** Places in documents where rules may add sentences. */
export const SLOTS = [
  'notice.controller',
  'notice.purposes',
  'notice.data',
  'notice.third',
  'decision.result',
  'offer.end',
  'interests.end',
  'dpia.result',
  'breach.steps',
] as const

/** More packs, rules or sentences than a Land, a church and a sector together would ever need. */
const MOST_PACKS = 100
const MOST_RULES = 200
const MOST_SENTENCES = 20

const DOCUMENTS: readonly DocumentKind[] = [
  'notice-short',
  'notice',
  'record',
  'provider-record',
  'measures',
  'processor-decision',
  'processor-check',
  'processor-offer',
  'interests',
  'dpia-threshold',
  'deletion',
  'reasons',
  'rights',
  'breach',
  'imprint',
]

const KINDS: readonly FindingKind[] = ['missing', 'contradiction', 'risk', 'red', 'note']

/** `gdpr`: an article, `13(1)(a)`, which churches read as their own section. Else the norm in both languages. */
export type PackBasis = { gdpr: string } | Bilingual

export interface PackRule {
  id: string
  basis: readonly PackBasis[]
  validFrom: string
  validUntil?: string
  when?: Condition
  sentences?: readonly { slot: (typeof SLOTS)[number]; text: Bilingual }[]
  finding?: {
    kind: FindingKind
    documents: readonly DocumentKind[]
    message: Bilingual
    remedy: Bilingual
  }
}

export interface PackData {
  /** The id of a delivered pack replaces or extends that one; a new id adds a pack. */
  id: string
  title: Bilingual
  validFrom: string
  validUntil?: string
  /** Keeps the delivered pack of this id and adds to it; a rule of the same id takes its place. */
  extends?: boolean
  when?: Condition
  authority?: { name: Bilingual; short: string }
  /** Section numbers of a church's law by article of the GDPR. */
  regime?: { id: 'dsg-ekd' | 'kdg'; short: Bilingual; name: Bilingual; sections: Record<string, string> }
  rules: readonly PackRule[]
}

const texts: z.ZodMiniType<Bilingual> = z.strictObject({ de: plainText, en: plainText })
const id = z.string().check(z.regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/))
// An article, then paragraphs and letters: 6, 13(1)(a).
const article = z.string().check(z.regex(/^[1-9]\d?(?:\((?:[1-9]\d?|[a-z])\)){0,3}$/))
const oneOf = <V extends string>(values: readonly V[]): z.ZodMiniType<V> =>
  z.custom<V>((given) => values.some((each) => each === given))

const rule: z.ZodMiniType<PackRule> = z.strictObject({
  id,
  basis: z
    .array(z.union([z.strictObject({ gdpr: article }), texts]))
    .check(z.minLength(1), z.maxLength(MOST_SENTENCES)),
  validFrom: isoDate,
  validUntil: z.exactOptional(isoDate),
  when: z.exactOptional(condition),
  sentences: z.exactOptional(
    z.array(z.strictObject({ slot: oneOf(SLOTS), text: texts })).check(z.maxLength(MOST_SENTENCES)),
  ),
  finding: z.exactOptional(
    z.strictObject({
      kind: oneOf(KINDS),
      documents: z.array(oneOf(DOCUMENTS)).check(z.minLength(1)),
      message: texts,
      remedy: texts,
    }),
  ),
})

const pack: z.ZodMiniType<PackData> = z.strictObject({
  id,
  title: texts,
  validFrom: isoDate,
  validUntil: z.exactOptional(isoDate),
  extends: z.exactOptional(z.boolean()),
  when: z.exactOptional(condition),
  authority: z.exactOptional(z.strictObject({ name: texts, short: plainText })),
  regime: z.exactOptional(
    z.strictObject({
      id: oneOf(['dsg-ekd', 'kdg'] as const),
      short: texts,
      name: texts,
      sections: z.record(
        z.string().check(z.regex(/^[1-9]\d?$/)),
        z.string().check(z.regex(/^[1-9]\d?[a-z]?$/)),
      ),
    }),
  ),
  rules: z.array(rule).check(z.maxLength(MOST_RULES)),
})

/** A whole file. */
export const packFile: z.ZodMiniType<{ format: typeof PACKS_FORMAT; packs: readonly PackData[] }> =
  z.strictObject({
    format: z.literal(PACKS_FORMAT),
    packs: z.array(pack).check(z.maxLength(MOST_PACKS)),
  })
