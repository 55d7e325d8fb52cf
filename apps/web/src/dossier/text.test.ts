// Both catalogues of documents and data protection centre say the same things, and promise nothing that nobody can keep.
import { describe, expect, it } from 'vitest'
import { approvalDe } from './approval-de.ts'
import { approvalEn } from './approval-en.ts'
import { dscDe } from './text-de.ts'
import { dscEn } from './text-en.ts'

function flatten(value: unknown, path: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]]
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, `${path}.${key}`))
}

const german = new Map(flatten({ ...dscDe, approval: approvalDe }, ''))
const english = new Map(flatten({ ...dscEn, approval: approvalEn }, ''))

function spoken(value: unknown): string {
  return typeof value === 'function' ? String(value(2, 3, 4)) : String(value)
}

describe('catalogues', () => {
  it('have the same keys, kinds and gaps', () => {
    const kinds = (catalogue: Map<string, unknown>): string[] =>
      [...catalogue].map(([key, v]) => `${key} ${typeof v === 'function' ? v.length : 'text'}`).sort()
    expect(kinds(english)).toEqual(kinds(german))
  })

  it('leave nothing empty and nothing untranslated', () => {
    // Names of formats, and words that are the same in both languages.
    const shared = /^\.(downloadAs\..*|sections\.organisation)$/
    const same = [...german].filter(([key, value]) => spoken(value) === spoken(english.get(key)))
    expect(same.map(([key]) => key).filter((key) => !shared.test(key))).toEqual([])
    for (const value of [...german.values(), ...english.values()]) expect(spoken(value).trim()).not.toBe('')
  })

  it('promise nothing absolute', () => {
    for (const value of [...german.values(), ...english.values()])
      expect(spoken(value)).not.toMatch(/DSGVO-konform|GDPR.compliant|100 ?%|abhörsicher|rechtssicher/i)
  })
})
