import { expect, test } from 'vitest'
import { MASK, Masker, plain } from './mask.ts'

const masker = new Masker(['correct-horse-battery'])

test.each([
  ['static-auth-secret=Xk29dkqPw01', `static-auth-secret=${MASK}`],
  ['JICOFO_AUTH_PASSWORD=abc123def', `JICOFO_AUTH_PASSWORD=${MASK}`],
  ['    password: "x y z"', `    password: "${MASK}"`],
  [`app_secret = 'Xk29 dkq' -- here`, `app_secret = '${MASK}' -- here`],
  ['user=alice:Xk29dkq', `user=alice:${MASK}`],
  ['ldap://cn:pass@host/', `ldap://${MASK}@host/`],
  ['JVB_SENTRY_DSN=https://1234@sentry.example/2', `JVB_SENTRY_DSN=${MASK}`],
  ['prosodyctl register focus auth.example hunter2', `prosodyctl register focus auth.example ${MASK}`],
  ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghijk', `token ${MASK}`],
  ['  MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7', MASK],
  ['note: correct-horse-battery', `note: ${MASK}`],
])('%j becomes %j', (line, shown) => {
  expect(masker.line(line)).toBe(shown)
})

test.each([
  'allow_empty_token = true',
  'authentication = "token"',
  'modules_enabled = { "token_verification" }',
  'ssl = { key = "/etc/prosody/certs/meet.key" }',
  'JWT_APP_SECRET=${JWT_APP_SECRET:-}',
  'external_service_secret = "{{ turn_secret }}"',
  'app_secret = "__APP_SECRET__"',
  'config.disableThirdPartyRequests = true;',
  '{ urls: "stun:stun.l.google.com:19302" }',
  'image: jitsi/web:stable-9646',
  'addresses = ["meet-jit-si-turnrelay.jitsi.net:443"]',
])('%j stays as it is', (line) => {
  expect(masker.line(line)).toBe(line)
})

test('control characters and marks that turn the direction are taken out', () => {
  expect(plain('a\u001B[31mb\u202Ec\td\r')).toBe('a[31mbc  d')
})

test('a line of megabytes is cut before anything looks at it', { timeout: 1000 }, () => {
  expect(masker.line('a="'.repeat(700_000)).length).toBeLessThan(1000)
})

test('hostile lines of the length that is looked at do not take long', { timeout: 1000 }, () => {
  for (const piece of ['"', "'", '\\', 'secret=', '=', 'a', ' ', ':', '//', 'eyJ', 'A1', '{{', '$'])
    for (let times = 0; times < 20; times++)
      expect(masker.line(piece.repeat(400).slice(0, 400)).length).toBeLessThanOrEqual(400)
})
