// Reads the configuration file and the environment of this process: the only place of the configuration that does.
import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Document } from 'yaml'
import { StartFailure } from '../start-failures.ts'
import { toConfig, type ServerConfig } from './config.ts'
import { SETTING_KEYS } from './keys.ts'
import { mergeRaw, rawFromEnvironment, rawFromYaml, type RawSettings } from './raw.ts'
import { toSecrets, type ServerSecrets } from './secrets.ts'

/** Taken when RUNDE_CONFIG is not set and the file is there. */
const DEFAULT_FILE = 'config.yaml'

/** @throws StartFailure */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): {
  config: ServerConfig
  secrets: ServerSecrets
} {
  const raw = mergeRaw(rawFromFile(env['RUNDE_CONFIG']), rawFromEnvironment(env))
  const config = toConfig(raw, { cores: availableParallelism() })
  return { config, secrets: toSecrets(raw, config) }
}

/** Every setting that was made but the secrets, as the YAML of a configuration file. @throws StartFailure */
export function settingsText(env: Readonly<Record<string, string | undefined>>): string {
  const raw = mergeRaw(rawFromFile(env['RUNDE_CONFIG']), rawFromEnvironment(env))
  const document = new Document({})
  for (const { path, secret } of SETTING_KEYS) {
    const setting = raw.get(path)
    if (setting !== undefined && !secret) document.setIn(path.split('.'), setting.value)
  }
  return document.toString()
}

function rawFromFile(named: string | undefined): RawSettings {
  const wanted = named !== undefined && named !== ''
  if (!wanted && !existsSync(DEFAULT_FILE)) return new Map()
  const file = wanted ? named : DEFAULT_FILE
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new StartFailure({ code: 'config_unreadable', file }, error)
  }
  return rawFromYaml(text, file)
}
