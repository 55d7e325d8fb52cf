// The nginx configuration that the web image writes from its environment.
import { address } from './addresses.ts'
import { all, type ImageEnvironment, not } from './image-environment.ts'
import { Lines } from './lines.ts'
import { Sheet } from './sheet.ts'

const PATH = 'image:web/nginx.conf'

/** `customs` are files of the operator that the image includes in both of its servers. */
export function nginxSheet(environment: ImageEnvironment, customs: readonly string[]): Sheet {
  const sheet = new Sheet(PATH)
  const lines = new Lines(sheet, environment)
  lines.fixed('http {')
  lines.fixed('server_tokens off;')
  lines.value(
    'NGINX_RESOLVER',
    undefined,
    (resolver) => `resolver ${word(resolver)};`,
    lines.since('2020-10-02'),
  )
  const redacting = lines.since('2026-03-30')
  // Since then the query of an address with a token in it is left out of the log; the client's address never was.
  lines.fixed(
    'map $request_uri $loggable_uri { "~^(?P<path>[^?]*)\\?.*(?:jwt|token)=" "${path}?[params_redacted]"; default $request_uri; }',
    redacting,
  )
  lines.fixed(
    'map $http_referer $loggable_referer { "~^(?P<url>[^?]*)\\?.*(?:jwt|token)=" "${url}?[params_redacted]"; default $http_referer; }',
    redacting,
  )
  lines.fixed(
    'log_format jitsi_log \'$remote_addr - $remote_user [$time_local] "$request_method $loggable_uri $server_protocol" $status $body_bytes_sent "$loggable_referer" "$http_user_agent"\';',
    redacting,
  )
  lines.fixed('access_log /dev/stdout jitsi_log;', redacting)
  lines.fixed('access_log /dev/stdout;', not(redacting))
  lines.fixed('error_log /dev/stderr;')
  writePlain(lines, customs)
  writeSecure(lines, customs)
  lines.fixed('}')
  return sheet
}

function writePlain(lines: Lines, customs: readonly string[]): void {
  const redirect = lines.environment.flag('ENABLE_HTTP_REDIRECT', false)
  const place = lines.origin('ENABLE_HTTP_REDIRECT')
  lines.fixed('server {')
  lines.fixed('listen 80 default_server;', true, place)
  lines.fixed('return 301 https://$host$request_uri;', redirect, place)
  if (redirect !== true) writeSite(lines, customs)
  lines.fixed('}')
}

function writeSecure(lines: Lines, customs: readonly string[]): void {
  const { environment } = lines
  const secure = not(environment.flag('DISABLE_HTTPS', false))
  if (secure === false) return
  lines.fixed('server {')
  lines.fixed('listen 443 ssl http2;', secure, lines.origin('DISABLE_HTTPS'))
  lines.fixed('ssl_protocols TLSv1.2 TLSv1.3;', lines.since('2020-12-02'))
  lines.fixed('ssl_protocols TLSv1.2;', lines.until('2020-12-02'))
  lines.fixed('ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256;')
  lines.fixed('ssl_certificate /config/keys/cert.crt;')
  const hsts = environment.flag('ENABLE_HSTS', true)
  const header = 'add_header Strict-Transport-Security "max-age=63072000" always;'
  // Every release sends it; only the way to switch it off came later, so that an unknown release does not matter.
  const dated = environment.date !== undefined
  lines.fixed(header, dated && lines.since('2020-12-02', lines.until('2020-12-23')))
  lines.fixed(header, dated ? all(lines.since('2020-12-23'), hsts) : hsts, lines.origin('ENABLE_HSTS'))
  lines.fixed(
    'add_header Strict-Transport-Security "max-age=63072000; includeSubDomains; preload";',
    dated && lines.until('2020-12-02'),
  )
  writeSite(lines, customs)
  lines.fixed('}')
}

/** What both servers include. */
function writeSite(lines: Lines, customs: readonly string[]): void {
  lines.fixed('server_name _;')
  lines.fixed('root /usr/share/jitsi-meet;')
  lines.fixed('ssi on;')
  lines.fixed('add_header X-Content-Type-Options nosniff;')
  lines.fixed('add_header X-XSS-Protection "1; mode=block";')
  lines.value(
    'CSP_HEADER',
    undefined,
    (policy) => `add_header Content-Security-Policy "${policy}" always;`,
    lines.since('2026-02-02'),
  )
  lines.fixed('add_header Permissions-Policy "interest-cohort=()";', lines.since('2021-06-11'))
  lines.fixed('location = /config.js { alias /config/config.js; }')
  lines.fixed(
    'location ~ ^/(libs|css|static|images|fonts|lang|sounds|connection_optimization|.well-known)/(.*)$ {',
  )
  lines.value(
    'CORS_HEADER_ACCESS_CONTROL_ALLOW_ORIGIN',
    '*',
    (origin) => `add_header Access-Control-Allow-Origin "${origin}";`,
    lines.since('2024-04-24'),
  )
  lines.fixed('add_header Access-Control-Allow-Origin "*";', lines.until('2024-04-24'))
  lines.fixed('alias /usr/share/jitsi-meet/$1/$2; }')
  const transcripts = lines.since('2024-11-12')
  lines.fixed('location ~ ^/transcripts/(.*)$ { alias /usr/share/jitsi-meet/transcripts/$1; }', transcripts)
  lines.fixed(
    `location = /http-bind { proxy_set_header X-Forwarded-For $remote_addr; proxy_pass ${address('http', 'xmpp.meet.jitsi:5280/http-bind')}; }`,
  )
  lines.fixed(
    `location = /xmpp-websocket { proxy_set_header X-Forwarded-For $remote_addr; proxy_pass ${address('http', 'xmpp.meet.jitsi:5280/xmpp-websocket')}; }`,
    lines.since('2020-12-02', lines.environment.flag('ENABLE_XMPP_WEBSOCKET', true)),
  )
  writeServices(lines)
  for (const path of customs) lines.fixed(`include "${path.replaceAll(/["\\]/g, '')}";`)
}

function writeServices(lines: Lines): void {
  const { environment } = lines
  const stats = lines.since('2026-03-30', environment.flag('RTCSTATS_ENABLED', false))
  const path = word(lines.text('RTC_VISUALIZER_PATH', 'rtc-visualizer'))
  lines.fixed(
    `location = /rtcstats-ws/ { proxy_set_header X-Forwarded-For $remote_addr; proxy_pass ${address('http', 'rtcstats-server.meet.jitsi:3000/')}; }`,
    stats,
    lines.origin('RTCSTATS_ENABLED'),
  )
  lines.fixed(
    `location ^~ /${path}/ { proxy_set_header X-Forwarded-For $remote_addr; proxy_pass ${address('http', 'rtc-visualizer.meet.jitsi:8087/')}; }`,
    stats,
    lines.origin('RTCSTATS_ENABLED'),
  )
  lines.value(
    'ETHERPAD_URL_BASE',
    undefined,
    (url) =>
      `location ^~ /etherpad/ { proxy_set_header X-Forwarded-For $remote_addr; proxy_pass ${word(url)}/; }`,
  )
}

/** A value without anything that could end a directive. */
function word(value: string): string {
  return value.replaceAll(/[;{}'"\s]+/g, ' ').trim()
}
