import { expect, test } from 'vitest'
import { logsOf } from './around.ts'

const SAYS = { de: 'x', en: 'x' }
const PLACE = { file: '/etc/nginx/nginx.conf', line: 3 }

test('findings become records with the period as documents write it, equal ones once', () => {
  const logs = { service: 'nginx', state: 'logs', traces: ['addresses'], place: PLACE, says: SAYS } as const
  expect(
    logsOf(
      [
        { ...logs, kept: { kind: 'days', days: 14, place: PLACE } },
        { ...logs, kept: { kind: 'days', days: 14, place: PLACE } },
        { ...logs, kept: { kind: 'endless' } },
        { ...logs, kept: { kind: 'unknown' } },
        { ...logs, kept: { kind: 'days', days: 0, place: PLACE } },
        { ...logs, kept: { kind: 'days', days: 100_000, place: PLACE } },
      ],
      [],
    ),
  ).toEqual([
    { service: 'nginx', state: 'logs', holds: ['addresses'], kept: 'P14D' },
    { service: 'nginx', state: 'logs', holds: ['addresses'], kept: 'manual' },
    { service: 'nginx', state: 'logs', holds: ['addresses'] },
    { service: 'nginx', state: 'logs', holds: ['addresses'], kept: 'P1D' },
  ])
})

test.each([
  ['/etc/nginx', 'nginx'],
  ['/etc/caddy', 'Caddy'],
  ['/etc/apache2', 'Apache'],
  ['/etc/httpd', 'Apache'],
  ['/etc/coturn/turnserver.conf', 'coturn'],
  ['/etc/systemd/journald.conf', 'journald'],
  ['/etc/logrotate.d', 'logrotate'],
])('what cannot be read at %s is unclear', (path, service) => {
  expect(logsOf([], [path])).toEqual([{ service, state: 'unclear', holds: [] }])
})
