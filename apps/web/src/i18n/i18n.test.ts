// Both catalogues say the same things: same keys, same kinds, same numbers of gaps, nothing left empty or untranslated.
import { describe, expect, it } from 'vitest'
import { de } from './de.ts'
import { en } from './en.ts'
import { pickLang } from './i18n.ts'

function flatten(value: unknown, path: string): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[path, value]])
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...flatten(inner, `${path}.${key}`)]))
}

const german = flatten(de, '')
const english = flatten(en, '')

// Words that are the same in both languages.
const SHARED = new Set([
  '.app.german',
  '.app.english',
  '.start.title',
  '.permission.browser',
  '.permission.chrome',
  '.permission.firefox',
  '.permission.safari',
])

function said(value: unknown): string {
  // One sample for all gaps: numbers, booleans and names may stand there.
  return typeof value === 'function' ? String(value(2, true, false)) : String(value)
}

describe('catalogues', () => {
  it('have the same keys both ways', () => {
    expect([...english.keys()].sort()).toEqual([...german.keys()].sort())
  })

  it('have the same kind and the same number of gaps at every key', () => {
    const kinds = (catalogue: Map<string, unknown>): string[] =>
      [...catalogue]
        .map(([key, value]) => `${key} ${typeof value === 'function' ? value.length : 'text'}`)
        .sort()
    expect(kinds(english)).toEqual(kinds(german))
  })

  it('leave nothing empty and nothing untranslated', () => {
    const empty = [...german, ...english].filter(([, value]) => said(value).trim() === '').map(([key]) => key)
    const same = [...german]
      .filter(([key, value]) => said(value) === said(english.get(key)))
      .map(([key]) => key)
    expect(empty).toEqual([])
    expect(same.filter((key) => !SHARED.has(key))).toEqual([])
  })

  it('use no contraction in English and no starred or inner capital form in German', () => {
    for (const value of english.values()) expect(said(value)).not.toMatch(/n't|'re|'ll|'s\b/)
    for (const value of german.values()) expect(said(value)).not.toMatch(/\p{Ll}[*:_]in|\p{Ll}In(nen)?\b/u)
  })

  it('say nothing about what is not built', () => {
    for (const value of [...german.values(), ...english.values()]) {
      expect(said(value)).not.toMatch(/verschlüssel|encrypt|passwor|warteraum|lobby|bewiesen|proven/i)
    }
  })

  it('form the singular', () => {
    expect(de.desk.inRoom(1)).toBe('1 Person im Raum')
    expect(en.join.present(1)).toBe('1 person is already here.')
  })
})

describe('pickLang', () => {
  it('takes the first language it speaks', () => {
    expect(pickLang(['fr-FR', 'en-GB', 'de'])).toBe('en')
    expect(pickLang(['de-AT'])).toBe('de')
  })

  it('falls back to German', () => {
    expect(pickLang([])).toBe('de')
    expect(pickLang(['fr', 'pl'])).toBe('de')
  })
})
