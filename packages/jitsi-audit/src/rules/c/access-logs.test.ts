import { expect, it } from 'vitest'
import { assemble } from '../../model/assemble.ts'
import { nginx } from '../b/fixtures/case.ts'
import { accessLogs, carriesAddress, carriesQuery } from './access-logs.ts'
import { appServers } from './web-server.ts'

/** What the one server writes, in words. */
function written(http: readonly string[], server: readonly string[]): readonly string[] {
  const installation = assemble([{ path: 'etc/nginx/nginx.conf', text: nginx(http, server) }])
  return appServers(installation)
    .flatMap((one) => accessLogs(installation, one))
    .map(({ off, format }) => {
      if (off) return 'off'
      if (format === undefined) return 'unknown'
      const address = carriesAddress(installation.nginx, format) ? 'address' : ''
      return `${address} ${carriesQuery(installation.nginx, format) ? 'query' : ''}`.trim()
    })
}

const LOG = ['access_log /var/log/nginx/a.log own;']

it('follows maps to what they pass on', () => {
  expect(written(["log_format own '$remote_addr $request';"], LOG)).toEqual(['address query'])
  expect(written(["log_format own '${remote_addr}';"], LOG)).toEqual(['address'])
  expect(written(['map $remote_addr $a { default 0.0.0.0; }', "log_format own '$a $status';"], LOG)).toEqual([
    '',
  ])
  expect(
    written(
      [
        'map $remote_addr $a { default $remote_addr; }',
        'map $status $b { default $a; }',
        "log_format own '$b';",
      ],
      LOG,
    ),
  ).toEqual(['address'])
  expect(
    written(
      ['map $request_uri $u { ~^(?<p>[^?]*)\\?.*jwt= $p; default $request_uri; }', "log_format own '$u';"],
      LOG,
    ),
  ).toEqual([''])
})

it('ends with maps that go in a circle', () => {
  expect(
    written(['map $a $b { default $a; }', 'map $b $a { default $b; }', "log_format own '$a';"], LOG),
  ).toEqual([''])
})

it('takes the innermost statement, and knows formats with options', () => {
  expect(written(['access_log off;'], LOG)).toEqual(['unknown'])
  expect(written([], ['access_log /dev/null;'])).toEqual(['off'])
  expect(written([], ['access_log /var/log/nginx/a.log combined buffer=32k flush=5s;'])).toEqual([
    'address query',
  ])
  expect(written([], ['access_log /var/log/nginx/a.log buffer=32k;'])).toEqual(['address query'])
  expect(written([], [...LOG, 'location / {', '    access_log off;', '}'])).toEqual(['unknown', 'off'])
})
