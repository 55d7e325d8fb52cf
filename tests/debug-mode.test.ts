// The diagnostic mode on a real server: switched on by the command, shortened addresses only, deleted and proven also after a crash.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { asEpochMillis } from '@runde/contract'
import { openSqliteStore, type Store } from '@runde/store'
import { type RunningServer, startServer } from '@runde/testkit/server'
import { afterAll, beforeAll, expect, test } from 'vitest'

const MAIN = join(import.meta.dirname, '../apps/server/src/cli/main.ts')

/** An address of this machine, as anything in 127.0.0.0/8 is on Linux. */
const CLIENT = '127.83.21.5'

let server: RunningServer

beforeAll(async () => {
  server = await startServer()
}, 150_000)

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

async function runde(...words: string[]): Promise<{ code: number; output: string }> {
  try {
    const env = { ...process.env, ...server.environment }
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...words], { env })
    return { code: 0, output: stdout }
  } catch (error) {
    if (!(error instanceof Error && 'stderr' in error && 'code' in error && 'stdout' in error)) throw error
    return { code: Number(error.code), output: `${String(error.stdout)}${String(error.stderr)}` }
  }
}

/** The status of the answer to a request that comes from {@link CLIENT}. */
async function ask(path: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const { hostname, port } = new URL(server.url)
  const options = { hostname, port, path, localAddress: CLIENT, headers: { 'user-agent': 'Erika' } }
  request({ ...options, agent: false, headers: { ...options.headers, connection: 'close' } }, (answer) => {
    answer.resume()
    answer.on('end', () => resolve(answer.statusCode ?? 0))
  })
    .on('error', reject)
    .end()
  return await promise
}

/** Everything that was written so far. */
function written(): string {
  const folder = join(server.dataFolder, 'diagnostics')
  if (!existsSync(folder)) return ''
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('')
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !holds(); tries++) await wait(100)
  expect(holds()).toBe(true)
}

async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openSqliteStore(server.dataFolder)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

async function noticeText(): Promise<string> {
  // Documents are kept for five seconds.
  await wait(5500)
  return await (await fetch(`${server.url}/api/notice/full?lang=en`)).text()
}

test('it asks for hours and a purpose', async () => {
  expect(await runde('debug')).toMatchObject({ code: 1, output: expect.stringMatching(/--hours.*1 to 72/) })
  expect((await runde('debug', '--hours', '73', '--purpose', 'x')).code).toBe(1)
  expect((await runde('debug', '--hours', '2')).output).toMatch(/--purpose/)
  expect((await runde('debug', '--status')).output).toMatch(/No diagnosis is running/)
  await ask('/healthz')
  expect(written()).toBe('')
})

test('while it is on, requests are written with shortened addresses, and the notice says so', async () => {
  expect(await noticeText()).toMatch(/it is not stored/)
  expect((await runde('debug', '--hours', '2', '--purpose', 'echo in room 2')).output).toMatch(/runs until/)
  expect((await runde('debug', '--hours', '2', '--purpose', 'again')).output).toMatch(/running already/)
  expect((await runde('debug', '--status')).output).toMatch(/echo in room 2/)
  await until(() => existsSync(join(server.dataFolder, 'diagnostics')))
  expect(await ask('/api/meetings/abc-defg-hij/public?name=Erika')).toBe(404)
  await until(() => written().includes('/public'))
  expect(written()).toMatch(
    /"route":"\/api\/meetings\/:id\/public","client":"127.83.21.0\/24","ms":\d+,"status":404/,
  )
  expect(written()).not.toMatch(/Erika|abc-defg-hij|127\.83\.21\.5/)
  expect(await noticeText()).toMatch(/it is stored truncated \(period: 2 hours\)/)
  expect(server.output()).not.toContain('127.83.21')
})

test('the canary leaves nothing while it is on, and no proof fails', async () => {
  const { code, output } = await runde('prove')
  expect(output).toMatch(/^passed +search for a test address .*: 0$/m)
  expect(output).toMatch(/^passed +oldest entries/m)
  expect(code).toBe(0)
  expect(written()).toMatch(/"route":"\/api\/meetings\/:id\/join","client":"127\.\d+\.\d+\.0\/24"/)
}, 60_000)

test('after a crash, what has expired meanwhile is deleted at the start, and the deletion is proven', async () => {
  await server.kill()
  const lines = written().trimEnd().split('\n').length
  expect(lines).toBeGreaterThan(5)
  // As if its hours had passed while the server was down.
  await withStore((store) => store.diagnostics.expire(asEpochMillis(Date.now())))
  expect(written()).not.toBe('')
  await server.restart()
  expect(existsSync(join(server.dataFolder, 'diagnostics'))).toBe(false)
  await withStore(async (store) => {
    expect(await store.diagnostics.current()).toBeUndefined()
    const proofs = (await store.deletions.list()).filter((proof) => proof.class === 'debugLog')
    expect(proofs).toMatchObject([{ entries: lines }])
    expect(await store.deletions.intact()).toBe(true)
  })
  expect(await noticeText()).toMatch(/it is not stored/)
})

test('switching it off deletes at once, with and without a running server', async () => {
  await runde('debug', '--hours', '1', '--purpose', 'once more')
  await until(() => existsSync(join(server.dataFolder, 'diagnostics')))
  await ask('/healthz')
  await until(() => written().includes('/healthz'))
  expect((await runde('debug', '--off')).output).toMatch(/its log is deleted \([1-9]\d* entries\)/)
  expect(written()).toBe('')
  expect((await runde('debug', '--off')).output).toMatch(/No diagnosis is running/)

  await server.kill()
  await runde('debug', '--hours', '1', '--purpose', 'without a server')
  const since = await withStore(async (store) => (await store.diagnostics.current())?.since)
  mkdirSync(join(server.dataFolder, 'diagnostics'), { recursive: true })
  writeFileSync(join(server.dataFolder, 'diagnostics', `${since ?? 0}.jsonl`), '{}\n{}\n')
  expect((await runde('debug', '--off')).output).toMatch(/\(2 entries\)/)
  expect(existsSync(join(server.dataFolder, 'diagnostics'))).toBe(false)
  expect((await runde('debug', '--status')).output).toMatch(/Deleted on .*: 2 entries/)
})
