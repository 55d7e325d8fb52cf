// What comes next, and how documents and proofs stand.
import { describe, expect, it } from 'vitest'
import type { AskedQuestion, FindingEntry, Paperwork, Proof } from './dsc-api.ts'
import { byGravity, documentState, nextStep, proofState } from './next-step.ts'

const NOW = Date.parse('2026-11-24T12:00:00Z')
const text = { de: 'x', en: 'y' }

const question = (state: AskedQuestion['state'], fact = 'org.name', owed = true): AskedQuestion => ({
  fact,
  state,
  owed,
  section: 'organisation',
  question: text,
  label: text,
  shown: { kind: 'text' },
  documents: [],
})

const proof = (passed: boolean, at: string): Proof => ({
  id: 'probe.canary',
  label: text,
  freshDays: 7,
  found: [],
  runs: [{ at, passed }],
})

const document = (kind: string, blockers = 0): Paperwork['documents'][number] => ({
  id: kind,
  kind,
  title: kind,
  subtitle: '',
  blockers,
  edition: '',
})

const finding = (kind: FindingEntry['kind'], documents: string[] = []): FindingEntry => ({
  id: kind,
  kind,
  message: text,
  remedy: text,
  facts: [],
  documents,
  basis: [],
  blocks: kind === 'red',
})

const paper = (documents: Paperwork['documents'], findings: FindingEntry[] = []): Paperwork => ({
  documents,
  findings,
})

describe('nextStep', () => {
  const fresh = proof(true, '2026-11-24T06:00:00Z')
  const failed = proof(false, '2026-11-24T06:00:00Z')

  it('asks first, then looks at proofs, providers, gaps and findings', () => {
    const check = document('processor-check', 1)
    const red = finding('red')
    const open = [question('open'), question('unknown', 'org.land')]
    const answered = [question('answered'), question('unknown', 'org.land')]
    expect(nextStep(paper([check], [red]), open, [failed], NOW).kind).toBe('questions')
    expect(nextStep(paper([check], [red]), answered, [failed], NOW).kind).toBe('proof')
    expect(nextStep(paper([check], [red]), answered, [fresh], NOW).kind).toBe('provider')
    expect(nextStep(paper([], [red]), answered, [fresh], NOW)).toEqual({
      kind: 'unknown',
      count: 1,
      fact: 'org.land',
    })
    expect(nextStep(paper([], [red]), [question('answered')], [fresh], NOW).kind).toBe('finding')
    expect(nextStep(paper([]), [question('answered')], [fresh], NOW).kind).toBe('none')
  })

  it('leaves a private person in peace', () => {
    expect(nextStep(paper([document('household')]), [question('open')], [failed], NOW).kind).toBe('household')
  })

  it('does not insist on questions that nobody owes', () => {
    expect(nextStep(paper([]), [question('open', 'judge.deviation', false)], [], NOW).kind).toBe('none')
  })
})

describe('states', () => {
  it('of a proof follow its latest run', () => {
    expect(proofState(proof(true, '2026-11-20T12:00:00Z'), NOW)).toBe('passed')
    expect(proofState(proof(true, '2026-11-17T11:00:00Z'), NOW)).toBe('stale')
    expect(proofState(proof(false, '2026-11-01T11:00:00Z'), NOW)).toBe('failed')
    expect(proofState({ ...proof(true, ''), runs: [] }, NOW)).toBe('never')
    expect(proofState({ ...proof(true, ''), runs: [], reason: text }, NOW)).toBe('unmeasured')
    const runs = [
      { at: '2026-11-24T01:00:00Z', passed: false },
      { at: '2026-11-23T01:00:00Z', passed: true },
    ]
    expect(proofState({ ...proof(true, ''), runs }, NOW)).toBe('failed')
  })

  it('of a document: what blocks weighs more than what is to be known', () => {
    expect(documentState(document('record', 1), [])).toBe('missing')
    expect(documentState(document('record'), [finding('risk', ['record'])])).toBe('risk')
    expect(documentState(document('record'), [finding('risk', ['measures'])])).toBe('good')
  })

  it('the gravest finding comes first', () => {
    expect(byGravity([finding('note'), finding('red'), finding('risk')]).map(({ kind }) => kind)).toEqual([
      'red',
      'risk',
      'note',
    ])
  })
})
