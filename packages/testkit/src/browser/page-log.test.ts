import { expect, test } from 'vitest'
import { foreignRequests, newPageLog } from './page-log.ts'

test('only the own host and local schemes are at home', () => {
  const log = newPageLog()
  log.requests.push(
    'http://localhost:8080/',
    'ws://localhost:8080/rtc/v1?join_request=x',
    'blob:http://localhost:8080/1',
    'data:text/plain,x',
    'http://localhost:8081/',
    'https://example.org/font.woff2',
    'wss://example.org/rtc',
  )
  expect(foreignRequests(log, 'http://localhost:8080')).toEqual([
    'http://localhost:8081/',
    'https://example.org/font.woff2',
    'wss://example.org/rtc',
  ])
})
