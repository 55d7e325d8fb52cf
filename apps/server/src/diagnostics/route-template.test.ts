import { expect, test } from 'vitest'
import { createRouteTemplate } from './route-template.ts'

const routeOf = createRouteTemplate(
  ['*', '/api/*', '/api/meetings/:id', '/api/meetings/new', '/api/meetings/:id/join', '/healthz'].map(
    (path) => ({
      path,
    }),
  ),
)

test.each([
  ['/api/meetings/abc-defg-hij', '/api/meetings/:id'],
  ['/api/meetings/new', '/api/meetings/new'],
  ['/api/meetings/abc-defg-hij/join?name=Erika', '/api/meetings/:id/join'],
  ['/healthz#x', '/healthz'],
  ['/rtc?access_token=secret', '/rtc'],
  ['/rtc/v1?access_token=secret', '/rtc'],
  ['/rtc/v1/validate?access_token=secret', '/rtc/validate'],
  ['/twirp/livekit.RoomService/Erika', '/twirp/:service/:method'],
  ['/abc-defg-hij', '(page)'],
  ['/', '(page)'],
  ['/assets/Erika.js', '(file)'],
  ['/api/Erika', '(other)'],
  ['http://erika.example/', '(other)'],
  ['Erika', '(other)'],
  [`/${'x'.repeat(3000)}`, '(other)'],
  [undefined, '(other)'],
])('%s is %s', (target, template) => {
  expect(routeOf(target)).toBe(template)
})

test('whatever a stranger asks for, only templates and fixed words come out', () => {
  const cases = Number(process.env['RUNDE_FUZZ_CASES'] ?? '3000')
  const known = new Set([
    '/api/meetings/:id',
    '/api/meetings/new',
    '/api/meetings/:id/join',
    '/healthz',
    '/rtc',
    '/rtc/validate',
    '/twirp/:service/:method',
    '(page)',
    '(file)',
    '(other)',
  ])
  const pieces = [
    '/',
    'api',
    'meetings',
    ':id',
    '*',
    'rtc',
    'v1',
    'validate',
    'twirp',
    '?',
    '#',
    '.',
    '%2f',
    '\u0000',
    '..',
    'x',
  ]
  let state = 11
  for (let index = 0; index < cases; index++) {
    let target = ''
    for (let part = 0; part < 9; part++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
      target += pieces[(state >> 8) % pieces.length] ?? ''
    }
    expect(known).toContain(routeOf(target))
  }
})
