import { expect, test } from 'vitest'
import type { SourceFile } from '@runde/jitsi-audit/servers'
import type { Finding } from './finding.ts'
import { judgeSurroundings } from './judge.ts'
import type { Own } from './ours.ts'

const OWN: Own = { host: 'runde.example', port: 8080 }

function files(texts: Readonly<Record<string, string>>): SourceFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, text }))
}

/** `STATE file:line traces kept | change`, one for each finding. */
function told(texts: Readonly<Record<string, string>>, own: Own | 'unknown' = OWN): string[] {
  return judgeSurroundings(files(texts), own === 'unknown' ? undefined : own).map(short)
}

function short({ state, place, traces, kept, change }: Finding): string {
  const period = kept === undefined ? '' : kept.kind === 'days' ? ` ${kept.days}d` : ` ${kept.kind}`
  const where =
    kept !== undefined && kept.kind !== 'unknown' && kept.place !== undefined ? `@${kept.place.line}` : ''
  const rest = change === undefined ? '' : ` | ${change.en}`
  return `${state} ${place.file}:${place.line} ${traces.join('+')}${period}${where}${rest}`
    .replace('  ', ' ')
    .trimEnd()
}

const NGINX_MAIN = `user www-data;
events {}
http {
  log_format short '$anon [$time_local] $status';
  log_format anon '$anon - "$request"';
  map $remote_addr $anon {
    ~(?P<net>\\d+\\.\\d+\\.\\d+)\\. $net.0;
    default -;
  }
  access_log /var/log/nginx/access.log;
  error_log /var/log/nginx/error.log;
  include /etc/nginx/sites-enabled/*;
}
`

function site(body: string): string {
  return `server {
  server_name runde.example;
  ${body}
  location / { proxy_pass http://127.0.0.1:8080; }
}
`
}

const LOGROTATE = { 'etc/logrotate.conf': 'weekly\nrotate 4\ninclude /etc/logrotate.d\n' }
const ROTATE_NGINX = { 'etc/logrotate.d/nginx': '/var/log/nginx/*.log {\n  daily\n  rotate 14\n}\n' }

test('nginx as it is installed logs everything, in the place that says so, for as long as logrotate keeps it', () => {
  expect(
    told({
      'etc/nginx/nginx.conf': NGINX_MAIN,
      'etc/nginx/sites-enabled/runde': site(''),
      ...LOGROTATE,
      ...ROTATE_NGINX,
    }),
  ).toEqual([
    'logs etc/nginx/nginx.conf:10 addresses+pages 14d@1 | Replace by: access_log off;',
    'logs etc/nginx/nginx.conf:11 addresses+pages 14d@1 | Replace by: error_log /var/log/nginx/error.log crit;',
  ])
})

test('nginx without any directive logs all the same, and the change says where to put one', () => {
  const main = 'events {}\nhttp {\n  server {\n    listen 80;\n  }\n}\n'
  expect(told({ 'etc/nginx/nginx.conf': main })).toEqual([
    'logs etc/nginx/nginx.conf:3 addresses+pages unknown | Insert after line 3: access_log off;',
    'logs etc/nginx/nginx.conf:3 addresses+pages unknown | Insert after line 3: error_log /var/log/nginx/error.log crit;',
  ])
})

test.each([
  ['access_log off; error_log /dev/null;', ['clean etc/nginx/sites-enabled/runde:3']],
  ['access_log /dev/null; error_log /var/log/e.log crit;', ['clean etc/nginx/sites-enabled/runde:3']],
  ['access_log /var/log/x.log short; error_log /dev/null;', ['clean etc/nginx/sites-enabled/runde:3']],
  [
    'access_log /var/log/x.log anon; error_log /dev/null;',
    ['logs etc/nginx/sites-enabled/runde:3 pages unknown | Replace by: access_log off;'],
  ],
  [
    'access_log /var/log/x.log nowhere; error_log /dev/null;',
    ['unclear etc/nginx/sites-enabled/runde:3 | Replace by: access_log off;'],
  ],
])('nginx: %s', (body, expected) => {
  expect(told({ 'etc/nginx/nginx.conf': NGINX_MAIN, 'etc/nginx/sites-enabled/runde': site(body) })).toEqual(
    expected,
  )
})

test('sites that are not enabled, snippets nobody includes and sites of others do not count', () => {
  const quiet = site('access_log off; error_log /dev/null;')
  const other =
    'server { server_name other.example; access_log /var/log/other.log; error_log /var/log/o.log; }\n'
  expect(
    told({
      'etc/nginx/nginx.conf': NGINX_MAIN,
      'etc/nginx/sites-enabled/runde': quiet,
      'etc/nginx/sites-enabled/other': other,
      'etc/nginx/sites-available/default': site(''),
      'etc/nginx/snippets/log.conf': 'access_log /var/log/snippet.log;',
      'etc/nginx/sites-enabled/runde.bak': site(''),
    }),
  ).toEqual(['clean etc/nginx/sites-enabled/runde:3'])
})

test('a server is found by the port it passes on to, through an upstream as well', () => {
  const main = `events {}
http {
  upstream meetings { server 127.0.0.1:8080; }
  server { server_name a.example; access_log off; error_log /dev/null; location / { proxy_pass http://meetings; } }
  server { server_name b.example; access_log /var/log/b.log; error_log /dev/null; location / { proxy_pass http://127.0.0.1:9090; } }
}
`
  expect(told({ 'etc/nginx/nginx.conf': main })).toEqual(['clean etc/nginx/nginx.conf:4'])
  expect(told({ 'etc/nginx/nginx.conf': main }, 'unknown')).toHaveLength(2)
})

test('a location that logs in a quiet server is found', () => {
  const body = 'access_log off; error_log /dev/null; location /rtc { access_log /var/log/rtc.log; }'
  expect(told({ 'etc/nginx/nginx.conf': NGINX_MAIN, 'etc/nginx/sites-enabled/runde': site(body) })).toContain(
    'logs etc/nginx/sites-enabled/runde:3 addresses+pages unknown | Replace by: access_log off;',
  )
})

test('Caddy logs nothing by itself', () => {
  expect(told({ 'etc/caddy/Caddyfile': 'runde.example {\n\treverse_proxy localhost:8080\n}\n' })).toEqual([
    'clean etc/caddy/Caddyfile:1',
  ])
  expect(told({ 'etc/caddy/Caddyfile': 'runde.example\nreverse_proxy localhost:8080\n' })).toEqual([
    'clean etc/caddy/Caddyfile:1',
  ])
})

test.each([
  ['log', 'logs etc/caddy/Caddyfile:2 addresses+pages unknown | Delete this line.'],
  ['log {\n\toutput discard\n}', 'clean etc/caddy/Caddyfile:1'],
  [
    'log {\n\toutput file /var/log/caddy/a.log {\n\t\troll_keep_for 720h\n\t}\n}',
    'logs etc/caddy/Caddyfile:2 addresses+pages endless@3 | Delete the block log (lines 2 to 6).',
  ],
  [
    'log {\n\toutput file /a.log {\n\t\troll_interval 24h\n\t\troll_keep_for 3d\n\t}\n}',
    'logs etc/caddy/Caddyfile:2 addresses+pages 3d@5 | Delete the block log (lines 2 to 7).',
  ],
  [
    'log {\n\tformat filter {\n\t\trequest>remote_ip delete\n\t\trequest>client_ip ip_mask 24 48\n\t}\n}',
    'logs etc/caddy/Caddyfile:2 pages unknown | Delete the block log (lines 2 to 7).',
  ],
  [
    'log {\n\tformat filter {\n\t\tfields {\n\t\t\trequest>remote_ip delete\n\t\t\trequest>uri delete\n\t\t}\n\t}\n}',
    'logs etc/caddy/Caddyfile:2 addresses unknown | Delete the block log (lines 2 to 9).',
  ],
  ['log {\n\tformat filter {\n\t\trequest delete\n\t}\n}', 'clean etc/caddy/Caddyfile:1'],
  ['log\nlog_skip', 'clean etc/caddy/Caddyfile:1'],
  ['log\nlog_skip /static/*', 'logs etc/caddy/Caddyfile:2 addresses+pages unknown | Delete this line.'],
  ['respond "log {" # log', 'clean etc/caddy/Caddyfile:1'],
  ['respond <<X\n\tlog\n\tX 200', 'clean etc/caddy/Caddyfile:1'],
  ['respond a \\\n  log', 'clean etc/caddy/Caddyfile:1'],
])('Caddy: %j', (body, expected) => {
  const text = `runde.example, www.runde.example {\n${body}\n}\n`
  expect(told({ 'etc/caddy/Caddyfile': text })).toEqual([expected])
})

test('Caddy: snippets, imported files, global debug, the journal as target, other sites', () => {
  const text = `{
	debug
}
(logging) {
	log
}
other.example {
	log
}
runde.example,
www.runde.example {
	import logging
	import parts/*.caddy
}
`
  expect(
    told({
      'etc/caddy/Caddyfile': text,
      'etc/caddy/parts/one.caddy': '\nlog {\n\toutput file /x.log\n}\n',
      'etc/systemd/journald.conf': '[Journal]\nMaxRetentionSec=3day\n',
    }),
  ).toEqual([
    'logs etc/caddy/Caddyfile:2 addresses+pages unknown | Delete this line.',
    'logs etc/caddy/Caddyfile:5 addresses+pages 3d@2 | Delete this line.',
    'logs etc/caddy/parts/one.caddy:2 addresses+pages endless@3 | Delete the block log (lines 2 to 4).',
    'clean etc/systemd/journald.conf:2 3d@2',
  ])
})

const APACHE_MAIN = `ServerRoot "/etc/apache2"
ErrorLog \${APACHE_LOG_DIR}/error.log
LogFormat "%h %l %u %t \\"%r\\" %>s %O" common
LogFormat "%t %>s" quiet
IncludeOptional conf-enabled/*.conf
IncludeOptional sites-enabled/*.conf
`

function host(body: string): string {
  return `<VirtualHost *:443>
  ServerName runde.example
  ProxyPass / http://localhost:8080/
  ${body}
</VirtualHost>
`
}

function apache(body: string, more: Readonly<Record<string, string>> = {}): string[] {
  return told({
    'etc/apache2/apache2.conf': APACHE_MAIN,
    'etc/apache2/sites-enabled/runde.conf': host(body),
    ...more,
  })
}

const APACHE_ERRORS =
  'logs etc/apache2/apache2.conf:2 addresses+pages unknown | Insert after line 2: LogLevel crit'

test.each([
  ['', ['clean etc/apache2/sites-enabled/runde.conf:1', APACHE_ERRORS]],
  [
    'CustomLog ${APACHE_LOG_DIR}/a.log common',
    [
      'logs etc/apache2/sites-enabled/runde.conf:4 addresses+pages unknown | Replace by: CustomLog /dev/null "%t"',
      APACHE_ERRORS,
    ],
  ],
  [
    'CustomLog /var/log/a.log "%{X-Forwarded-For}i"\n  LogLevel crit',
    ['logs etc/apache2/sites-enabled/runde.conf:4 addresses unknown | Replace by: CustomLog /dev/null "%t"'],
  ],
  [
    'TransferLog /var/log/a.log\n  ErrorLogFormat "[%t] %M"',
    [
      'logs etc/apache2/sites-enabled/runde.conf:4 addresses+pages unknown | Replace by: CustomLog /dev/null "%t"',
    ],
  ],
  ['CustomLog /var/log/a.log quiet\n  ErrorLog /dev/null', ['clean etc/apache2/sites-enabled/runde.conf:4']],
  ['customlog \\\n  /dev/null common\n  LogLevel emerg', ['clean etc/apache2/sites-enabled/runde.conf:1']],
  ['# CustomLog /var/log/a.log common\n  LogLevel alert', ['clean etc/apache2/sites-enabled/runde.conf:1']],
  ['CustomLog /var/log/a.log nowhere\n  LogLevel crit', ['unclear etc/apache2/sites-enabled/runde.conf:4']],
] as const)('Apache: %j', (body, expected) => {
  expect(apache(body)).toEqual(expected)
})

test('Apache: a host without a log of its own writes into that of the main server', () => {
  expect(
    apache('LogLevel crit', {
      'etc/apache2/conf-enabled/other-vhosts-access-log.conf':
        'CustomLog ${APACHE_LOG_DIR}/other_vhosts_access.log common\n',
      ...LOGROTATE,
      'etc/logrotate.d/apache2': '/var/log/apache2/*.log {\n  size 10M\n}\n',
    }),
  ).toEqual([
    'logs etc/apache2/conf-enabled/other-vhosts-access-log.conf:1 addresses+pages endless@1 | Insert after line 1 of etc/apache2/sites-enabled/runde.conf: CustomLog /dev/null "%t"',
  ])
})

test('coturn: verbose names both sides of each session', () => {
  expect(
    told({
      'etc/turnserver.conf': 'realm=x\nverbose\nlog-file=/var/log/turn.log\n',
      ...LOGROTATE,
      ...ROTATE_NGINX,
    }),
  ).toEqual(['logs etc/turnserver.conf:2 addresses endless | Delete this line.'])
  expect(told({ 'etc/turnserver.conf': 'realm=x\n# verbose\n' })).toEqual(['clean etc/turnserver.conf:1'])
  expect(told({ 'etc/turnserver.conf': 'verbose=0\n' })).toEqual(['clean etc/turnserver.conf:1'])
})

test('journald: without a limit in time it keeps what others write', () => {
  const change = ' | In the section [Journal]: MaxRetentionSec=7day, then systemctl restart systemd-journald'
  expect(told({ 'etc/systemd/journald.conf': '[Journal]\n#MaxRetentionSec=0\n' })).toEqual([
    `logs etc/systemd/journald.conf:1 endless${change}`,
  ])
  expect(told({ 'etc/systemd/journald.conf': '[Journal]\nMaxRetentionSec=1month\n' })).toEqual([
    `logs etc/systemd/journald.conf:2 31d@2${change}`,
  ])
  expect(
    told({
      'etc/systemd/journald.conf': '[Journal]\n',
      'etc/systemd/journald.conf.d/keep.conf': '[Journal]\nMaxRetentionSec=7day\n',
    }),
  ).toEqual(['clean etc/systemd/journald.conf.d/keep.conf:2 7d@2'])
  expect(told({ 'etc/systemd/journald.conf': '[Journal]\nStorage=volatile\n' })).toEqual([
    'clean etc/systemd/journald.conf:2',
  ])
})

test('nothing is said where there is nothing', () => {
  expect(told({})).toEqual([])
  expect(told({ 'etc/hosts': '127.0.0.1 localhost\n' })).toEqual([])
})
