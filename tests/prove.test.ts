// The proofs on a real server: they pass as it is, and the canary is found as soon as something beside it logs addresses.
import { execFile } from 'node:child_process'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type RunningServer, startServer } from '@runde/testkit/server'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const MAIN = join(ROOT, 'apps/server/src/cli/main.ts')

let server: RunningServer
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'proxy-log-'))
  writeFileSync(join(folder, 'access.log'), '')
  mkdirSync(join(folder, 'etc/nginx'), { recursive: true })
  proxy('off')
  server = await startServer({
    environment: {
      RUNDE_PROOFS_SEARCH: join(folder, 'access.log'),
      RUNDE_PROOFS_SURROUNDINGS: join(folder, 'etc/nginx'),
      RUNDE_BACKUP_FOLDER: join(folder, 'backups'),
      RUNDE_BACKUP_DAYS: '14',
    },
  })
}, 150_000)

afterAll(async () => {
  await server[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

/** A web server in front that logs, or does not. */
function proxy(log: string): void {
  writeFileSync(
    join(folder, 'etc/nginx/nginx.conf'),
    `events {}\nhttp {\n  access_log ${log};\n  error_log /dev/null;\n  server { location / { proxy_pass http://127.0.0.1:8080; } }\n}\n`,
  )
}

async function runde(...words: string[]): Promise<string> {
  const env = { ...process.env, ...server.environment }
  return (await promisify(execFile)(process.execPath, [MAIN, ...words], { env })).stdout
}

/** What the public pages say; documents are kept for five seconds. */
async function notice(): Promise<string> {
  await wait(5_500)
  return await (await fetch(`${server.url}/api/notice/full?lang=en`)).text()
}

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

test('a web server in front that logs fails the proof, withdraws the sentence, and alarms; mended, all is well again', async () => {
  expect(await notice()).toMatch(/it is not stored/)
  proxy('/var/log/nginx/access.log')
  const { code, lines } = await prove()
  expect(code).toBe(1)
  expect(lines.join('\n')).toMatch(
    /^FAILED +logs of the programs around the server: nginx \(logs\).*nginx\.conf:3/m,
  )
  const said = await notice()
  expect(said).toMatch(
    /this server does not store it, but a program through which the connection runs does: nginx/,
  )
  expect(said).not.toMatch(/it is not stored[.;]/)

  proxy('off')
  expect((await prove()).lines.join('\n')).toMatch(
    /^passed +logs of the programs around the server: nginx \(clean\)/m,
  )
  expect(await notice()).toMatch(/it is not stored/)
}, 60_000)

test('a backup is made, its age and its restoration are proven, and a damaged one fails', async () => {
  expect((await prove()).lines.join('\n')).toMatch(
    /^not measured +restoration rehearsed: There is no backup/m,
  )
  expect(await runde('backup')).toMatch(/Backed up: .*\.backup \(\d+ entries\)/)
  const good = (await prove()).lines.join('\n')
  expect(good).toMatch(/^passed +age of the latest backup: 0$/m)
  expect(good).toMatch(/^passed +restoration rehearsed: true$/m)

  const target = join(folder, 'restored')
  const [name = ''] = readdirSync(join(folder, 'backups'))
  const file = join(folder, 'backups', name)
  expect(await runde('restore', '--from', file, '--to', target)).toMatch(/Restored: .*entries/)
  expect(readdirSync(target)).toContain('runde.sqlite')
  await expect(runde('restore', '--from', file, '--to', target)).rejects.toThrow(/not empty/)

  const bytes = readFileSync(file)
  writeFileSync(file, bytes.fill(0xa5, 8192, 8192 + 4096))
  const bad = await prove()
  expect(bad.lines.join('\n')).toMatch(/^FAILED +restoration rehearsed: false; found in: backup: /m)
  expect(bad.code).toBe(1)
  rmSync(file)
}, 60_000)

test('a trial meeting with real browsers proves what the server cannot test by itself', async () => {
  const env = { ...process.env, ...server.environment }
  const { stdout } = await promisify(execFile)(process.execPath, [join(ROOT, 'scripts/prove-meeting.ts')], {
    env,
  })
  for (const line of [
    /^passed +browsers in which a whole meeting succeeded/m,
    /^passed +hidden participation possible: false$/m,
    /^passed +switching on other people's microphones or cameras possible: false$/m,
    /^passed +audio or video on disk after a meeting: 0$/m,
    /^passed +foreign hosts the browser contacts during a meeting: 0$/m,
    /^passed +undeclared entries in the browser: 0$/m,
  ])
    expect(stdout).toMatch(line)
  expect((await prove()).lines.join('\n')).toMatch(/^passed +undeclared entries in the browser: 0$/m)
}, 120_000)

test('nobody can start the proofs without the key pair or an account', async () => {
  for (const headers of [{}, { authorization: 'Bearer x.y.z' }]) {
    const answer = await fetch(`${server.url}/api/proofs`, {
      method: 'POST',
      headers: { ...headers, origin: server.url },
    })
    expect(answer.status).toBe(401)
  }
})
