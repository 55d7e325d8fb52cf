// What each list of records asks for, and how a filled-in form becomes the value of a fact.
import type { Bilingual } from '@runde/contract'
import { BASES, ROLES, SAFEGUARDS } from '@runde/dossier/writers'
import { isObject } from '../app/api.ts'
import { localDraft, localValue, shortId, wholeNumber } from './drafts.ts'
import type { DscText } from './text-de.ts'

/** Kinds of records. */
export type RecordKind = 'purpose' | 'provider' | 'client' | 'party' | 'incident' | 'sub'

/** Names of the fields in the catalogue. */
type FieldLabel = Exclude<keyof DscText['fields'], 'inEnglish'>

/** One field of a form. `local` texts have a second field for English. */
export interface FieldSpec {
  readonly key: string
  readonly label: FieldLabel
  readonly hint?: FieldLabel
  readonly kind: 'text' | 'local' | 'choice' | 'country' | 'date' | 'count' | 'list'
  readonly options?: Readonly<Record<string, Bilingual>>
  readonly of?: RecordKind
  readonly optional?: true
  /** Whether the field arises, given the others. */
  readonly shown?: (draft: Draft) => boolean
}

/** A form as it is filled in: texts by field (`service` and `service.en`), and lists inside it. */
export interface Draft {
  readonly texts: Readonly<Record<string, string>>
  readonly lists: Readonly<Record<string, readonly Draft[]>>
}

const CONTRACTS: Readonly<Record<string, Bilingual>> = {
  none: { de: 'keiner', en: 'none' },
  requested: { de: 'angefordert', en: 'requested' },
  signed: { de: 'geschlossen', en: 'signed' },
}

const PARTY: readonly FieldSpec[] = [
  { key: 'name', label: 'name', kind: 'text' },
  { key: 'address', label: 'address', kind: 'text' },
  { key: 'contact', label: 'contact', kind: 'text' },
]

const COUNTRY: FieldSpec = { key: 'country', label: 'country', kind: 'country' }

const has = (key: string, ...values: readonly string[]): ((draft: Draft) => boolean) => {
  return ({ texts }) => values.includes(texts[key] ?? '')
}

/** The fields of each kind. */
export const FORMS: Readonly<Record<RecordKind, readonly FieldSpec[]>> = {
  party: PARTY,
  purpose: [
    { key: 'name', label: 'purpose', hint: 'purposeHint', kind: 'local' },
    { key: 'basis', label: 'basis', kind: 'choice', options: BASES },
    { key: 'interest', label: 'interest', kind: 'local', shown: has('basis', 'interest') },
    { key: 'norm', label: 'norm', kind: 'local', shown: has('basis', 'task', 'duty') },
  ],
  provider: [
    ...PARTY,
    COUNTRY,
    { key: 'role', label: 'role', kind: 'choice', options: ROLES },
    { key: 'service', label: 'service', hint: 'serviceHint', kind: 'local' },
    { key: 'contract', label: 'contract', kind: 'choice', options: CONTRACTS },
    { key: 'contractDate', label: 'contractDate', kind: 'date', shown: has('contract', 'signed') },
    { key: 'safeguard', label: 'safeguard', kind: 'choice', options: SAFEGUARDS },
    { key: 'subProcessors', label: 'subProcessors', kind: 'list', of: 'sub', optional: true },
  ],
  sub: [...PARTY, COUNTRY, { key: 'service', label: 'service', hint: 'serviceHint', kind: 'local' }],
  client: [
    ...PARTY,
    { key: 'representative', label: 'representative', kind: 'text', optional: true },
    { key: 'dpo', label: 'dpo', kind: 'text', optional: true },
    { key: 'since', label: 'since', kind: 'date', optional: true },
  ],
  incident: [
    { key: 'known', label: 'known', kind: 'date' },
    { key: 'nature', label: 'nature', kind: 'local' },
    { key: 'persons', label: 'persons', kind: 'count' },
    { key: 'records', label: 'records', kind: 'count' },
    { key: 'consequences', label: 'consequences', kind: 'local' },
    { key: 'measures', label: 'measures', kind: 'local' },
    { key: 'notified', label: 'notified', kind: 'date', optional: true },
  ],
}

/** The kind of records a fact holds. */
export const RECORD_FACTS: Readonly<Record<string, RecordKind>> = {
  'use.purposes': 'purpose',
  'hosting.providers': 'provider',
  'hosting.clients': 'client',
  'org.jointControllers': 'party',
  'incident.register': 'incident',
}

/** An empty form. */
export const EMPTY: Draft = { texts: {}, lists: {} }

/** A stored record as a form. */
export function toDraft(kind: RecordKind, value: unknown): Draft {
  if (!isObject(value)) return EMPTY
  const texts: Record<string, string> = {}
  const lists: Record<string, readonly Draft[]> = {}
  if (typeof value['id'] === 'string') texts['id'] = value['id']
  for (const { key, kind: field, of } of FORMS[kind]) {
    const found = value[key]
    if (field === 'local') {
      const { de, en } = localDraft(found)
      texts[key] = de
      texts[`${key}.en`] = en
    } else if (field === 'list') {
      lists[key] = of === undefined || !Array.isArray(found) ? [] : found.map((each) => toDraft(of, each))
    } else if (typeof found === 'string' || typeof found === 'number') texts[key] = String(found)
  }
  return { texts, lists }
}

/** The record, or the fields that are missing or wrong. */
export type Filled =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly missing: readonly string[] }

/**
 * A form as a record.
 * @param taken ids of the other providers: a new one gets an id of its own
 */
export function toValue(kind: RecordKind, draft: Draft, taken: readonly string[] = []): Filled {
  const value: Record<string, unknown> = {}
  const missing: string[] = []
  for (const field of FORMS[kind]) {
    if (field.shown?.(draft) === false) continue
    const found = fieldValue(field, draft)
    if (found !== undefined) value[field.key] = found
    else if (field.optional !== true || (draft.texts[field.key] ?? '').trim() !== '') missing.push(field.key)
  }
  if (missing.length > 0) return { ok: false, missing }
  if (kind === 'provider') {
    const own = draft.texts['id'] ?? ''
    value['id'] = own === '' ? shortId(draft.texts['name'] ?? '', taken) : own
  }
  return { ok: true, value }
}

function fieldValue({ key, kind, of }: FieldSpec, { texts, lists }: Draft): unknown {
  const text = (texts[key] ?? '').trim()
  switch (kind) {
    case 'local':
      return localValue({ de: text, en: texts[`${key}.en`] ?? '' })
    case 'count':
      return wholeNumber(text)
    case 'list': {
      const filled = (lists[key] ?? []).map((each) => toValue(of ?? 'party', each))
      return filled.flatMap((each) => (each.ok ? [each.value] : []))
    }
    case 'text':
    case 'choice':
    case 'country':
    case 'date':
      return text === '' ? undefined : text
  }
}

/** How an entry is called in the list. */
export function nameOf(kind: RecordKind, { texts }: Draft): string {
  return (kind === 'incident' ? texts['known'] : texts['name']) ?? ''
}
