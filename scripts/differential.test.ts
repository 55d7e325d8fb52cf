import { expect, test } from 'vitest'
import { compare, formatTable } from './differential.ts'

const outcome = (name: string, passed: boolean): { name: string; passed: boolean } => ({ name, passed })

test('a test is the same only when both pass; anything else is a difference unless it is expected', () => {
  const theirs = [
    outcome('a', true),
    outcome('b', true),
    outcome('c', false),
    outcome('d', false),
    outcome('e', true),
  ]
  const ours = [outcome('a', true), outcome('b', false), outcome('c', true), outcome('d', false)]
  const rows = compare(theirs, ours, { c: 'on purpose' })
  expect(rows.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
    'a same',
    'b difference',
    'c expected',
    'd difference',
    'e difference',
  ])
  expect(formatTable(rows)).toContain('pass     FAIL   difference  b')
})
