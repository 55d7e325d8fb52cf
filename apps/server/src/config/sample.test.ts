import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { toConfig } from './config.ts'
import { SETTING_KEYS } from './keys.ts'
import { rawFromYaml } from './raw.ts'
import { toSecrets } from './secrets.ts'

const sample = readFileSync(new URL('../../../../config.sample.yaml', import.meta.url), 'utf8')

/** The sample with its settings switched on: a commented line that is a key becomes one. */
const active = sample
  .split('\n')
  .map((line) => (/^# ( {2})*[a-z][A-Za-z]*:( |$)/.test(line) ? line.slice(2) : line))
  .join('\n')

function pathsOf(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [prefix.slice(0, -1)]
  return Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, `${prefix}${name}.`))
}

test('as it is, the sample changes nothing', () => {
  expect(rawFromYaml(sample, 'config.sample.yaml').size).toBe(0)
})

test('every setting is in the sample, and everything in the sample is a setting', () => {
  expect(pathsOf(parse(active)).sort()).toEqual(SETTING_KEYS.map((key) => key.path).sort())
})

test('every setting is explained with its environment variable, and no other variable is named', () => {
  const named = new Set(sample.match(/RUNDE_[A-Z_]+/g))
  expect([...named].sort()).toEqual(['RUNDE_CONFIG', ...SETTING_KEYS.map((key) => key.env)].sort())
})

test('switched on, the sample is a valid configuration', () => {
  const raw = rawFromYaml(active, 'config.sample.yaml')
  const config = toConfig(raw, { cores: 2 })
  expect(config.publicUrl).toBe('https://runde.example.org')
  expect(toSecrets(raw, config).keyPair?.key).toBe('runde-bots')
})

test('the values shown as defaults are the defaults', () => {
  const shown = toConfig(rawFromYaml(active, 'x'), { cores: 2 })
  const defaults = toConfig(new Map(), { cores: 2 })
  expect([
    shown.port,
    shown.dataFolder,
    shown.media.udpPort,
    shown.media.workers,
    shown.media.sender,
    shown.logLevel,
  ]).toEqual([
    defaults.port,
    defaults.dataFolder,
    defaults.media.udpPort,
    defaults.media.workers,
    defaults.media.sender,
    defaults.logLevel,
  ])
})

test('there is no setting for a foreign STUN or TURN server', () => {
  for (const key of SETTING_KEYS) expect(`${key.path} ${key.env}`).not.toMatch(/stun|turn|ice/i)
})
