import { expect, test } from 'vitest'
import {
  checkComplete,
  checkDocumented,
  checkInstallScripts,
  checkLicences,
  productionPackages,
} from './check-dependencies.ts'

const LOCK = {
  '': {},
  'packages/own': { version: '1.0.0' },
  'node_modules/@runde/own': { link: true },
  'node_modules/good': { version: '1.0.0', license: 'MIT' },
  'node_modules/good/node_modules/@scope/inner': { version: '2.0.0', license: '(MIT AND BSD-3-Clause)' },
  'node_modules/tool': { version: '1.0.0', license: 'GPL-3.0', dev: true, hasInstallScript: true },
}

test('production packages are those without the development mark', () => {
  expect([...productionPackages(LOCK).keys()]).toEqual(['good', '@scope/inner'])
})

test('a lock file must hold the optional packages of all platforms', () => {
  const tool = { optionalDependencies: { 'tool-linux': '1.0.0', 'tool-darwin': '1.0.0' } }
  const lock = { 'node_modules/tool': tool, 'node_modules/tool-linux': {} }
  expect(checkComplete(lock)[0]).toContain('lacks tool-darwin')
  expect(checkComplete({ ...lock, 'node_modules/tool/node_modules/tool-darwin': {} })).toEqual([])
})

test('an install script is a problem', () => {
  const packages = new Map([
    ['good', {}],
    ['bad', { version: '1.2.3', hasInstallScript: true }],
  ])
  expect(checkInstallScripts(packages)).toEqual(['bad 1.2.3: has an install script'])
})

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0)', true],
  ['(MIT AND GPL-3.0)', false],
  ['AGPL-3.0-only', false],
  ['SEE LICENSE IN LICENSE', false],
  ['', false],
])('licence %s allowed: %s', (license, allowed) => {
  expect(checkLicences(new Map([['x', { license }]])).length === 0).toBe(allowed)
})

test('every package has a row with a reason, and every row a package', () => {
  const packages = new Map([
    ['good', {}],
    ['silent', {}],
    ['missing', {}],
  ])
  const page = '| Name | Why |\n|---|---|\n| `good` | needed |\n| `silent` | |\n| `gone` | once needed |\n'
  expect(checkDocumented(packages, page)).toEqual([
    'silent: no row with a reason in docs/dependencies.md',
    'missing: no row with a reason in docs/dependencies.md',
    'gone: in docs/dependencies.md, but not among the production packages',
  ])
})
