// The proofs on a real server: they pass as it is, and the canary is found as soon as something beside it logs addresses.
import { execFile } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type RunningServer, startServer } from '@runde/testkit/server'
import { afterAll, beforeAll, expect, test } from 'vitest'

const MAIN = join(import.meta.dirname, '../apps/server/src/cli/main.ts')

let server: RunningServer
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'proxy-log-'))
  writeFileSync(join(folder, 'access.log'), '')
  server = await startServer({ environment: { RUNDE_PROOFS_SEARCH: folder } })
}, 150_000)

afterAll(async () => {
  await server[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

async function prove(): Promise<{ code: number; lines: string[] }> {
  const env = { ...process.env, ...server.environment }
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, 'prove'], { env })
    return { code: 0, lines: stdout.trim().split('\n') }
  } catch (error) {
    if (!(error instanceof Error && 'stdout' in error && 'code' in error)) throw error
    return { code: Number(error.code), lines: String(error.stdout).trim().split('\n') }
  }
}

/** Writes down, in nginx's format, every address that connects to the server, as a proxy or a firewall might. */
function logAddresses(): () => void {
  const port = Number(new URL(server.url).port).toString(16).toUpperCase().padStart(4, '0')
  const timer = setInterval(() => {
    const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFileSync(file, 'utf8')).join('\n')
    for (const [, address = ''] of tables.matchAll(
      new RegExp(`:${port} (?:0{16}FFFF0000)?([0-9A-F]{8}):`, 'g'),
    )) {
      const bytes = (address.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)).reverse()
      appendFileSync(
        join(folder, 'access.log'),
        `${bytes.join('.')} - - "GET /api/meetings HTTP/1.1" 200 512\n`,
      )
    }
  }, 5)
  return () => clearInterval(timer)
}

test('a server as it is passes, and leaves nothing of the canary', async () => {
  const { code, lines } = await prove()
  expect(lines.join('\n')).toMatch(/^passed +search for a test address .*: 0$/m)
  expect(lines.join('\n')).toMatch(/^passed +undeclared outbound connections.*: 0$/m)
  expect(lines.join('\n')).toMatch(/^passed +security headers/m)
  expect(lines.join('\n')).toMatch(/^passed +oldest entries/m)
  expect(code).toBe(0)
  expect(server.output()).not.toMatch(/Canary/)
}, 60_000)

test('the canary is found when its address is logged beside the server, and the result is a failure', async () => {
  const stop = logAddresses()
  const { code, lines } = await prove()
  stop()
  expect(lines.join('\n')).toMatch(
    /^FAILED +search for a test address .*found in: .*access\.log \(address\)/m,
  )
  expect(code).toBe(1)
  expect(server.output()).toMatch(/probe_failed/)
}, 60_000)

test('nobody can start the proofs without the key pair or an account', async () => {
  for (const headers of [{}, { authorization: 'Bearer x.y.z' }]) {
    const answer = await fetch(`${server.url}/api/proofs`, {
      method: 'POST',
      headers: { ...headers, origin: server.url },
    })
    expect(answer.status).toBe(401)
  }
})
