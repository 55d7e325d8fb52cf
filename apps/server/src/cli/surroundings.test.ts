import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createWorkplace, type Workplace } from '../testing/process.ts'

let place: Workplace
/** A process on a busy machine takes its time. */
vi.setConfig({ testTimeout: 30_000 })

beforeEach(() => {
  place = createWorkplace()
})
afterEach(() => {
  place.remove()
})

function put(path: string, text: string): void {
  const file = join(place.folder, path)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, text)
}

const MAIN = 'events {}\nhttp {\n  access_log /var/log/nginx/access.log;\n  include sites-enabled/*;\n}\n'
const SITE = 'server {\n  error_log /dev/null;\n  location / { proxy_pass http://127.0.0.1:8080; }\n}\n'

test('a proxy as it is installed: what it stores, where, how long, and the change', async () => {
  put('etc/nginx/nginx.conf', MAIN)
  put('etc/nginx/sites-available/runde', SITE)
  mkdirSync(join(place.folder, 'etc/nginx/sites-enabled'))
  symlinkSync('../sites-available/runde', join(place.folder, 'etc/nginx/sites-enabled/runde'))
  put('etc/logrotate.d/nginx', '/var/log/nginx/*.log {\n  weekly\n  rotate 52\n}\n')
  const english = await place.run(['surroundings', 'etc'])
  expect(english.stdout.split('\n')).toEqual([
    'STORES       nginx, etc/nginx/nginx.conf:3',
    "  Every request is logged to /var/log/nginx/access.log (format combined). It holds: network addresses, pages with the meeting's id.",
    '  Kept: about 364 days (etc/logrotate.d/nginx:1); longer than 7 days needs a reason',
    '  Change: Replace by: access_log off;',
    'Places that store what the server does not store: 1; unclear: 0; fine: 0. Nothing was changed.',
    '',
  ])
  expect(english.code).toBe(1)
  const german = await place.run(['surroundings', 'etc'], { LC_ALL: 'de_DE.UTF-8' })
  expect(german.stdout).toMatch(/^SPEICHERT {4}nginx, etc\/nginx\/nginx\.conf:3$/m)
  expect(german.stdout).toMatch(/Ändern: Ersetzen durch: access_log off;/)
})

test('after the change there is nothing to do', async () => {
  put('etc/nginx/nginx.conf', MAIN.replace('/var/log/nginx/access.log', 'off'))
  put('etc/nginx/sites-enabled/runde', SITE)
  const { stdout, code } = await place.run(['surroundings', 'etc/nginx'])
  expect(stdout).toMatch(/^fine +nginx/m)
  expect(stdout).toMatch(/does not store: 0;/)
  expect(code).toBe(0)
})

test('names that were made to hurt are shown on one line, without control characters', async () => {
  put('etc/caddy/Caddyfile', 'x\u001b[2J {\n log\n}\nimport "etc\n/*"')
  put('etc/caddy/a\u001b[2J\nb', 'x')
  const { stdout } = await place.run(['surroundings', 'etc'])
  expect(stdout).toMatch(/STORES/)
  expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
})

test('what cannot be read is said', async () => {
  put('etc/turnserver.conf', 'verbose\n')
  chmodSync(join(place.folder, 'etc/turnserver.conf'), 0o000)
  const { stdout } = await place.run(['surroundings', 'etc/turnserver.conf'])
  // Whoever is root reads it all the same.
  expect(stdout).toMatch(
    process.getuid?.() === 0 ? /^STORES +coturn/m : /^unclear +.*turnserver\.conf cannot be read/m,
  )
})

test('a path that does not exist, and options, are refused', async () => {
  const missing = await place.run(['surroundings', 'no/such/path'])
  expect(missing).toMatchObject({ code: 1, stdout: '' })
  expect(missing.stderr).toMatch(/no such path/)
  expect((await place.run(['surroundings', '--all'])).stderr).toMatch(/knows paths only/)
})
