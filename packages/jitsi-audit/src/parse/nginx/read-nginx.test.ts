import { expect, test } from 'vitest'
import type { NginxConfig, NginxScope } from '../../core/installation.ts'
import { fileSet } from '../testing/plain.ts'
import { readNginx } from './read-nginx.ts'
import { accessLogsOf, errorLogsOf, headersOf, serversOf, sourcesOf, variablesIn } from './views.ts'

function read(texts: string | Record<string, string>): NginxConfig {
  const set = fileSet(typeof texts === 'string' ? { 'etc/nginx/nginx.conf': texts } : texts)
  return readNginx(set.files, set.include)
}

function scope(config: NginxConfig, kind: NginxScope['kind'], index = 0): NginxScope {
  const found = config.scopes.filter((one) => one.kind === kind)[index]
  if (found === undefined) throw new Error(`no ${kind}`)
  return found
}

function effective(one: NginxScope, name: string): readonly string[] | undefined {
  return one.effective.get(name)?.map(({ args }) => args.join(' '))
}

/** `path format` of each access log, or the state when it is not known. */
function logs(config: NginxConfig, one: NginxScope): unknown {
  const found = accessLogsOf(config, one)
  return found.state === 'unknown' ? 'unknown' : found.logs.map(({ path, format }) => `${path} ${format}`)
}

test('words: quotes at the start only, escapes, brackets and quotes inside of regexes', () => {
  const config = read(`http { server {
  location ~ ^/([^/?&:'"]+)$ { try_files $uri @root; }
  location ~ "^/[a-z]{2}/(.*)\\.js$" { return 200 "a;b{c}"; }
  set $a 'x\\'y'; # comment; with { signs }
  set $b "\${a}c";
  set $c \${a}d;
  add_header X a"b;
} }`)
  expect(config.problems).toEqual([])
  expect(scope(config, 'location').args).toEqual(['~', `^/([^/?&:'"]+)$`])
  expect(scope(config, 'location', 1).args).toEqual(['~', '^/[a-z]{2}/(.*)\\.js$'])
  expect(effective(scope(config, 'location', 1), 'return')).toEqual(['200 a;b{c}'])
  expect(effective(scope(config, 'server'), 'set')).toEqual(["$a x'y", '$b ${a}c', '$c ${a}d'])
  expect(effective(scope(config, 'server'), 'add_header')).toEqual(['X a"b'])
})

test('access_log: the inner one replaces, off at an outer level does not hold inside', () => {
  const config = read(`http { access_log off;
  server { listen 80; access_log /var/log/nginx/a.log; location / { } location /x { access_log off; } }
  server { listen 81; } }`)
  expect(logs(config, scope(config, 'http'))).toEqual([])
  expect(logs(config, scope(config, 'server'))).toEqual(['/var/log/nginx/a.log combined'])
  expect(logs(config, scope(config, 'location'))).toEqual(['/var/log/nginx/a.log combined'])
  expect(logs(config, scope(config, 'location', 1))).toEqual([])
  expect(logs(config, scope(config, 'server', 1))).toEqual([])
})

test('access_log: several, formats with their text, options, and the default when nothing is written', () => {
  const config = read(`http { log_format plain escape=json '$remote_addr '
    '"$request"'; log_format bare "x";
  server { access_log /a plain buffer=32k if=$loggable; access_log /b gzip; access_log syslog:server=1.2.3.4 nowhere; }
  server { } }`)
  const found = accessLogsOf(config, scope(config, 'server'))
  expect(found).toMatchObject({
    state: 'known',
    logs: [
      {
        path: '/a',
        format: 'plain',
        text: '$remote_addr "$request"',
        condition: '$loggable',
        origin: { line: 3 },
      },
      { path: '/b', format: 'combined' },
      { path: 'syslog:server=1.2.3.4', format: 'nowhere' },
    ],
  })
  const stock = accessLogsOf(config, scope(config, 'server', 1))
  expect(stock).toMatchObject({
    state: 'known',
    logs: [{ path: 'logs/access.log', format: 'combined' }],
    origin: { kind: 'stock-default' },
  })
  expect(stock.state === 'known' && stock.logs[0]?.text).toContain('$remote_addr')
})

test('a server without the http level: nobody knows which logs it inherits', () => {
  const config = read({
    'sites-available/meet.conf': 'server { listen 443 ssl; location /a { access_log /x; } }',
  })
  expect(config.completeness).toBe('fragment')
  expect(logs(config, scope(config, 'server'))).toBe('unknown')
  expect(logs(config, scope(config, 'location'))).toEqual(['/x combined'])
  expect(errorLogsOf(config, scope(config, 'server'))).toBeUndefined()
})

test('error_log comes down from the main level, and has a default', () => {
  const config = read('error_log /main.log crit; http { server { } server { error_log /s.log; } }')
  expect(errorLogsOf(config, scope(config, 'server'))).toMatchObject([{ path: '/main.log', level: 'crit' }])
  expect(errorLogsOf(config, scope(config, 'server', 1))).toMatchObject([{ path: '/s.log', level: 'error' }])
  const bare = read('http { server { } }')
  expect(errorLogsOf(bare, scope(bare, 'server'))).toMatchObject([
    { level: 'error', origin: { kind: 'stock-default' } },
  ])
})

test('headers replace as a group; with merge they add up', () => {
  const config =
    read(`http { add_header A 1; server { add_header Strict-Transport-Security "max-age=1" always; add_header B 2;
   location /x { add_header C 3; } location /y { } location /z { add_header_inherit merge; add_header D 4; } location /o { add_header_inherit off; more_set_headers "E: 5"; } } }`)
  const names = (index: number): readonly string[] =>
    headersOf(scope(config, 'location', index)).map(({ name }) => name)
  expect(headersOf(scope(config, 'server'))).toMatchObject([
    { name: 'strict-transport-security', value: 'max-age=1', always: true },
    { name: 'b', value: '2', always: false },
  ])
  expect([0, 1, 2, 3].map((index) => names(index))).toEqual([
    ['c'],
    ['strict-transport-security', 'b'],
    ['strict-transport-security', 'b', 'd'],
    ['e'],
  ])
})

test('other groups: real_ip, proxy headers, allow and deny together; handlers stay where they are', () => {
  const config =
    read(`http { set_real_ip_from 10.0.0.1; set_real_ip_from 10.0.0.2; server { server_name a b; allow 1.1.1.1; deny all; proxy_set_header A 1; return 301 /;
    location / { set_real_ip_from 10.0.0.3; deny 2.2.2.2; proxy_pass http://x; location /in { proxy_set_header B 2; } if ($arg_v) { expires 1y; } limit_except GET { deny all; } } } }`)
  const outer = scope(config, 'location')
  const inner = scope(config, 'location', 1)
  expect(scope(config, 'server').args).toEqual(['a', 'b'])
  expect(effective(scope(config, 'server'), 'set_real_ip_from')).toEqual(['10.0.0.1', '10.0.0.2'])
  expect(effective(outer, 'set_real_ip_from')).toEqual(['10.0.0.3'])
  expect([effective(outer, 'allow'), effective(outer, 'deny')]).toEqual([undefined, ['2.2.2.2']])
  expect([effective(outer, 'return'), effective(inner, 'proxy_pass')]).toEqual([undefined, undefined])
  expect([effective(outer, 'proxy_set_header'), effective(inner, 'proxy_set_header')]).toEqual([
    ['A 1'],
    ['B 2'],
  ])
  expect(effective(scope(config, 'if'), 'expires')).toEqual(['1y'])
  expect(scope(config, 'if').parent).toBe(outer)
  expect(scope(config, 'if', 1).args).toEqual(['GET'])
})

test('maps and what a text depends on in the end', () => {
  const config = read(`http {
    map $remote_addr $ip_short { default 0.0.0.0; ~(?P<ip>\\d+\\.\\d+\\.\\d+)\\. $ip.0; hostnames; include x.map; "a b" 'c d'; }
    map $ip_short $again { default $again; }
    geo $country { default ZZ; 10.0.0.0/8 own; }
    server { set $who $http_x_forwarded_for; } }`)
  expect(config.maps.get('$ip_short')).toMatchObject({
    source: '$remote_addr',
    cases: [
      ['default', '0.0.0.0'],
      ['~(?P<ip>\\d+\\.\\d+\\.\\d+)\\.', '$ip.0'],
      ['a b', 'c d'],
    ],
  })
  expect(config.maps.get('$country')?.source).toBe('$remote_addr')
  expect(variablesIn('$a-${b_c} $a x')).toEqual(['$a', '$b_c'])
  expect([...sourcesOf(config, scope(config, 'server'), '$again $who')].sort()).toEqual([
    '$again',
    '$http_x_forwarded_for',
    '$ip',
    '$ip_short',
    '$remote_addr',
    '$who',
  ])
})

test('ports: all ways to listen, TLS by port or by the old switch, 80 when nothing is written', () => {
  const config = read(`http {
    server { listen 443 ssl http2 default_server; listen [::]:443 ssl; listen 127.0.0.1:8080 proxy_protocol; listen unix:/run/x.sock; listen meet.example.org; listen 8443 quic; }
    server { ssl on; listen 4443; } server { } }`)
  const servers = serversOf(config)
  expect(servers[0]?.listens.map(({ address, port, ssl }) => `${address} ${port} ${ssl}`)).toEqual([
    '* 443 true',
    '[::] 443 true',
    '127.0.0.1 8080 false',
    'unix:/run/x.sock undefined false',
    'meet.example.org 80 false',
    '* 8443 false',
  ])
  expect(servers[0]?.listens[0]?.defaultServer).toBe(true)
  expect(servers[0]?.listens[2]?.proxyProtocol).toBe(true)
  expect(servers.map(({ tls, listens }) => `${tls} ${listens[0]?.port}`)).toEqual([
    'true 443',
    'true 4443',
    'false 80',
  ])
})

test('included files stand in place, also inside a server; directives keep their own file', () => {
  const config = read({
    'etc/nginx/nginx.conf': 'http { include mime.types; include sites-enabled/*; }',
    'sites-enabled/meet': 'server { include snippets/log.conf; }',
    'snippets/log.conf': 'access_log /x;',
  })
  expect(config.completeness).toBe('complete')
  expect(config.files).toEqual(['etc/nginx/nginx.conf', 'sites-enabled/meet', 'snippets/log.conf'])
  expect(scope(config, 'server').effective.get('access_log')?.[0]?.origin).toMatchObject({
    file: 'snippets/log.conf',
    line: 1,
  })
})

test('paths of a container are found in the folder that is mounted', () => {
  const config = read({
    'web/nginx/nginx.conf': 'http { include /config/nginx/site-confs/*; }',
    'web/nginx/site-confs/default': 'server { listen 443 ssl; include /config/nginx/meet.conf; }',
    'web/nginx/meet.conf': 'server_name _; location /a { }',
    'other/nginx/meet.conf': 'server_name other;',
  })
  expect(config.scopes.filter(({ kind }) => kind === 'server').map(({ args }) => args)).toEqual([
    ['_'],
    ['other'],
  ])
  expect(config.problems).toEqual([])
})

test('a missing file makes a fragment, an empty folder does not, a circle is told', () => {
  const missing = read('http { server { include snippets/ssl.conf; } }')
  expect([missing.completeness, missing.problems[0]?.code]).toEqual(['fragment', 'include-missing'])
  const empty = read('http { include conf.d/*.conf; server { } }')
  expect([empty.completeness, empty.problems[0]?.code]).toEqual(['complete', 'include-missing'])
  expect(
    read('include modules-enabled/*.conf; http { include /etc/nginx/mime.types; server { } }').problems,
  ).toEqual([])
  expect(read('include etc/nginx/nginx.conf; http { server { } }').problems[0]?.code).toBe('include-cycle')
  expect(read('http { }').completeness).toBe('fragment')
  expect(read({}).completeness).toBe('absent')
})

test('loose files: sites beside the main one, the inside of a server, settings for http', () => {
  const config = read({
    'nginx.conf': 'http { access_log off; }',
    'conf.d/log.conf': 'log_format mine "x";',
    'meet.conf': 'server_name _; location /a { }',
  })
  expect(config.logFormats.get('mine')?.text).toBe('x')
  expect(scope(config, 'server').args).toEqual(['_'])
  expect(logs(config, scope(config, 'location'))).toEqual([])
  const lone = read({ 'site.conf': 'access_log /own; server { listen 80; }' })
  expect(logs(lone, scope(lone, 'server'))).toEqual(['/own combined'])
})

test('sites that are only available do not count beside enabled ones', () => {
  const config = read({
    'etc/nginx/nginx.conf': 'http { include etc/nginx/sites-enabled/*; }',
    'etc/nginx/sites-available/old': 'server { listen 81; }',
    'etc/nginx/sites-enabled/meet': 'server { listen 82; }',
  })
  expect(serversOf(config).map(({ listens }) => listens[0]?.port)).toEqual([82])
})

test('stream and mail servers are none of http', () => {
  expect(
    read('stream { server { listen 443; } } http { server { listen 80; } }').scopes.map(({ kind }) => kind),
  ).toEqual(['http', 'server'])
})

test('code of another language inside a block is passed over', () => {
  const config = read(`http { server { location / { content_by_lua_block { local s = "}" -- }
      if x then y({ 1 }) end } access_log /x; } } }`)
  expect(config.problems).toEqual([])
  expect(logs(config, scope(config, 'location'))).toEqual(['/x combined'])
})

test('template gaps become one placeholder each, conditions and inserted blocks make a fragment', () => {
  const config = read(`http { server { server_name {{ domain }}; ssl_certificate /c/{{ x }}.pem;
    listen {{ port }} ssl;
    {{ extra }}
    {% if log %}
    access_log /x;
    {% endif %}
  } }`)
  expect(scope(config, 'server').args).toEqual(['\u{E000}'])
  expect(effective(scope(config, 'server'), 'ssl_certificate')).toEqual(['/c/\u{E000}.pem'])
  expect(effective(scope(config, 'server'), 'access_log')).toEqual(['/x'])
  expect([config.completeness, config.problems.map(({ code }) => code)]).toEqual([
    'fragment',
    ['unsupported', 'unsupported'],
  ])
})

test('a gap before the end of a block, an open port, a tag over several lines', () => {
  const config = read(
    '{% set x = [\n { "a": 1 },\n] %}\nhttp { server { listen {{ port }} ssl;\n{{- block }}\n}\n{{ more }}\n}\n{{ last }}',
  )
  expect(config.problems.map(({ code, origin }) => [code, origin.line])).toEqual([
    ['unsupported', 5],
    ['unsupported', 7],
    ['unsupported', 9],
  ])
  expect(serversOf(config)[0]?.listens.map(({ port, ssl }) => [port, ssl])).toEqual([[undefined, true]])
})

test('a missing semicolon, an open and a surplus bracket are told with their line', () => {
  const open = read('http {\nserver {\nlisten 80\n}\n}')
  expect(open.problems.map(({ code, origin }) => [code, origin.line])).toEqual([['syntax', 4]])
  expect(read('http { server { listen 80;').problems.map(({ code }) => code)).toEqual(['syntax'])
  expect(read('http { } }').problems.map(({ code }) => code)).toEqual(['syntax'])
})

test('places reach from the name to the closing sign', () => {
  const config = read('http {\n  server {\n    access_log\n      /x;\n  }\n}')
  expect(scope(config, 'server').directive.origin).toMatchObject({
    line: 2,
    column: 3,
    endLine: 5,
    endColumn: 4,
  })
  expect(scope(config, 'server').effective.get('access_log')?.[0]?.origin).toMatchObject({
    line: 3,
    column: 5,
    endLine: 4,
    endColumn: 10,
  })
})
