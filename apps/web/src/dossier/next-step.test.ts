// What comes next, and how documents and proofs stand.
import { describe, expect, it } from 'vitest'
import type { ApprovalEntry, Approvals } from './approvals-api.ts'
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
    expect(nextStep(paper([check], [red]), open, [failed], NOW, null).kind).toBe('questions')
    expect(nextStep(paper([check], [red]), answered, [failed], NOW, null).kind).toBe('proof')
    expect(nextStep(paper([check], [red]), answered, [fresh], NOW, null).kind).toBe('provider')
    expect(nextStep(paper([], [red]), answered, [fresh], NOW, null)).toEqual({
      kind: 'unknown',
      count: 1,
      fact: 'org.land',
    })
    expect(nextStep(paper([], [red]), [question('answered')], [fresh], NOW, null).kind).toBe('finding')
    expect(nextStep(paper([]), [question('answered')], [fresh], NOW, null).kind).toBe('none')
  })

  it('leaves a private person in peace', () => {
    expect(nextStep(paper([document('household')]), [question('open')], [failed], NOW, null).kind).toBe(
      'household',
    )
  })

  it('does not insist on questions that nobody owes', () => {
    expect(nextStep(paper([]), [question('open', 'judge.deviation', false)], [], NOW, null).kind).toBe('none')
  })
})

describe('nextStep with approvals', () => {
  const done = [question('answered')]
  const entry = (state: ApprovalEntry['state'], blockers = 0): ApprovalEntry => ({
    document: state,
    title: state,
    state,
    blockers,
    approved: null,
    changes: 0,
    comments: 0,
    open: 0,
  })
  const approvals = (list: ApprovalEntry[], due = false): Approvals => ({
    approvals: list,
    chain: { length: 0, brokenAt: null, last: null },
    reminders: [{ kind: 'review', id: 'record', title: 'x', on: '2026-11-24', due }],
  })
  const step = (state: Approvals, questions = done): unknown => nextStep(paper([]), questions, [], NOW, state)

  it('names what is stale before what is due, and what is due before what was never approved', () => {
    expect(step(approvals([entry('stale'), entry('none')], true))).toEqual({ kind: 'stale', count: 1 })
    expect(step(approvals([entry('none')], true))).toEqual({ kind: 'review', count: 1 })
    expect(step(approvals([entry('none'), entry('current')]))).toEqual({ kind: 'approve', count: 1 })
    expect(step(approvals([entry('current'), entry('gone')]))).toEqual({ kind: 'none' })
  })

  it('does not ask to approve what is blocked, nor before the questions are answered', () => {
    expect(step(approvals([entry('none', 2)]))).toEqual({ kind: 'none' })
    expect(step(approvals([entry('stale')]), [question('open')])).toMatchObject({ kind: 'questions' })
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
