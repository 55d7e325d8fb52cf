import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { dossier } from '../dossier.ts'
import type { FactSheet } from '../facts/sheet.ts'
import { sentenceText, sentencesOf } from '../model/walk.ts'
import { NOW, organisation } from '../testing/organisations.ts'
import { sheetWith } from '../testing/variants.ts'
import { SLOTS } from './pack-form.ts'
import { readPacks } from './pack-file.ts'
import type { RulePack } from './rule.ts'

const TITLE = { de: 'Land Thüringen, eigene Fassung', en: 'Land of Thuringia, own edition' }

const LAND = {
  id: 'land-th',
  title: TITLE,
  validFrom: '2026-01-01',
  extends: true,
  rules: [
    {
      id: 'school-act',
      basis: [{ de: '§ 9 Beispielgesetz', en: 'section 9 Example Act' }, { gdpr: '6(3)' }],
      validFrom: '2026-01-01',
      when: {
        all: [
          { fact: 'org.sector', is: 'publicSchool' },
          { fact: 'use.minors', is: true },
        ],
      },
      sentences: [
        {
          slot: 'notice.purposes',
          text: { de: 'Im Land {org.land} gilt mehr.', en: 'More holds in {org.land}.' },
        },
      ],
      finding: {
        kind: 'risk',
        documents: ['notice'],
        message: {
          de: 'Schulkonferenz fragen ({use.monthly}).',
          en: 'Ask the school conference ({use.monthly}).',
        },
        remedy: { de: 'Beschluss einholen.', en: 'Obtain a decision.' },
      },
    },
  ],
}

function file(...packs: readonly unknown[]): string {
  return JSON.stringify({ format: 'runde-packs/1', packs })
}

function packsOf(...packs: readonly unknown[]): readonly RulePack[] {
  const result = readPacks(file(...packs))
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.packs
}

function said(sheet: FactSheet, packs: readonly RulePack[], id: string, now = NOW): string {
  const found = dossier(sheet, { language: 'de', now, packs }).documents.find(
    (document) => document.id === id,
  )
  return found === undefined
    ? ''
    : sentencesOf(found)
        .map(({ sentence }) => sentenceText(sentence))
        .join('\n')
}

test('a pack from a file adds sentences and findings with facts in their texts, and keeps what it extends', () => {
  const school = organisation('public-school')
  const packs = packsOf(LAND)
  const notice = said(school, packs, 'notice')
  expect(notice).toContain('Im Land Thüringen gilt mehr.')
  expect(notice).toContain('die oder der Thüringer Landesbeauftragte')
  const { findings, documents } = dossier(school, { language: 'de', now: NOW, packs })
  expect(findings).toContainEqual(
    expect.objectContaining({
      id: 'land-th-school-act',
      basis: expect.arrayContaining([{ de: '§ 9 Beispielgesetz', en: 'section 9 Example Act' }]),
    }),
  )
  expect(findings.find(({ id }) => id === 'land-th-school-act')?.message.de).toBe(
    'Schulkonferenz fragen (600 Personen im Monat).',
  )
  expect(documents[0]?.version.packs.map(({ title }) => title)).toContain(TITLE.de)
  const notSchool = sheetWith(school, { 'use.minors': false })
  expect(said(notSchool, packs, 'notice')).not.toContain('gilt mehr')
})

test('from its day on a pack takes the place of the delivered one, until then that one stays', () => {
  const authority = { name: { de: 'das neue Amt', en: 'the new office' }, short: 'Amt' }
  const next = {
    id: 'land-th',
    title: TITLE,
    validFrom: '2027-01-01',
    when: { fact: 'org.land', is: 'TH' },
    authority,
    rules: [],
  }
  const school = organisation('public-school')
  const packs = packsOf(next)
  expect(said(school, packs, 'notice')).toContain('Thüringer Landesbeauftragte')
  const later = said(school, packs, 'notice', Date.UTC(2027, 0, 2))
  expect(later).toContain('das neue Amt')
  expect(later).not.toContain('Thüringer Landesbeauftragte')
})

test('two editions of one pack follow each other; the later rule takes the place of the earlier', () => {
  const rule = { ...LAND.rules[0], finding: undefined, when: undefined }
  const text = (de: string): unknown => [
    { ...rule, sentences: [{ slot: 'notice.purposes', text: { de, en: de } }] },
  ]
  const packs = packsOf(
    { ...LAND, validUntil: '2026-12-01', rules: text('Erste Fassung.') },
    { ...LAND, validFrom: '2026-12-01', rules: text('Zweite Fassung.') },
  )
  const school = organisation('public-school')
  expect(said(school, packs, 'notice')).toContain('Erste Fassung.')
  const later = said(school, packs, 'notice', Date.UTC(2026, 11, 2))
  expect(later).toContain('Zweite Fassung.')
  expect(later).not.toContain('Erste Fassung.')
})

test('the section numbers of a church law are data as well', () => {
  const regime = {
    id: 'dsg-ekd',
    short: { de: 'DSG-EKD', en: 'DSG-EKD' },
    name: { de: 'EKD-Datenschutzgesetz', en: 'EKD Data Protection Act' },
    sections: { 13: '99' },
  }
  const packs = packsOf({
    id: 'dsg-ekd',
    title: TITLE,
    validFrom: '2026-11-01',
    extends: true,
    regime,
    rules: [],
  })
  const found = dossier(organisation('protestant-parish'), { language: 'de', now: NOW, packs }).documents[0]
  expect(found?.subtitle).toContain('§ 99 DSG-EKD')
})

test('the example of the handbook can be read and applied', () => {
  const example = readFileSync(
    new URL('../../../../docs/privacy/rule-pack-example.json', import.meta.url),
    'utf8',
  )
  const result = readPacks(example)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  expect(said(organisation('public-school'), result.packs, 'notice')).toContain(
    'An dieser Schule (Gemeinschaftsschule Beispielstadt) bleibt die Kamera freigestellt.',
  )
})

test('every slot prints', () => {
  const rules = SLOTS.map((slot, index) => ({
    id: `slot-${index}`,
    basis: [{ gdpr: '5' }],
    validFrom: '2020-01-01',
    sentences: [{ slot, text: { de: `Steht in ${slot}.`, en: `Stands in ${slot}.` } }],
  }))
  const packs = packsOf({ id: 'everywhere', title: TITLE, validFrom: '2020-01-01', rules })
  const all = dossier(organisation('hoster'), { language: 'de', now: NOW, packs })
    .documents.flatMap((document) => sentencesOf(document))
    .map(({ sentence }) => sentenceText(sentence))
  for (const slot of SLOTS) expect(all).toContain(`Steht in ${slot}.`)
})

test.each([
  ['no JSON', '{', ''],
  ['another format', JSON.stringify({ format: 'x', packs: [] }), 'format'],
  ['a misspelt key', file({ ...LAND, vaildUntil: '2027-01-01' }), 'packs.0'],
  [
    'a rule without legal basis',
    file({ ...LAND, rules: [{ ...LAND.rules[0], basis: [] }] }),
    'packs.0.rules.0.basis',
  ],
  ['a day that does not exist', file({ ...LAND, validFrom: '2026-02-30' }), 'packs.0.validFrom'],
  ['one language', file({ ...LAND, title: { de: 'x' } }), 'packs.0.title.en'],
  ['an unknown fact', file({ ...LAND, when: { fact: 'org.nothing', is: 1 } }), 'packs.0.when'],
  [
    'a value no fact can have',
    file({ ...LAND, when: { fact: 'org.land', in: ['TH', 'XX'] } }),
    'packs.0.when',
  ],
  ['extending what does not exist', file({ ...LAND, id: 'land-xx' }), 'packs.0.extends'],
  ['two editions at once', file(LAND, LAND), 'packs.1.id'],
  [
    'an unknown fact in a text',
    file({
      ...LAND,
      rules: [{ ...LAND.rules[0], sentences: [{ slot: 'notice.data', text: { de: '{x.y}', en: 'z' } }] }],
    }),
    'packs.0.rules.0',
  ],
  ['a very deep condition', file({ ...LAND, when: deep(5000) }), ''],
])('%s is refused with its place', (_, text, place) => {
  const result = readPacks(text)
  expect(result.ok ? 'taken' : result.problems.map((problem) => problem.place)).toContain(place)
})

function deep(levels: number): unknown {
  let inner: unknown = { fact: 'org.land', is: 'TH' }
  for (let level = 0; level < levels; level++) inner = { not: inner }
  return inner
}
