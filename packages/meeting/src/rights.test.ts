import { PAGE_RIGHTS, ROLES, type Role } from '@runde/contract'
import { expect, test } from 'vitest'
import { RIGHTS, judgeRight, rightFor } from './rights.ts'

test('no two rows are the same route, and every row has a name of its own', () => {
  const routes = RIGHTS.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`)
  expect(new Set(routes).size).toBe(RIGHTS.length)
  expect(new Set(RIGHTS.map(({ id }) => id)).size).toBe(RIGHTS.length)
})

test('every row is found by its own route, and with another method it is not', () => {
  for (const right of RIGHTS) {
    const path = right.path.replace(/:\w+/g, 'x')
    expect(rightFor(right.method, path)).toEqual({ kind: 'right', right })
    expect(rightFor('OPTIONS', path)).toEqual({ kind: 'method' })
  }
})

test('HEAD is answered like GET', () => {
  expect(rightFor('HEAD', '/api/instance')).toEqual(rightFor('GET', '/api/instance'))
  expect(rightFor('HEAD', '/api/setup')).toEqual({ kind: 'method' })
})

test.each(['/api', '/api/', '/api/meetings/', '/api/Meetings', '/api/people/x/y', '/api/nothing', ''])(
  'the path %j is in nobody’s row',
  (path) => {
    expect(rightFor('GET', path)).toEqual({ kind: 'unknown' })
  },
)

test('who is not signed in may only what everybody may, and one fitting role is enough', () => {
  for (const right of RIGHTS) {
    const { who } = right
    const open = who === 'everybody'
    const judged = (roles: readonly Role[] | undefined): string => {
      const decision = judgeRight(right, roles)
      return decision.kind === 'allow' ? 'allow' : decision.code
    }
    expect(judged(undefined)).toBe(open ? 'allow' : 'not_signed_in')
    expect(judged([])).toBe(open ? 'allow' : 'not_allowed')
    expect(judged(ROLES)).toBe('allow')
    for (const role of ROLES)
      expect(judged([role])).toBe(open || who.includes(role) ? 'allow' : 'not_allowed')
  }
})

test('every page of the desk names a row of the table', () => {
  const ids = new Set(RIGHTS.map(({ id }) => id))
  expect(Object.values(PAGE_RIGHTS).filter((id) => !ids.has(id))).toEqual([])
})

test('who owes the second factor may set it up, and nothing else that asks for an account', () => {
  for (const right of RIGHTS) {
    const decision = judgeRight(right, ROLES, true)
    const open = right.who === 'everybody' || right.enrolment
    expect(decision).toEqual(open ? { kind: 'allow' } : { kind: 'refuse', code: 'second_factor_owed' })
  }
  const open = RIGHTS.filter(({ enrolment }) => enrolment).map(({ id }) => id)
  expect(open).toContain('passkey-add')
  expect(open).not.toContain('passkey-remove')
})
