import { expect, test, vi } from 'vitest'
import { fuzzParser, timed } from '../testing/fuzz.ts'
import { readNginx } from './read-nginx.ts'
import { accessLogsOf, errorLogsOf, headersOf, serversOf, sourcesOf } from './views.ts'

vi.setConfig({ testTimeout: 600_000 })

const SEED = `user www-data; error_log /e crit;
http { log_format f '$remote_addr' "x"; map $a $b { default 1; ~^(?<p>x) "\${p}"; }
  include conf.d/*.conf; access_log /a f if=$b;
  server { listen 443 ssl; server_name {{ x }} a; add_header A "b;c" always;
    location ~ ^/([^/?&:'"]+)$ { rewrite ^/(.*)$ / break; if ($arg_v) { expires 1y; } }
    location = /x { access_log off; set $prefix ""; proxy_pass http://x?p=$prefix&$args; }
    # comment {
  } }
`
const PIECES = [
  '{',
  '}',
  ';',
  '"',
  "'",
  '\\',
  '$',
  '${',
  '#',
  '\n',
  ' ',
  'http {',
  'server {',
  'location / {',
  'if (',
  ')',
  'map $a $b {',
  'include x;',
  'include conf.d/*;',
  'access_log ',
  'off',
  'log_format a ',
  '{{',
  '}}',
  '{% if x %}',
  '{% endif %}',
  'listen 80;',
  'set $a $b;',
  'set $b $a;',
  'content_by_lua_block {',
  '\u{E000}',
  'geo ',
  'add_header_inherit merge;',
]

function parse(text: string): unknown {
  const main = { path: 'nginx.conf', text }
  const other = { path: 'conf.d/a.conf', text: text.slice(text.length / 2) }
  const config = readNginx([main, other], (pattern) =>
    pattern.includes('conf.d') ? [other] : pattern === 'x' ? [main] : [],
  )
  const views = config.scopes
    .slice(0, 50)
    .map((scope) => [
      accessLogsOf(config, scope),
      errorLogsOf(config, scope),
      headersOf(scope),
      [...sourcesOf(config, scope, '$a $b')],
    ])
  const scopes = config.scopes.map(({ kind, args, effective }) => [kind, args, [...effective.keys()]])
  return [
    config.completeness,
    config.problems,
    scopes,
    config.maps,
    config.logFormats,
    views,
    serversOf(config).length,
  ]
}

test('changed and made-up nginx configuration is read without throwing or hanging, twice alike', () => {
  expect(fuzzParser({ seeds: [SEED], pieces: PIECES, parse })).toEqual([])
})

test.each([
  ['blocks', 'a{'.repeat(400_000)],
  ['closing brackets', '}'.repeat(900_000)],
  ['directives', 'http{server{'.concat('a b;'.repeat(240_000))],
  [
    'locations with inheritance',
    `http{${'a0 1;a1 1;a2 1;'.repeat(1_000)}server{${Array.from({ length: 2_000 }, (_, index) => `b${index} 1;`).join('')}${'location / {}'.repeat(40_000)}`,
  ],
  ['nested locations', `http{server{${'location / { a 1;'.repeat(50_000)}`],
  ['quotes', '"a" '.repeat(240_000)],
  ['open quotes', `${'a '.repeat(400_000)}"`],
  ['escapes', '\\'.repeat(900_000)],
  ['comments', '#\n'.repeat(400_000)],
  ['includes', `http{${'include conf.d/*;'.repeat(20_000)}`],
  [
    'maps in a circle',
    `http{${Array.from({ length: 5_000 }, (_, index) => `map $m${index} $m${index + 1} {default $m0$m${index};}`).join('')}server{}}`,
  ],
  ['dollars', '$'.repeat(900_000)],
  ['tags', '{{'.repeat(400_000)],
])('%s in masses stay within a second', (_name, text) => {
  const cut = text.slice(0, 399_000)
  expect(timed(() => parse(cut), cut)).toBeDefined()
})
