import { expect, test } from 'vitest'
import type { Settings } from '../../core/settings.ts'
import type { TextNode } from '../../core/value.ts'
import { losses, values } from '../testing/plain.ts'
import { readTurnserver, readTurnserverArguments } from './read-turnserver.ts'

function read(text: string): Settings {
  return readTurnserver({ path: 'turnserver.conf', text })
}

function command(...words: readonly string[]): unknown {
  const origin = { kind: 'file', file: 'c.yml', line: 1, column: 1, endLine: 1, endColumn: 1 } as const
  return values(readTurnserverArguments(words.map((value): TextNode => ({ kind: 'text', value, origin }))))
}

test('values after equals sign or blank, switches alone, comments and empty lines', () => {
  const settings = read(
    '# verbose\nuse-auth-secret\nrealm=example.org\n  listening-port 3478 \r\n\ncert = "/c/x.pem"\n',
  )
  expect(values(settings)).toEqual({
    'use-auth-secret': true,
    realm: 'example.org',
    'listening-port': '3478',
    cert: '/c/x.pem',
  })
  expect([settings.completeness, settings.problems]).toEqual(['complete', []])
})

test('names are told apart by case', () => {
  expect(values(read('verbose\nVerbose'))).toEqual({ verbose: true, Verbose: true })
})

test('what may repeat becomes a list, of the rest the last one wins', () => {
  const settings = read(
    'denied-peer-ip=10.0.0.0-10.255.255.255\ndenied-peer-ip=::1\nrealm=a\nrealm=b\nuser=a:b',
  )
  expect(values(settings)).toEqual({
    'denied-peer-ip': ['10.0.0.0-10.255.255.255', '::1'],
    realm: 'b',
    user: 'a:b',
  })
  expect(losses(settings)).toEqual(['realm:3 reassigned'])
})

test('switches may be turned off by a value, other keys keep theirs', () => {
  expect(
    values(
      read(
        'no-auth=false\nlt-cred-mech=0\nverbose=yes\nno-cli on\ncli=off\nstale-nonce=600\nstale-nonce-x=0\nno-tls=perhaps',
      ),
    ),
  ).toEqual({
    'no-auth': false,
    'lt-cred-mech': false,
    verbose: true,
    'no-cli': true,
    cli: false,
    'stale-nonce': '600',
    'stale-nonce-x': '0',
    'no-tls': 'perhaps',
  })
})

test('names with dashes in front have no effect in the file, comments behind values belong to them', () => {
  const settings = read('--no-auth\n-v\nrealm=a # note')
  expect(values(settings)).toEqual({ realm: 'a' })
  expect(settings.problems.map(({ code, origin }) => [code, origin.line])).toEqual([
    ['syntax', 1],
    ['syntax', 2],
    ['syntax', 3],
  ])
})

test('a secret with a number sign stays whole', () => {
  expect(values(read('static-auth-secret=a#b'))).toEqual({ 'static-auth-secret': 'a#b' })
})

test('gaps of templates are unknown', () => {
  expect(
    values(read('static-auth-secret=__turnSecret__\nrealm={{ domain }}\nexternal-ip=${IP}/10.0.0.1')),
  ).toEqual({
    'static-auth-secret': '?placeholder(…)',
    realm: '?placeholder(…)',
    'external-ip': '?placeholder(…/10.0.0.1)',
  })
})

test('places: the assignment is the line, the value its own part', () => {
  const settings = read('\n realm = x.org')
  expect(settings.assignments[0]?.origin).toMatchObject({ line: 2, column: 2, endColumn: 15 })
  expect(settings.root.entries.get('realm')?.origin).toMatchObject({ line: 2, column: 10, endColumn: 15 })
})

test('the same options on a command line, long and short', () => {
  expect(
    command(
      'turnserver',
      '-n',
      '--realm=a',
      '--listening-port',
      '3478',
      '-v',
      '-z',
      '--user',
      'a:b',
      '--no-tls',
    ),
  ).toEqual({
    'no-config': true,
    realm: 'a',
    'listening-port': '3478',
    verbose: true,
    'no-auth': true,
    user: 'a:b',
    'no-tls': true,
  })
  expect(command()).toEqual({})
})
