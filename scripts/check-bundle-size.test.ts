import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { checkBundleSize, eagerScripts } from './check-bundle-size.ts'

const PAGE = '<script type="module" src="/assets/index-1.js"></script>'
const noise = (bytes: number): string => `/*${randomBytes(bytes).toString('latin1')}*/`

test('what is imported statically counts for the page, what is lazy does not', () => {
  const bundle = new Map([
    ['index-1.js', 'import{a}from"./shared-2.js";import("./stage-3.js")'],
    ['shared-2.js', 'export const a=1;import"./deep-4.js"'],
    ['stage-3.js', 'import{a}from"./shared-2.js"'],
    ['deep-4.js', ''],
  ])
  expect([...eagerScripts(PAGE, bundle)].sort()).toEqual(['deep-4.js', 'index-1.js', 'shared-2.js'])
  expect(checkBundleSize(PAGE, bundle)).toEqual([])
})

test('both budgets can be exceeded', () => {
  const heavyPage = new Map([['index-1.js', noise(200_000)]])
  expect(checkBundleSize(PAGE, heavyPage)[0]).toContain('the join page takes')
  const heavyStage = new Map([
    ['index-1.js', 'import("./stage-3.js")'],
    ['stage-3.js', noise(400_000)],
  ])
  expect(checkBundleSize(PAGE, heavyStage)[0]).toContain('the whole client takes')
})

test('the audit has a budget of its own, and may not load with every page', () => {
  const apart = new Map([
    ['index-1.js', 'import("./audit-page-3.js")'],
    ['audit-page-3.js', noise(60_000)],
    ['audit-worker-4.js', noise(60_000)],
  ])
  expect(checkBundleSize(PAGE, apart)).toEqual([])
  const heavy = new Map([...apart, ['audit-worker-4.js', noise(400_000)]])
  expect(checkBundleSize(PAGE, heavy)[0]).toContain('the Jitsi audit takes')
  const eager = new Map([...apart, ['index-1.js', 'import"./audit-page-3.js"']])
  expect(checkBundleSize(PAGE, eager)).toContain('audit-page-3.js: loaded with every page')
})

test('a missing build is a problem', () => {
  expect(checkBundleSize('', new Map())).toHaveLength(1)
  expect(checkBundleSize(PAGE, new Map())).toContain('index-1.js: loaded by the page, but not in the build')
})
