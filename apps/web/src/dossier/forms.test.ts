// Records and provider checks: every stored one goes through the form unchanged, and fits the form of its fact.
import { type FactId, checkProcessor, readFacts } from '@runde/dossier'
import { describe, expect, it } from 'vitest'
import {
  checkDraft,
  checkValue,
  clauseOf,
  measureOf,
  missingFields,
  shownText,
  withText,
} from './check-draft.ts'
import { EMPTY, RECORD_FACTS, toDraft, toValue } from './record-forms.ts'
import { sheetOf } from './testing/fixtures.ts'

function listOf(name: string, fact: FactId): readonly unknown[] {
  const entry = sheetOf(name)[fact]
  const value: unknown = entry !== undefined && 'value' in entry ? entry.value : undefined
  return Array.isArray(value) ? value : []
}

/** Whether the engine takes the value for the fact. */
function fits(fact: string, value: unknown): boolean {
  const entry = { value, source: 'declared', at: '2026-11-20T10:00:00Z' }
  return readFacts(JSON.stringify({ format: 'runde-facts/1', facts: { [fact]: entry } })).ok
}

const INCIDENT = {
  known: '2026-11-02',
  nature: { de: 'Falscher Link', en: 'wrong link' },
  persons: 3,
  records: 0,
  consequences: 'keine',
  measures: 'Link ersetzt',
}

describe('records', () => {
  it.each([
    ['law-practice', 'use.purposes'],
    ['law-practice', 'hosting.providers'],
    ['hoster', 'hosting.clients'],
    ['protestant-parish', 'use.purposes'],
    ['public-school', 'hosting.providers'],
  ] as const)('%s: %s go through the form unchanged', (name, fact) => {
    const list = listOf(name, fact)
    expect(list.length).toBeGreaterThan(0)
    const kind = RECORD_FACTS[fact] ?? 'party'
    const again = list.map((each) => toValue(kind, toDraft(kind, each)))
    expect(again).toEqual(list.map((value) => ({ ok: true, value })))
  })

  it('an incident goes through the form unchanged, also with nothing counted', () => {
    expect(toValue('incident', toDraft('incident', INCIDENT))).toEqual({ ok: true, value: INCIDENT })
    expect(fits('incident.register', [INCIDENT])).toBe(true)
  })

  it('an empty form names what is missing, and only what is asked', () => {
    expect(toValue('purpose', EMPTY)).toEqual({ ok: false, missing: ['name', 'basis'] })
    const interest = { texts: { name: 'Vorträge', basis: 'interest' }, lists: {} }
    expect(toValue('purpose', interest)).toEqual({ ok: false, missing: ['interest'] })
    expect(toValue('client', EMPTY)).toEqual({ ok: false, missing: ['name', 'address', 'contact'] })
  })

  it('what no longer arises is left out', () => {
    const texts = { name: 'Sitzungen', basis: 'contract', interest: 'früher eingetragen' }
    expect(toValue('purpose', { texts, lists: {} })).toEqual({
      ok: true,
      value: { name: 'Sitzungen', basis: 'contract' },
    })
  })

  it('a new provider gets an id of its own and fits', () => {
    const texts = {
      name: 'Musterhosting GmbH',
      address: 'Serverallee 5',
      contact: 'info@muster.example',
      country: 'DE',
      role: 'hosting',
      service: 'virtueller Server',
      contract: 'none',
      safeguard: 'notNeeded',
    }
    const filled = toValue('provider', { texts, lists: {} }, ['musterhosting-gmbh'])
    expect(filled).toMatchObject({ ok: true, value: { id: 'musterhosting-gmbh-2', subProcessors: [] } })
    expect(filled.ok && fits('hosting.providers', [filled.value])).toBe(true)
  })
})

describe('checks', () => {
  const [stored] = listOf('law-practice', 'hosting.checks')

  it('go through the form unchanged', () => {
    expect(checkValue('musterhosting', checkDraft(stored))).toEqual(stored)
    expect(missingFields(checkDraft(stored))).toEqual([])
  })

  it('an empty form lacks its head, and everything speaks against the provider', () => {
    const empty = checkDraft(undefined)
    expect(missingFields(empty)).toEqual(['contractVersion', 'contractHash', 'examiner', 'date', 'nextDate'])
    const { use, clauses, gaps } = checkProcessor(checkValue('x', empty))
    expect([use, clauses.length, gaps.length]).toEqual([false, 8, 11])
  })

  it('one measure below the own level is a gap until somebody says what makes up for it', () => {
    const whole = checkDraft(stored)
    const low = { ...measureOf(whole, 'recovery'), own: 4, provider: 2 } as const
    const short = { ...whole, measures: new Map(whole.measures).set('recovery', low) }
    expect(checkProcessor(checkValue('x', short)).gaps).toEqual(['recovery'])
    const reasoned = { ...low, compensation: { de: 'eigene Sicherung', en: '' } }
    const made = { ...whole, measures: new Map(whole.measures).set('recovery', reasoned) }
    expect(checkProcessor(checkValue('x', made)).use).toBe(true)
  })

  it('a clause that is met partly speaks against the provider', () => {
    const whole = checkDraft(stored)
    const partly = { ...clauseOf(whole, 'd'), result: 'partly' } as const
    const draft = { ...whole, clauses: new Map(whole.clauses).set('d', partly) }
    expect(checkProcessor(checkValue('x', draft)).clauses).toEqual(['d'])
  })

  it('a remark in two languages keeps the other one when one changes', () => {
    const both = { de: 'Büro', en: 'office' }
    expect(withText(both, 'en', 'back office')).toEqual({ de: 'Büro', en: 'back office' })
    expect(shownText({ de: 'Büro', en: '' }, 'en')).toBe('Büro')
    expect(withText({ de: 'Büro', en: '' }, 'en', 'Amt')).toEqual({ de: 'Amt', en: '' })
  })
})
