// Answers are saved in order, what follows is fetched again, and a lost sign-in is noticed.
import { describe, expect, it } from 'vitest'
import type { ApiError, ApiResult } from '../app/api.ts'
import type { Me } from '../app/me.ts'
import type { ApprovalEntry, Approvals, ForeseenChange } from './approvals-api.ts'
import type { Answer, DscApi } from './dsc-api.ts'
import { DscModel } from './dsc-model.ts'

const ok = <T>(value: T): ApiResult<T> => ({ ok: true, value })
const refused: ApiError = { code: 'answer_unfit', message: null, field: 'org.name', status: 422 }
const signedOut: ApiError = { code: 'not_signed_in', message: null, field: null, status: 401 }

const entry = (document: string, state: ApprovalEntry['state']): ApprovalEntry => ({
  document,
  title: document,
  state,
  blockers: 0,
  approved: null,
  changes: 0,
  comments: 0,
  open: 0,
})
const APPROVALS: Approvals = {
  approvals: [entry('record', 'current'), entry('measures', 'stale'), entry('dpia', 'none')],
  chain: { length: 2, brokenAt: null, last: 'x' },
  reminders: [],
}
const change = (document: string): ForeseenChange => ({
  document,
  title: document,
  kind: 'changed',
  sentences: [],
})
const fine = async (): Promise<ApiResult<null>> => await Promise.resolve(ok(null))

function model(
  answers: (fact: string, answer: Answer) => Promise<ApiResult<null>>,
  may: readonly string[] = ['dossier'],
): {
  model: DscModel
  asked: string[]
} {
  const asked: string[] = []
  const api: DscApi = {
    paperwork: async (lang) => {
      asked.push(`paperwork ${lang}`)
      return await Promise.resolve(ok({ documents: [], findings: [] }))
    },
    questions: async () => await Promise.resolve(ok({ questions: [] })),
    fact: async () => await Promise.resolve(ok({ value: [1] })),
    answer: answers,
    document: async () => await Promise.resolve({ ok: false, error: refused }),
    proofs: async () => await Promise.resolve(ok({ proofs: [] })),
    prove: async () => await Promise.resolve({ ok: false, error: refused }),
    approvals: async () => {
      asked.push('approvals')
      return await Promise.resolve(ok(APPROVALS))
    },
    preview: async (fact) => {
      asked.push(`preview ${fact}`)
      const changes = fact === 'org.name' ? [change('record'), change('measures')] : [change('measures')]
      return await Promise.resolve(ok({ changes }))
    },
  }
  const me: Me = { name: 'Anna', may, factorOwed: false }
  return { model: new DscModel({ session: async () => await Promise.resolve(ok(me)) }, api), asked }
}

describe('DscModel', () => {
  it('saves one answer after the other, and fetches what follows from each', async () => {
    const order: string[] = []
    const { model: dsc, asked } = model(async (fact) => {
      order.push(`start ${fact}`)
      await new Promise((resolve) => setTimeout(resolve, fact === 'a' ? 20 : 0))
      order.push(`end ${fact}`)
      return ok(null)
    })
    await dsc.load('en')
    void dsc.answer('a', { value: 1 })
    void dsc.answer('b', null)
    await dsc.settled()
    expect(order).toEqual(['start a', 'end a', 'start b', 'end b'])
    expect(asked).toEqual(['paperwork en', 'paperwork en', 'paperwork en'])
    expect(dsc.save.value).toBe('saved')
  })

  it('says when an answer was refused, and goes on with the next', async () => {
    const { model: dsc } = model(
      async (fact) => await Promise.resolve(fact === 'a' ? { ok: false, error: refused } : ok(null)),
    )
    expect(await dsc.answer('a', { value: '' })).toBe(refused)
    expect(dsc.save.value).toBe('failed')
    expect(await dsc.answer('b', { value: 'x' })).toBeNull()
    expect(dsc.save.value).toBe('saved')
  })

  it('asks only for what the account may see', async () => {
    const { model: nobody, asked: nothing } = model(fine, [])
    await nobody.load('de')
    expect(nothing).toEqual([])
    const { model: operator, asked: little } = model(fine)
    await operator.load('de')
    expect(little).toEqual(['paperwork de'])
    expect(operator.questions.value).toEqual([])
    expect(operator.approvals.value).toBeNull()
    const { model: dpo, asked } = model(fine, ['dossier', 'interview', 'approvals'])
    await dpo.load('de')
    expect(asked).toEqual(['paperwork de', 'approvals'])
    expect(dpo.approvals.value).toBe(APPROVALS)
  })

  it('foresees which approved documents an answer would change, and no others', async () => {
    const { model: dsc } = model(fine, ['dossier', 'interview', 'approvals'])
    await dsc.load('de')
    // What is stale already is not told again.
    expect(await dsc.foresee('org.name', { value: 'x' })).toEqual({ approved: [change('record')], others: 1 })
    expect(await dsc.foresee('org.land', { value: 'x' })).toBeNull()
  })

  it('asks for no preview while nothing is approved', async () => {
    const { model: dsc, asked } = model(fine)
    await dsc.load('de')
    expect(await dsc.foresee('org.name', { value: 'x' })).toBeNull()
    expect(asked).not.toContain('preview org.name')
  })

  it('notices that nobody is signed in any more', async () => {
    const { model: dsc } = model(async () => await Promise.resolve({ ok: false, error: signedOut }))
    await dsc.answer('a', { value: 'x' })
    expect(dsc.signedOut.value).toBe(true)
  })

  it('tells why proving failed and is no longer busy', async () => {
    const { model: dsc } = model(async () => await Promise.resolve(ok(null)))
    expect(await dsc.prove()).toBe(refused)
    expect(dsc.proving.value).toBe(false)
  })
})
