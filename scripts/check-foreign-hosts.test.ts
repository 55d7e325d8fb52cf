import { expect, test } from 'vitest'
import { checkForeignHosts } from './check-foreign-hosts.ts'

function problems(text: string): string[] {
  return checkForeignHosts([{ path: 'a.js', text }], [{ prefix: 'http://www.w3.org/', reason: 'namespace' }])
}

test.each([
  'fetch("https://cdn.example-host.com/x.js")',
  "const url = 'wss://project.livekit.cloud'",
  'urls:["stun:stun.l.google.com:19302"]',
  'urls:["turns:turn.host.net:443?transport=tcp"]',
  '@import url(https://fonts.googleapis.com/css)',
  '<link href="HTTPS://FONTS.GSTATIC.COM">',
  'see https://user:pass@evil.host.de/',
  'http://www.w3.org.evil.com/',
])('finds %s', (text) => {
  expect(problems(text)).toHaveLength(1)
})

test.each([
  'http://localhost:8080/x',
  'ws://127.0.0.1/rtc',
  '`https://${location.host}/`',
  'xmlns="http://www.w3.org/2000/svg"',
  'placeholder: "https://runde.example.org"',
  'stun: the protocol',
  "'stun:' + host",
])('lets pass %s', (text) => {
  expect(problems(text)).toEqual([])
})
