import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebBuildError, ensureWebBuild, hashSources } from './web-build.ts'

let root: string

function write(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
}

/** A bundler that notes its runs; `fail` in the page makes it fail. */
const BUNDLER = `
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
const page = readFileSync('index.html', 'utf8')
if (page.includes('fail')) { console.error('no such module'); process.exit(1) }
mkdirSync('dist', { recursive: true })
writeFileSync('dist/index.html', page)
appendFileSync('../../runs', 'x')
`

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'web-'))
  write('package.json', '{"type":"module"}')
  write('package-lock.json', '{}')
  write('tsconfig.base.json', '{}')
  write('node_modules/vite/bin/vite.js', BUNDLER)
  write('apps/web/package.json', '{"type":"module","dependencies":{"@runde/contract":"0.1.0","preact":"1"}}')
  write('apps/web/index.html', 'page')
  write('apps/web/src/main.ts', 'main')
  write('packages/contract/package.json', '{"dependencies":{"@runde/words":"0.1.0"}}')
  write('packages/contract/src/index.ts', 'contract')
  write('packages/words/package.json', '{}')
  write('packages/words/src/index.ts', 'words')
  write('packages/store/src/index.ts', 'store')
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

const runs = (): number => readFileSync(join(root, 'runs'), 'utf8').length

test('builds once, and again only when a source has changed', async () => {
  const said: string[] = []
  const ensure = () => ensureWebBuild(root, () => said.push('building'))
  expect((await ensure()).built).toBe(true)
  expect(await ensure()).toEqual({ built: false, milliseconds: 0 })
  expect([runs(), said]).toEqual([1, ['building']])
  write('apps/web/src/main.ts', 'main 2')
  expect((await ensure()).built).toBe(true)
  rmSync(join(root, 'apps/web/dist/index.html'))
  expect((await ensure()).built).toBe(true)
  expect(runs()).toBe(3)
})

test.each([
  ['apps/web/index.html', true],
  ['apps/web/src/new.tsx', true],
  ['apps/web/public/icon.svg', true],
  ['packages/contract/src/index.ts', true],
  ['packages/words/src/index.ts', true],
  ['package-lock.json', true],
  ['tsconfig.base.json', true],
  ['apps/web/src/main.test.ts', false],
  ['apps/web/dist/index.html', false],
  ['apps/web/node_modules/x/index.js', false],
  ['packages/store/src/index.ts', false],
])('a change of %s asks for a new build: %s', (path, asks) => {
  const before = hashSources(root)
  write(path, 'changed')
  expect(hashSources(root) !== before).toBe(asks)
})

test('moving text from one file to the next is a change', () => {
  write('apps/web/src/a.ts', 'one')
  write('apps/web/src/b.ts', 'two')
  const before = hashSources(root)
  write('apps/web/src/a.ts', 'onetwo')
  write('apps/web/src/b.ts', '')
  expect(hashSources(root)).not.toBe(before)
})

test('the same sources have the same hash in another folder', () => {
  const copy = mkdtempSync(join(tmpdir(), 'web-'))
  cpSync(root, copy, { recursive: true })
  expect(hashSources(copy)).toBe(hashSources(root))
  rmSync(copy, { recursive: true })
})

test('a failed build says what the bundler said and is tried again', async () => {
  write('apps/web/index.html', 'fail')
  const error: unknown = await ensureWebBuild(root, () => undefined).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(WebBuildError)
  expect(error instanceof WebBuildError ? error.output : '').toContain('no such module')
  write('apps/web/index.html', 'page')
  expect((await ensureWebBuild(root, () => undefined)).built).toBe(true)
})
