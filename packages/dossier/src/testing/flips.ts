// Test code: other values a fact could have, so that every fact can be flipped.
import type { FactEntry, FactSheet } from '../facts/sheet.ts'
import { withFact } from '../facts/sheet.ts'
import { FACTS } from '../facts/table.ts'
import type { FactId, FactValues } from '../facts/values.ts'

const AT = '2026-11-23T06:00:00Z'

/** Every sheet that differs from this one in this fact alone: other values, "I do not know", not stated. */
export function flips(sheet: FactSheet, id: FactId): FactSheet[] {
  const now = sheet[id]
  const value = now === undefined || 'unknown' in now ? undefined : now.value
  const others = otherValues(id, value).map((other) => withFact(sheet, id, entryOf(id, other)))
  const absent = now === undefined ? [] : [withFact(sheet, id, undefined)]
  return [...others, ...absent]
}

function entryOf<K extends FactId>(id: K, value: unknown): FactEntry<K> {
  const parsed = FACTS[id].schema.safeParse(value)
  if (!parsed.success) throw new Error(`not a value of ${id}: ${JSON.stringify(value)}`)
  return { value: value as FactValues[K], source: FACTS[id].by, at: AT }
}

function otherValues(id: FactId, value: unknown): unknown[] {
  const { shown } = FACTS[id]
  switch (shown.kind) {
    case 'yesNo':
      return value === undefined ? [true, false] : [value !== true]
    case 'choice':
      return shown.options.map((option) => option.value).filter((option) => option !== value)
    case 'choices':
      return choicesOtherThan(
        shown.options.map((option) => option.value),
        value,
      )
    case 'number':
      return [
        ...new Set([0, 2, 25, 64, 1000, Number(value ?? 1) + 1, Math.max(Number(value ?? 1) - 1, 0)]),
      ].filter((count) => count !== value)
    case 'date':
      return ['2025-02-03']
    case 'period':
      return ['P400D', 'PT1H', 'manual', 'none'].filter((period) => period !== value)
    case 'text':
      return id === 'probe.tls' ? ['TLS 1.2', 'TLS 1.0'] : ['Anderer Wert 4711']
    case 'longText':
      return ['Ganz etwas anderes 4711']
    case 'records':
      return recordsOtherThan(id, Array.isArray(value) ? value : [])
  }
}

function choicesOtherThan(options: readonly string[], value: unknown): unknown[] {
  const now = Array.isArray(value) ? value : []
  return options.map((option) =>
    now.includes(option) ? now.filter((each) => each !== option) : [...now, option],
  )
}

/** Without one record, with one more, and with each field of each record changed. */
function recordsOtherThan(id: FactId, records: readonly unknown[]): unknown[] {
  const more = EXTRA[id]
  return [
    ...(more ?? []).map((extra) => [...records, extra]),
    ...records.slice(0, 3).map((_, index) => records.filter((__, other) => other !== index)),
    ...records
      .slice(0, 2)
      .flatMap((record, index) =>
        changedRecords(id, record).map((changed) =>
          records.map((each, other) => (other === index ? changed : each)),
        ),
      ),
  ]
}

function changedRecords(id: FactId, record: unknown): unknown[] {
  if (typeof record !== 'object' || record === null) return []
  return Object.entries(record)
    .filter(([key]) => key !== 'id' && key !== 'provider')
    .flatMap(([key, value]) => changedField(value).map((changed) => ({ ...record, [key]: changed })))
    .filter((changed) => FACTS[id].schema.safeParse([changed]).success)
}

function changedField(value: unknown): unknown[] {
  if (typeof value === 'boolean') return [!value]
  if (typeof value === 'number') return [value + 1]
  if (typeof value === 'string') {
    return [
      '2025-01-01',
      'ZZ',
      'none',
      'requested',
      'telephone',
      'cookie',
      'consent',
      'interest',
      'Anderer 4711',
    ]
  }
  if (Array.isArray(value)) {
    const less = value.slice(1)
    const inner = value
      .slice(0, 2)
      .flatMap((each: unknown, index) =>
        typeof each === 'object' && each !== null
          ? Object.entries(each).flatMap(([key, field]) =>
              changedField(field).map((changed) =>
                value.map((old, other) => (other === index ? { ...(old as object), [key]: changed } : old)),
              ),
            )
          : [],
      )
    return [less, ...inner]
  }
  return ['Anderer 4711']
}

const PARTY = { name: 'Andere Stelle', address: 'Ort 4711', contact: 'andere@stelle.example' }

const EXTRA: Partial<Record<FactId, readonly unknown[]>> = {
  'org.jointControllers': [PARTY],
  'use.purposes': [
    { name: 'Anderer Zweck', basis: 'interest', interest: 'anderes Interesse' },
    { name: 'Anderer Zweck', basis: 'consent' },
    { name: 'Anderer Zweck', basis: 'task' },
    { name: 'Anderer Zweck', basis: 'contract' },
  ],
  'hosting.providers': [
    {
      ...PARTY,
      id: 'andere',
      role: 'telephone',
      service: 'Telefon',
      contract: 'none',
      safeguard: 'none',
      country: 'US',
      subProcessors: [],
    },
    {
      ...PARTY,
      id: 'andere',
      role: 'mail',
      service: 'Post',
      contract: 'none',
      safeguard: 'none',
      country: 'US',
      subProcessors: [{ ...PARTY, country: 'US', service: 'x' }],
    },
  ],
  'surroundings.logs': [
    { service: 'Apache', state: 'logs', holds: ['addresses'], kept: 'P30D' },
    { service: 'Apache', state: 'logs', holds: ['addresses'], kept: 'P5D' },
    { service: 'coturn', state: 'unclear', holds: [] },
  ],
  'hosting.clients': [PARTY],
  'ice.foreignHosts': ['stun.example'],
  'outbound.hosts': [{ host: 'updates.example', purpose: 'Aktualisierung', country: 'US' }],
  'browser.entries': [{ key: 'neu', where: 'cookie', purpose: 'x', lifetime: 'y', necessary: false }],
  'incident.register': [
    {
      known: '2026-01-02',
      nature: 'x',
      persons: 1,
      records: 2,
      consequences: 'y',
      measures: 'z',
      notified: '2026-01-03',
    },
  ],
}
