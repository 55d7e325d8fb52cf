import { expect, test } from 'vitest'
import { dossier } from '../dossier.ts'
import { NOW, organisation } from '../testing/organisations.ts'
import { sheetWith } from '../testing/variants.ts'
import { canonicalJson } from './canonical.ts'
import { compare } from './compare.ts'

const before = dossier(organisation('association'), { language: 'de', now: NOW }).documents

test('an unchanged set has no changes, whatever the day', () => {
  expect(compare(before, before)).toEqual([])
  const again = dossier(organisation('association'), { language: 'de', now: NOW }).documents
  expect(canonicalJson(again)).toBe(canonicalJson(before))
})

test('a changed setting names the sentences, their old and new words, and the fact', () => {
  const after = dossier(sheetWith(organisation('association'), { 'log.addresses': true }), {
    language: 'de',
    now: NOW,
  }).documents
  const changes = compare(before, after)
  expect(changes.map(({ document }) => document)).toEqual(
    expect.arrayContaining(['notice', 'notice-short', 'record', 'measures', 'deletion', 'reasons']),
  )
  const address = changes
    .flatMap(({ sentences }) => sentences)
    .find(({ document, sentence }) => document === 'notice' && sentence === 'notice.address')
  expect(address).toMatchObject({ kind: 'changed', section: 'data' })
  expect(address?.before).toContain('gespeichert wird sie nicht')
  expect(address?.after).toContain('wird im Betriebsprotokoll gespeichert')
  expect(address?.because).toEqual([
    { fact: 'log.addresses', label: 'Netzadressen im Protokoll', before: 'false', after: 'true' },
  ])
  const gone = changes
    .flatMap(({ sentences }) => sentences)
    .find(({ sentence }) => sentence === 'reason.noAddresses')
  expect(gone).toMatchObject({ kind: 'removed', after: '' })
  expect(gone?.because.map(({ fact }) => fact)).toEqual(['log.addresses'])
})

test('every change of a single fact is explained by it', () => {
  const values = {
    'feature.recording': 'on',
    'use.minors': true,
    'hosting.support': true,
    'keep.rooms': 'P7D',
  } as const
  for (const [fact, value] of Object.entries(values)) {
    const after = dossier(sheetWith(organisation('association'), { [fact]: value }), {
      language: 'de',
      now: NOW,
    }).documents
    const sentences = compare(before, after).flatMap((change) => change.sentences)
    expect(sentences.length).toBeGreaterThan(0)
    for (const sentence of sentences) expect(sentence.because.map((each) => each.fact)).toContain(fact)
  }
})

test('a new document is added as a whole', () => {
  const parish = dossier(organisation('protestant-parish'), { language: 'de', now: NOW }).documents
  const without = parish.filter(({ kind }) => kind !== 'processor-check')
  expect(compare(without, parish)).toMatchObject([
    { document: 'processor-check-kirchenhosting', kind: 'added' },
  ])
  expect(compare(parish, without)).toMatchObject([
    { document: 'processor-check-kirchenhosting', kind: 'removed' },
  ])
})

test('equal values have one canonical text', () => {
  expect(canonicalJson({ b: 1, a: [{ d: undefined, c: 2 }] })).toBe('{"a":[{"c":2}],"b":1}')
})
