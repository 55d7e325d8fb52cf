import { expect, test } from 'vitest'
import { StartFailure } from '../start-failures.ts'
import { toConfig, type ServerConfig } from './config.ts'
import { mergeRaw, rawFromEnvironment, rawFromYaml } from './raw.ts'
import { toSecrets } from './secrets.ts'

const MACHINE = { cores: 4 }

function configOf(env: Record<string, string>, yaml = ''): ServerConfig {
  return toConfig(mergeRaw(rawFromYaml(yaml, 'config.yaml'), rawFromEnvironment(env)), MACHINE)
}

function failureOf(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    if (error instanceof StartFailure) return error.kind
    throw error
  }
  return undefined
}

test('without any setting, the server is for this machine on 8080 and 10000', () => {
  expect(configOf({})).toEqual({
    host: undefined,
    port: 8080,
    publicUrl: 'http://localhost:8080',
    https: false,
    dataFolder: './data',
    tls: undefined,
    media: { udpPort: 10_000, workers: 3, announce: undefined, sender: 'auto' },
    logLevel: 'info',
    searchPaths: [],
    surroundingPaths: undefined,
    backup: { folder: undefined, days: 30 },
  })
})

test('every setting can be made in the file', () => {
  const yaml = `
host: 127.0.0.1
port: 9090
publicUrl: https://runde.example/
data: /var/lib/runde
tls: { cert: c.pem, key: k.pem }
media:
  udpPort: 20000
  workers: 2
  announce: [203.0.113.7, "2001:db8::7"]
  sender: typescript
log:
  level: debug
proofs:
  search: [/var/log/nginx]
  surroundings: [/etc/nginx]
backup:
  folder: /srv/backups
  days: 14
`
  expect(configOf({}, yaml)).toEqual({
    host: '127.0.0.1',
    port: 9090,
    publicUrl: 'https://runde.example',
    https: true,
    dataFolder: '/var/lib/runde',
    tls: { certFile: 'c.pem', keyFile: 'k.pem' },
    media: { udpPort: 20_000, workers: 2, announce: ['203.0.113.7', '2001:db8::7'], sender: 'typescript' },
    logLevel: 'debug',
    searchPaths: ['/var/log/nginx'],
    surroundingPaths: ['/etc/nginx'],
    backup: { folder: '/srv/backups', days: 14 },
  })
})

test('the environment wins over the file', () => {
  const env = {
    RUNDE_PORT: '9999',
    RUNDE_ANNOUNCE: ' 203.0.113.7 , 203.0.113.8,',
    RUNDE_DATA: '/d',
    RUNDE_HOST: '',
  }
  const config = configOf(env, 'port: 1\nhost: localhost\nmedia: { announce: [192.0.2.1] }')
  expect([config.port, config.dataFolder, config.host]).toEqual([9999, '/d', 'localhost'])
  expect(config.media.announce).toEqual(['203.0.113.7', '203.0.113.8'])
})

test.each([
  [{ RUNDE_PORT: '9090' }, 'http://localhost:9090'],
  [{ RUNDE_PORT: '80' }, 'http://localhost'],
  [{ RUNDE_PORT: '443', RUNDE_TLS_CERT: 'c', RUNDE_TLS_KEY: 'k' }, 'https://localhost'],
  [{ RUNDE_PUBLIC_URL: 'https://Runde.Example:8443/' }, 'https://runde.example:8443'],
])('%j gives links that start with %s', (env: Record<string, string>, url) => {
  expect(configOf(env).publicUrl).toBe(url)
})

test.each([
  [1, 1],
  [2, 1],
  [4, 3],
  [64, 8],
])('with %i cores there are %i workers', (cores, workers) => {
  expect(toConfig(new Map(), { cores }).media.workers).toBe(workers)
})

test.each([
  ['RUNDE_PORT', 'x'],
  ['RUNDE_PORT', '0'],
  ['RUNDE_PORT', '65536'],
  ['RUNDE_PORT', '8080.5'],
  ['RUNDE_PORT', '-1'],
  ['RUNDE_PORT', '1e3'],
  ['RUNDE_UDP_PORT', '65500'],
  ['RUNDE_MEDIA_WORKERS', '65'],
  ['RUNDE_ANNOUNCE', 'runde.example'],
  ['RUNDE_ANNOUNCE', ','],
  ['RUNDE_HOST', 'runde.example'],
  ['RUNDE_PUBLIC_URL', 'runde.example'],
  ['RUNDE_PUBLIC_URL', 'https://runde.example/meet'],
  ['RUNDE_PUBLIC_URL', 'https://user:pw@runde.example'],
  ['RUNDE_PUBLIC_URL', 'ftp://runde.example'],
  ['RUNDE_LOG_LEVEL', 'verbose'],
])('%s=%s is refused by its name', (key, value) => {
  expect(failureOf(() => configOf({ [key]: value }))).toMatchObject({
    code: 'config_value',
    key,
    where: 'environment',
  })
})

test.each([
  ['port: eight', { code: 'config_value', key: 'port', where: 'config.yaml:1:1' }],
  ['port: "8080"', { code: 'config_value', key: 'port' }],
  ['port: [1]', { code: 'config_value', key: 'port' }],
  ['port: {a: 1}', { code: 'config_value', key: 'port' }],
  [
    'media:\n  announce: 203.0.113.7',
    { code: 'config_value', key: 'media.announce', where: 'config.yaml:2:3' },
  ],
  ['prot: 1', { code: 'config_unknown_key', key: 'prot', where: 'config.yaml:1:1', suggestion: 'port' }],
  ['media:\n  udpport: 1', { code: 'config_unknown_key', key: 'media.udpport', suggestion: 'media.udpPort' }],
  ['stunServers: [a]', { code: 'config_unknown_key', key: 'stunServers', suggestion: undefined }],
  ['turn: {}', { code: 'config_unknown_key', key: 'turn' }],
  ['media: 7', { code: 'config_unknown_key', key: 'media' }],
  ['{a: {b: 1}}', { code: 'config_unknown_key', key: 'a' }],
  ['? [x]\n: 1', { code: 'config_unknown_key' }],
  ['- port', { code: 'config_not_yaml', where: 'config.yaml:1:1' }],
  ['just text', { code: 'config_not_yaml' }],
  ['port: 1\nport: 2', { code: 'config_not_yaml', where: 'config.yaml:2:1' }],
  ['media:\n  workers: 1\n bad', { code: 'config_not_yaml', where: 'config.yaml:3:1' }],
  ['a: &x [*x]', { code: 'config_unknown_key' }],
])('the file %j is refused with its place', (yaml, kind) => {
  expect(failureOf(() => configOf({}, yaml))).toMatchObject(kind)
})

test.each(['', '# nothing\n', '---\n', 'port:\n', 'media:\n', 'media: {}\n', 'port: ~\n'])(
  'the file %j sets nothing',
  (yaml) => {
    expect(configOf({}, yaml)).toEqual(configOf({}))
  },
)

test('a misspelt name in the environment is refused, names of other tools are not', () => {
  expect(failureOf(() => configOf({ RUNDE_PROT: '1' }))).toEqual({
    code: 'config_unknown_key',
    key: 'RUNDE_PROT',
    where: 'environment',
    suggestion: 'RUNDE_PORT',
  })
  expect(failureOf(() => configOf({ RUNDE_CONFIGG: 'x' }))).toMatchObject({ suggestion: 'RUNDE_CONFIG' })
  expect(configOf({ RUNDE_FUZZ_CASES: '9', OTHER: 'x' })).toEqual(configOf({}))
})

test.each([
  [{ RUNDE_TLS_CERT: 'c' }, 'RUNDE_TLS_CERT', 'RUNDE_TLS_KEY'],
  [{ RUNDE_TLS_KEY: 'k' }, 'RUNDE_TLS_KEY', 'RUNDE_TLS_CERT'],
])('%j is half a pair', (env: Record<string, string>, key, missing) => {
  expect(failureOf(() => configOf(env))).toEqual({ code: 'config_pair', key, where: 'environment', missing })
})

test('a certificate and a public URL without https contradict each other', () => {
  const env = { RUNDE_TLS_CERT: 'c', RUNDE_TLS_KEY: 'k', RUNDE_PUBLIC_URL: 'http://runde.example' }
  expect(failureOf(() => configOf(env))).toMatchObject({ code: 'config_value', key: 'RUNDE_PUBLIC_URL' })
})

test('a secret is never in the configuration, nor in the message that refuses it', () => {
  const raw = rawFromEnvironment({ RUNDE_API_KEY: 'k', RUNDE_API_SECRET: 'Kanarienvogel' })
  const config = toConfig(raw, MACHINE)
  expect(JSON.stringify(config)).not.toContain('Kanarienvogel')
  const remote = { ...config, publicUrl: 'https://runde.example' }
  expect(failureOf(() => toSecrets(raw, remote))).toEqual({
    code: 'secret_too_short',
    key: 'RUNDE_API_SECRET',
    minimum: 32,
  })
  expect(JSON.stringify(failureOf(() => toSecrets(raw, remote)))).not.toContain('Kanarienvogel')
})

test('secrets: both or neither; short ones on localhost only', () => {
  const secretsOf = (env: Record<string, string>) => {
    const raw = rawFromEnvironment(env)
    return toSecrets(raw, toConfig(raw, MACHINE))
  }
  expect(secretsOf({}).keyPair).toBeUndefined()
  const long = 's'.repeat(32)
  const pair = secretsOf({
    RUNDE_API_KEY: 'k',
    RUNDE_API_SECRET: long,
    RUNDE_PUBLIC_URL: 'https://r.example',
  }).keyPair
  expect([pair?.key, pair?.secret.reveal(), String(pair?.secret)]).toEqual(['k', long, '[redacted]'])
  expect(secretsOf({ RUNDE_API_KEY: 'devkey', RUNDE_API_SECRET: 'secret' }).keyPair?.key).toBe('devkey')
  for (const key of ['RUNDE_API_KEY', 'RUNDE_API_SECRET']) {
    expect(failureOf(() => secretsOf({ [key]: long }))).toMatchObject({ code: 'config_pair', key })
  }
})
