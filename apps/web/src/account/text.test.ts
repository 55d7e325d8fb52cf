// Both catalogues of accounts say the same things in their own words.
import { expect, test } from 'vitest'
import { accountDe } from './text-de.ts'
import { accountEn } from './text-en.ts'

function flatten(value: unknown, path: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]]
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, `${path}.${key}`))
}

const said = (value: unknown): string =>
  typeof value === 'function' ? String(value('2', '3')) : String(value)

test('the same keys, kinds and gaps, and nothing empty or untranslated', () => {
  const german = new Map(flatten(accountDe, ''))
  const english = new Map(flatten(accountEn, ''))
  expect([...english.keys()].sort()).toEqual([...german.keys()].sort())
  const odd = [...german].filter(([key, value]) => {
    const other = english.get(key)
    const same = said(other) === said(value) && key !== '.own.passkeysHeading'
    return typeof other !== typeof value || said(value).trim() === '' || same
  })
  expect(odd).toEqual([])
})
