import type { NetworkInterfaceInfo } from 'node:os'
import { expect, test } from 'vitest'
import { ownAddresses } from './addresses.ts'
import { parseDuration } from './cli/duration.ts'
import { terminalLanguage } from './language.ts'

function entry(address: string, family: 'IPv4' | 'IPv6', internal = false): NetworkInterfaceInfo {
  const rest = { address, netmask: '', mac: '', internal, cidr: null }
  return family === 'IPv4' ? { ...rest, family } : { ...rest, family, scopeid: 0 }
}

const interfaces = {
  lo: [entry('127.0.0.1', 'IPv4', true), entry('::1', 'IPv6', true)],
  eth0: [entry('192.0.2.1', 'IPv4'), entry('2001:db8::1', 'IPv6'), entry('fe80::1', 'IPv6')],
  eth1: [entry('192.0.2.2', 'IPv4'), entry('192.0.2.1', 'IPv4')],
  none: undefined,
}

test('announces the own IPv4 addresses, and loopback only where it helps', () => {
  expect(ownAddresses(interfaces, false)).toEqual(['192.0.2.1', '192.0.2.2'])
  expect(ownAddresses(interfaces, true)).toEqual(['192.0.2.1', '192.0.2.2', '127.0.0.1'])
  expect(ownAddresses({ lo: interfaces.lo }, false)).toEqual(['127.0.0.1'])
})

test.each([
  [{ LANG: 'de_DE.UTF-8' }, 'de'],
  [{ LANG: 'de_DE.UTF-8', LC_ALL: 'en_GB.UTF-8' }, 'en'],
  [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'de_AT' }, 'de'],
  [{ LC_ALL: '', LANG: 'de' }, 'de'],
  [{ LANG: 'C' }, 'en'],
  [{}, 'en'],
])('%j means %s', (env, language) => {
  expect(terminalLanguage(env)).toBe(language)
})

test.each([
  ['600', 600],
  ['90s', 90],
  ['10m', 600],
  ['6h', 21_600],
  ['2d', 172_800],
  ['0', undefined],
  ['-5', undefined],
  ['1w', undefined],
  ['1.5h', undefined],
  ['400d', undefined],
  ['9999999999', undefined],
  ['', undefined],
])('the duration %j is %s seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds)
})
