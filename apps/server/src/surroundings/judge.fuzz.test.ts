// Configuration that was written to hurt: never an exception, never a long wait, never control characters on the terminal.
import { expect, test, vi } from 'vitest'
import { judgeSurroundings } from './judge.ts'

vi.setConfig({ testTimeout: 60_000 })

const CASES = Number(process.env['RUNDE_FUZZ_CASES'] ?? '3000')

const PATHS = [
  'etc/nginx/nginx.conf',
  'etc/nginx/sites-enabled/x',
  'etc/caddy/Caddyfile',
  'etc/caddy/parts/x.caddy',
  'etc/apache2/apache2.conf',
  'etc/apache2/sites-enabled/x.conf',
  'etc/turnserver.conf',
  'etc/systemd/journald.conf',
  'etc/logrotate.conf',
  'etc/logrotate.d/x',
]

const PIECES = [
  'http',
  'server',
  'location /',
  'access_log',
  'error_log',
  'log_format',
  'map $a $b',
  '$remote_addr',
  '$b',
  'include',
  '/etc/nginx/sites-enabled/*',
  'off',
  'upstream u',
  'proxy_pass http://u;',
  'log',
  'output file /a',
  'format filter',
  'import',
  'parts/*',
  '(x)',
  'x',
  'import x',
  'request>remote_ip delete',
  '<<A',
  'A',
  '"',
  '`',
  '\\',
  '\\\n',
  '#',
  '{',
  '}',
  '{\n',
  '\n}',
  '\n',
  ';',
  ' ',
  ',',
  '<VirtualHost *>',
  '</VirtualHost>',
  'CustomLog',
  'LogFormat "%h" n',
  'ErrorLog',
  '${A}',
  'IncludeOptional *',
  'Define A ${A}',
  'verbose',
  'log-file=',
  '[Journal]',
  'MaxRetentionSec=',
  '9999999999999day',
  'rotate -1',
  'daily',
  '/var/log/*',
  '\u001b[2J',
  '\u0000',
  '\u202e',
  '%{',
  '%',
  "'",
  '\uE000',
]

function generator(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return (state >> 8) % below
  }
}

test('random configurations', () => {
  const random = generator(5)
  for (let index = 0; index < CASES; index++) {
    const files = Array.from({ length: 1 + random(4) }, () => ({
      path: PATHS[random(PATHS.length)] ?? '',
      text: Array.from({ length: random(60) }, () => PIECES[random(PIECES.length)] ?? '').join(
        random(2) === 0 ? ' ' : '',
      ),
    }))
    for (const { says, change, place } of judgeSurroundings(files, { host: 'x', port: 1 })) {
      for (const text of [says.de, says.en, change?.de ?? '', change?.en ?? ''])
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u)
      expect(place.line).toBeGreaterThan(0)
    }
  }
})

test.each([
  ['etc/caddy/Caddyfile', '{ '.repeat(200_000)],
  ['etc/caddy/Caddyfile', `x {\n${'import x\n'.repeat(40_000)}}`],
  ['etc/caddy/Caddyfile', `(a) {\nimport a\nimport a\n}\nx {\nimport a\n}`],
  ['etc/caddy/Caddyfile', '<<A\n'.repeat(90_000)],
  ['etc/caddy/Caddyfile', '"\\'.repeat(150_000)],
  ['etc/caddy/parts/x', 'import *\n'.repeat(40_000)],
  ['etc/apache2/apache2.conf', 'Include *\n'.repeat(40_000)],
  ['etc/apache2/apache2.conf', '\\\n'.repeat(190_000)],
  ['etc/apache2/apache2.conf', `CustomLog a "${'%{'.repeat(190_000)}"`],
  ['etc/apache2/apache2.conf', '<VirtualHost>\nCustomLog a "%h"\n'.repeat(10_000)],
  ['etc/nginx/nginx.conf', `http {${'server { access_log a; '.repeat(15_000)}`],
  ['etc/turnserver.conf', 'verbose\n'.repeat(20_000)],
])('%s of large and nested pieces ends soon', (path, text) => {
  const start = process.threadCpuUsage()
  judgeSurroundings([{ path, text }], { host: 'x', port: 1 })
  // Time of this thread alone, so that a busy machine does not count; quadratic time would take minutes.
  const { user, system } = process.threadCpuUsage(start)
  expect((user + system) / 1000).toBeLessThan(3000)
})
