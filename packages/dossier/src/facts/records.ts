// The forms of facts that are lists of records: purposes, providers, hosts, incidents, checks.
import * as z from 'zod/mini'
import { both, localized, same } from '../engine/bilingual.ts'
import { day } from '../engine/dates.ts'
import type { ProcessorCheck } from '../processors/check-form.ts'
import { BASES, ROLES, SAFEGUARDS } from './options.ts'
import {
  type Form,
  LIST_MAX,
  anyText,
  choice,
  isoDate,
  localText,
  periodText,
  plainText,
  records,
} from './spec.ts'
import type {
  BrowserEntry,
  Client,
  Incident,
  OutboundHost,
  Party,
  Provider,
  Purpose,
  SubProcessor,
  SurroundingLog,
} from './values.ts'

const party = { name: plainText, address: plainText, contact: plainText }

const country = z.string().check(z.regex(/^[A-Z]{2}$/))

// Becomes part of a document's id and file name.
const shortId = z.string().check(z.regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/))

const count = z.int().check(z.minimum(0))

export const parties: Form<readonly Party[]> = records<Party>(z.strictObject(party), ({ name }) => same(name))

export const purposes: Form<readonly Purpose[]> = records<Purpose>(
  z.strictObject({
    name: localText,
    basis: choice(BASES).schema,
    interest: z.exactOptional(localText),
    norm: z.exactOptional(localText),
  }),
  ({ name }) => localized(name),
)

const subProcessor: z.ZodMiniType<SubProcessor> = z.strictObject({ ...party, country, service: localText })

const providerList: Form<readonly Provider[]> = records<Provider>(
  z.strictObject({
    ...party,
    id: shortId,
    country,
    role: choice(ROLES).schema,
    service: localText,
    contract: z.enum(['none', 'requested', 'signed']),
    contractDate: z.exactOptional(isoDate),
    safeguard: choice(SAFEGUARDS).schema,
    subProcessors: z.array(subProcessor).check(z.maxLength(LIST_MAX)),
  }),
  ({ name }) => same(name),
)

/** Ids name documents and sentences: no two providers may share one. */
export const providers: Form<readonly Provider[]> = {
  ...providerList,
  schema: z.pipe(
    providerList.schema,
    z.custom<readonly Provider[]>(
      (value) =>
        Array.isArray(value) && new Set(value.map((each: Provider) => each.id)).size === value.length,
    ),
  ),
}

export const clients: Form<readonly Client[]> = records<Client>(
  z.strictObject({
    ...party,
    representative: z.exactOptional(plainText),
    dpo: z.exactOptional(plainText),
    since: z.exactOptional(isoDate),
  }),
  ({ name }) => same(name),
)

export const outboundHosts: Form<readonly OutboundHost[]> = records<OutboundHost>(
  z.strictObject({ host: plainText, purpose: localText, country }),
  ({ host }) => same(host),
)

export const browserEntries: Form<readonly BrowserEntry[]> = records<BrowserEntry>(
  z.strictObject({
    key: plainText,
    where: z.enum(['cookie', 'localStorage']),
    purpose: localText,
    lifetime: localText,
    necessary: z.boolean(),
  }),
  ({ key }) => same(key),
)

export const incidents: Form<readonly Incident[]> = records<Incident>(
  z.strictObject({
    known: isoDate,
    nature: localText,
    persons: count,
    records: count,
    consequences: localText,
    measures: localText,
    notified: z.exactOptional(isoDate),
  }),
  ({ known }) => day(known),
)

export const surroundingLogs: Form<readonly SurroundingLog[]> = records<SurroundingLog>(
  z.strictObject({
    service: plainText,
    state: z.enum(['logs', 'clean', 'unclear']),
    holds: z.array(z.enum(['addresses', 'pages'])).check(z.maxLength(2)),
    kept: z.exactOptional(periodText),
  }),
  ({ service }) => same(service),
)

export const hostNames: Form<readonly string[]> = records<string>(plainText, same)

const level = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)])

export const checks: Form<readonly ProcessorCheck[]> = records<ProcessorCheck>(
  z.strictObject({
    provider: shortId,
    contractVersion: plainText,
    contractHash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    examiner: localText,
    date: isoDate,
    nextDate: isoDate,
    dpoOpinion: z.union([anyText, z.strictObject({ de: plainText, en: plainText })]),
    clauses: z
      .array(
        z.strictObject({
          letter: z.enum(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']),
          result: z.enum(['met', 'partly', 'missing']),
          page: anyText,
          remark: z.union([anyText, z.strictObject({ de: plainText, en: plainText })]),
        }),
      )
      .check(z.maxLength(8)),
    measures: z
      .array(
        z.strictObject({
          measure: z.enum([
            'physicalAccess',
            'systemAccess',
            'dataAccess',
            'transfer',
            'input',
            'instructions',
            'availability',
            'recovery',
            'separation',
            'encryptionAtRest',
            'testing',
          ]),
          own: level,
          provider: level,
          evidence: z.union([anyText, z.strictObject({ de: plainText, en: plainText })]),
          compensation: z.exactOptional(localText),
        }),
      )
      .check(z.maxLength(11)),
  }),
  ({ provider, date }) => both(`${provider}, ${day(date).de}`, `${provider}, ${day(date).en}`),
)
