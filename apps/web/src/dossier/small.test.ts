// Places: runs on their line, the window with the sources, the question that comes next, the way from a finding.
import { describe, expect, it } from 'vitest'
import { countries } from './countries.ts'
import type { AskedQuestion } from './dsc-api.ts'
import { after, before, currentQuestion } from './interview-order.ts'
import { plotRuns } from './plot.ts'
import { remedyOf } from './remedies.ts'
import { placeSources } from './sources.ts'
import { dscDe } from './text-de.ts'

const NOW = Date.parse('2026-11-24T12:00:00Z')
const DAY = 86_400_000
const run = (days: number, passed = true): { at: string; passed: boolean } => ({
  at: new Date(NOW - days * DAY).toISOString(),
  passed,
})

const question = (fact: string, state: AskedQuestion['state']): AskedQuestion => ({
  fact,
  state,
  owed: true,
  section: 'organisation',
  question: { de: '', en: '' },
  label: { de: '', en: '' },
  shown: { kind: 'text' },
  documents: [],
})

describe('plotRuns', () => {
  it('puts the oldest left and today right, and drops what is older than the line', () => {
    expect(plotRuns([run(91), run(90), run(45), run(0)], NOW).map(({ x }) => x)).toEqual([0, 0.5, 1])
  })

  it('never hides a failure behind a success of the same day', () => {
    expect(plotRuns([run(10), run(10, false), run(10)], NOW)).toEqual([{ x: 80 / 90, passed: false }])
  })

  it('skips a run without a date', () => {
    expect(plotRuns([{ at: 'gestern', passed: true }], NOW)).toEqual([])
  })
})

describe('placeSources', () => {
  const size = { width: 300, height: 100 }
  const view = { width: 360, height: 640 }

  it('stands under the mark and inside the margins', () => {
    expect(placeSources({ left: 20, top: 90, bottom: 100 }, size, view)).toEqual({ left: 12, top: 106 })
    expect(placeSources({ left: 340, top: 90, bottom: 100 }, size, view).left).toBe(52)
    expect(placeSources({ left: 0, top: 90, bottom: 100 }, size, view).left).toBe(8)
  })

  it('goes above where there is no room below', () => {
    expect(placeSources({ left: 20, top: 600, bottom: 612 }, size, view).top).toBe(494)
  })
})

describe('the interview', () => {
  const list = [question('a', 'answered'), question('b', 'open'), question('c', 'unknown')]

  it('begins with the first open question, or the one that was asked for', () => {
    expect(currentQuestion(list, '')?.fact).toBe('b')
    expect(currentQuestion(list, 'c')?.fact).toBe('c')
    expect(currentQuestion(list, 'gone')?.fact).toBe('b')
    expect(currentQuestion(list, 'done')).toBeUndefined()
  })

  it('ends after the last question and stays at the first', () => {
    expect(after(list, 'a', false)).toBe('b')
    expect(after(list, 'b', false)).toBe('done')
    expect(before(list, 'a')).toBe('a')
    expect(before(list, 'c')).toBe('b')
  })

  it('passes over what is answered while something is open', () => {
    const far = [question('a', 'open'), question('b', 'answered'), question('c', 'open')]
    expect(after(far, 'a', false)).toBe('c')
    expect(before(far, 'c')).toBe('b')
    const late = [question('a', 'open'), question('b', 'answered'), question('c', 'answered')]
    expect(after(late, 'b', true)).toBe('done')
  })

  it('ends with the last open answer, and shows one after the other to whoever reads', () => {
    const all = [question('a', 'answered'), question('b', 'unknown'), question('c', 'answered')]
    expect(after(all, 'a', false)).toBe('done')
    expect(after(all, 'a', true)).toBe('b')
    expect(after(all, 'c', true)).toBe('done')
  })
})

describe('remedyOf', () => {
  it('leads to the open question, the check, or the proofs', () => {
    const list = [question('a', 'answered'), question('b', 'open')]
    expect(remedyOf({ facts: ['a', 'b'] }, list, dscDe)?.href).toBe('/desk/dsc/interview#b')
    expect(remedyOf({ facts: ['a', 'hosting.checks'] }, list, dscDe)?.href).toBe('/desk/dsc/providers')
    expect(remedyOf({ facts: ['probe.tls', 'a'] }, list, dscDe)?.href).toBe('/desk/dsc/proofs')
    expect(remedyOf({ facts: ['tls.enabled'] }, list, dscDe)).toBeNull()
  })
})

describe('countries', () => {
  it('begin with Germany and have names', () => {
    expect(countries('de')[0]).toEqual({ code: 'DE', name: 'Deutschland' })
    expect(countries('en').find(({ code }) => code === 'AT')?.name).toBe('Austria')
    expect(new Set(countries('de').map(({ code }) => code)).size).toBe(249)
  })
})
