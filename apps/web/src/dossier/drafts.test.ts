// What people type becomes the value of a fact, and comes back as they typed it.
import { describe, expect, it } from 'vitest'
import { localDraft, localValue, periodDraft, periodValue, shortId, wholeNumber } from './drafts.ts'

describe('texts in two languages', () => {
  it('stay one text while there is one language', () => {
    expect(localValue({ de: ' Büro ', en: '' })).toBe('Büro')
    expect(localValue({ de: '', en: 'office' })).toBe('office')
    expect(localValue({ de: ' ', en: '' })).toBeUndefined()
    expect(localDraft('Büro')).toEqual({ de: 'Büro', en: '' })
  })

  it('go there and back', () => {
    const both = { de: 'Büro', en: 'office' }
    expect(localValue(localDraft(both))).toEqual(both)
    for (const odd of [null, 7, {}, { de: 1 }]) expect(localDraft(odd)).toEqual({ de: '', en: '' })
  })
})

describe('periods', () => {
  it.each(['none', 'end', 'manual', 'PT72H', 'P7D', 'P12M', 'P3Y'])('%s goes there and back', (period) => {
    expect(periodValue(periodDraft(period))).toBe(period)
  })

  it('need a number', () => {
    expect(periodValue({ what: 'D', count: '' })).toBeUndefined()
    expect(periodValue({ what: 'D', count: '0' })).toBeUndefined()
    expect(periodValue({ what: 'D', count: 'zehn' })).toBeUndefined()
    expect(periodDraft('P1W')).toEqual({ what: '', count: '' })
  })
})

describe('wholeNumber', () => {
  it('forgives separators, and nothing else', () => {
    expect(wholeNumber(' 1.200 ')).toBe(1200)
    expect(wholeNumber('0')).toBe(0)
    for (const wrong of ['', '-1', '3e2', 'drei', '12345678901']) expect(wholeNumber(wrong)).toBeUndefined()
  })
})

describe('shortId', () => {
  it('is short, plain and unique', () => {
    expect(shortId('Müller & Söhne GmbH', [])).toBe('mueller-soehne-gmbh')
    expect(shortId('Müller & Söhne GmbH', ['mueller-soehne-gmbh'])).toBe('mueller-soehne-gmbh-2')
    expect(shortId('株式会社', [])).toBe('provider')
    expect(shortId('x'.repeat(99), [])).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/)
  })
})
