import { expect, test } from 'vitest'
import { importsOf } from './imports.ts'

test('finds every kind of import with its line and nothing in comments', () => {
  const text = `// import 'comment'
import 'bare'
import { a,
  b } from './named.ts'
import type { C } from '@runde/contract'
export * from "./all.ts"
export { d } from './some.ts'
const lazy = await import('./lazy.ts')
export const x = { from: 'no' }
export type Y = 'neither'
`
  expect(importsOf(text).map(({ specifier, line }) => `${line} ${specifier}`)).toEqual([
    '2 bare',
    '3 ./named.ts',
    '5 @runde/contract',
    '6 ./all.ts',
    '7 ./some.ts',
    '8 ./lazy.ts',
  ])
})
