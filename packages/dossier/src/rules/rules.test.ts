import { describe, expect, test } from 'vitest'
import { dossier } from '../dossier.ts'
import { MEASURE_IDS } from '../processors/words.ts'
import type { FactSheet } from '../facts/sheet.ts'
import type { Land } from '../facts/values.ts'
import { LAENDER } from '../facts/options.ts'
import type { FindingKind } from '../model/finding.ts'
import { sentenceText, sentencesOf } from '../model/walk.ts'
import { CASES } from '../testing/cases.ts'
import { NOW, organisation } from '../testing/organisations.ts'
import { sheetWith } from '../testing/variants.ts'
import { AUTHORITIES } from './authorities.ts'
import { DEFAULT_PACKS } from './packs.ts'
import { inForce } from './rule.ts'

function findings(sheet: FactSheet): { id: string; kind: FindingKind; blocks: boolean }[] {
  return dossier(sheet, { language: 'de', now: NOW }).findings.map(({ id, kind, blocks }) => ({
    id,
    kind,
    blocks,
  }))
}

function documentText(sheet: FactSheet, id: string): string {
  const found = dossier(sheet, { language: 'de', now: NOW }).documents.find((document) => document.id === id)
  return found === undefined
    ? ''
    : sentencesOf(found)
        .map(({ sentence }) => sentenceText(sentence))
        .join('\n')
}

test.each(CASES)('%s (%s): %s', (id, kind, name, values) => {
  const after = findings(sheetWith(organisation(name), values))
  expect(after).toContainEqual({ id, kind, blocks: ['missing', 'contradiction', 'red'].includes(kind) })
  const before = findings(organisation(name)).map((each) => each.id)
  expect(before.includes(id)).toBe(Object.keys(values).length === 0)
})

test('every rule that finds something has a case here', () => {
  const finding = DEFAULT_PACKS.flatMap(({ rules }) => rules).filter((rule) => rule.finding !== undefined)
  // The three are tried below: clause by clause, measure by measure, and with proofs that are too old.
  const known = new Set([...CASES.map(([id]) => id), 'check-failed', 'check-overdue', 'unproven'])
  expect(finding.map(({ id }) => id).filter((id) => !known.has(id))).toEqual([])
})

test('proofs that are too old are named', () => {
  const later = NOW + 30 * 86_400_000
  const { findings: found } = dossier(organisation('association'), { language: 'de', now: later })
  expect(found.find(({ id }) => id === 'unproven')?.message.de).toContain('Alter der letzten Sicherungskopie')
  expect(findings(organisation('association')).map(({ id }) => id)).not.toContain('unproven')
})

test('72 hours of diagnosis are allowed', () => {
  const sheet = sheetWith(organisation('association'), { 'feature.debugLog': 'on', 'keep.debugLog': 'PT72H' })
  expect(findings(sheet).map(({ id }) => id)).not.toContain('debug-too-long')
})

describe('one uncompensated gap means: do not use', () => {
  const entry = organisation('protestant-parish')['hosting.checks']
  const check = entry === undefined || 'unknown' in entry ? undefined : entry.value[0]
  if (check === undefined) throw new Error('the fixture has no check')

  test.each(MEASURE_IDS)('%s', (measure) => {
    const weaker = check.measures.map((each) =>
      each.measure === measure ? { ...each, own: 4 as const, provider: 3 as const } : each,
    )
    const sheet = sheetWith(organisation('protestant-parish'), {
      'hosting.checks': [{ ...check, measures: weaker }],
    })
    expect(findings(sheet).map(({ id }) => id)).toContain('check-failed')
    expect(documentText(sheet, 'processor-check-kirchenhosting')).toContain(
      'Den Dienstleister nicht einsetzen.',
    )
    const compensated = weaker.map((each) =>
      each.measure === measure ? { ...each, compensation: 'Eigene Maßnahme' } : each,
    )
    const mended = sheetWith(sheet, { 'hosting.checks': [{ ...check, measures: compensated }] })
    expect(findings(mended).map(({ id }) => id)).not.toContain('check-failed')
  })

  test.each(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const)(
    'clause %s missing, partly met or not checked',
    (letter) => {
      const change = (result: 'partly' | 'missing' | undefined): FactSheet =>
        sheetWith(organisation('protestant-parish'), {
          'hosting.checks': [
            {
              ...check,
              clauses: check.clauses.flatMap((each) =>
                each.letter !== letter ? [each] : result === undefined ? [] : [{ ...each, result }],
              ),
            },
          ],
        })
      for (const result of ['partly', 'missing', undefined] as const) {
        expect(findings(change(result)).map(({ id }) => id)).toContain('check-failed')
      }
    },
  )

  test('a check whose next date has passed is overdue', () => {
    const sheet = sheetWith(organisation('protestant-parish'), {
      'hosting.checks': [{ ...check, nextDate: '2026-11-22' }],
    })
    expect(findings(sheet).map(({ id }) => id)).toContain('check-overdue')
  })
})

test.each(Object.keys(LAENDER))('%s has its authority', (land) => {
  const id = land as Land
  const text = documentText(sheetWith(organisation('association'), { 'org.land': id }), 'notice')
  expect(text).toContain(AUTHORITIES[id].private.name.de)
})

test('Bavaria has one authority for public bodies and one for all others', () => {
  const school = documentText(sheetWith(organisation('public-school'), { 'org.land': 'BY' }), 'notice')
  expect(school).toContain('Bayerische Landesbeauftragte für den Datenschutz')
  expect(school).not.toContain('Landesamt für Datenschutzaufsicht')
  const practice = documentText(organisation('law-practice'), 'notice')
  expect(practice).toContain('Bayerische Landesamt für Datenschutzaufsicht')
})

test.each(['protestantChurch', 'catholicChurch'] as const)(
  '%s cites its own law and authority only',
  (sector) => {
    const sheet = sheetWith(organisation('protestant-parish'), { 'org.sector': sector })
    const set = dossier(sheet, { language: 'de', now: NOW })
    const text = set.documents
      .flatMap((document) => [
        document.subtitle,
        ...sentencesOf(document).map(({ sentence }) => sentenceText(sentence)),
      ])
      .join('\n')
    expect(text).not.toMatch(/Art\. \d+[^.]*DSGVO|BDSG|Hessische/)
    expect(text).toMatch(sector === 'protestantChurch' ? /§ 17 DSG-EKD/ : /§ 15 KDG/)
    const citations = set.documents
      .flatMap(sentencesOf)
      .flatMap(({ sentence }) =>
        sentence.provenance.flatMap((each) => (each.kind === 'law' ? [each.citation] : [])),
      )
    expect(citations.filter((citation) => citation.includes('DSGVO'))).toEqual([])
  },
)

test('72 hours are the GDPR’s; the Protestant church says without delay', () => {
  expect(documentText(organisation('association'), 'breach')).toContain('72 Stunden')
  const parish = documentText(organisation('protestant-parish'), 'breach')
  expect(parish).not.toContain('72')
  expect(parish).toContain('§ 32 DSG-EKD')
})

test('a rule holds from its first day to the day before its last', () => {
  const rule = { validFrom: '2025-05-01', validUntil: '2026-03-01' }
  expect(['2025-04-30', '2025-05-01', '2026-02-28', '2026-03-01'].map((day) => inForce(rule, day))).toEqual([
    false,
    true,
    true,
    false,
  ])
})

test('packs can be exchanged: without the Land no authority is named', () => {
  const packs = DEFAULT_PACKS.filter(({ id }) => !id.startsWith('land-'))
  const set = dossier(organisation('association'), { language: 'de', now: NOW, packs })
  const notice = set.documents.find(({ id }) => id === 'notice')
  const text = (notice === undefined ? [] : sentencesOf(notice))
    .map(({ sentence }) => sentenceText(sentence))
    .join(' ')
  expect(text).toContain('Für uns zuständig ist noch nicht angegeben')
  expect(notice?.version.packs.map(({ id }) => id)).toEqual(['gdpr', 'base'])
})

test('every rule has a name of its own, and a citation in every pack', () => {
  const rules = DEFAULT_PACKS.flatMap((pack) => pack.rules)
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
  for (const rule of rules) {
    expect(rule.basis.length).toBeGreaterThan(0)
    expect(rule.clauses !== undefined || rule.finding !== undefined).toBe(true)
  }
})
