import { expect, test } from 'vitest'
import { checkDocsMap } from './check-docs-map.ts'

const rows = (count: number): string => '| Where is x? | `packages/x` |\n'.repeat(count)

test('a path that does not exist is a problem', () => {
  const page = `${rows(25)}| Where is y? | \`packages/y/a.ts\`, \`packages/x\` |\n`
  expect(checkDocsMap(page, (path) => path === 'packages/x')).toEqual([
    'docs/map.md names packages/y/a.ts, which does not exist',
  ])
})

test('a page with too few answers is a problem', () => {
  expect(checkDocsMap(rows(24), () => true)).toHaveLength(1)
  expect(checkDocsMap(rows(25), () => true)).toEqual([])
})
