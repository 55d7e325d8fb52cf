// Collects the raw settings of the file and the environment, each with the place it comes from; judges only names.
import { LineCounter, isMap, isScalar, parseDocument, type YAMLMap } from 'yaml'
import { StartFailure } from '../start-failures.ts'
import { SETTING_KEYS, type EnvForm } from './keys.ts'
import { nearestName } from './nearest.ts'

/** One setting somebody made. */
export interface RawSetting {
  value: unknown
  /** The name as it was written: `RUNDE_PORT` or `media.udpPort`. */
  key: string
  /** For people: `environment`, or `config.yaml:4:7`. */
  where: string
}

/** Path of the setting -> what was set. The environment wins over the file. */
export type RawSettings = ReadonlyMap<string, RawSetting>

/** Names that begin like ours in the environment but are no settings. */
const OTHER_NAMES: ReadonlySet<string> = new Set(['RUNDE_CONFIG'])

/** A name of the environment that differs this little from one of ours is a misspelling; others belong to other tools. */
const ENV_TYPO_LIMIT = 2

/** In the file every unknown name is refused; a suggestion is made up to this distance. */
const FILE_SUGGESTION_LIMIT = 4

/** @throws StartFailure for a misspelt RUNDE_ name or a number that is none */
export function rawFromEnvironment(env: Readonly<Record<string, string | undefined>>): RawSettings {
  const byName = new Map(SETTING_KEYS.map((key) => [key.env, key]))
  const settings = new Map<string, RawSetting>()
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith('RUNDE_') || OTHER_NAMES.has(name) || text === undefined || text === '') continue
    const key = byName.get(name)
    if (key !== undefined) {
      settings.set(key.path, { value: READERS[key.form](text), key: name, where: 'environment' })
      continue
    }
    const suggestion = nearestName(name, [...byName.keys(), ...OTHER_NAMES], ENV_TYPO_LIMIT)
    if (suggestion !== undefined) {
      throw new StartFailure({ code: 'config_unknown_key', key: name, where: 'environment', suggestion })
    }
  }
  return settings
}

const READERS: Readonly<Record<EnvForm, (text: string) => unknown>> = {
  text: (text) => text.trim(),
  number: (text) => (/^\s*\d{1,9}\s*$/.test(text) ? Number(text) : text),
  list: (text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
}

/**
 * Reads the YAML text of a configuration file.
 * @param file how the file is called in messages
 * @throws StartFailure with file, line and column
 */
export function rawFromYaml(text: string, file: string): RawSettings {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${line}:${col}`
  }
  const fault = document.errors[0]
  if (fault !== undefined) throw new StartFailure({ code: 'config_not_yaml', where: place(fault.pos[0]) })
  const settings = new Map<string, RawSetting>()
  const root = document.contents
  if (root === null || (isScalar(root) && root.value === null)) return settings
  if (!isMap(root)) throw new StartFailure({ code: 'config_not_yaml', where: place(root.range?.[0] ?? 0) })
  collect(root, '', settings, place)
  return settings
}

function collect(
  map: YAMLMap,
  prefix: string,
  settings: Map<string, RawSetting>,
  place: (offset: number) => string,
): void {
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? String(key.value) : ''
    const offset = isScalar(key) ? (key.range?.[0] ?? 0) : 0
    const path = `${prefix}${name}`
    const where = place(offset)
    if (isMap(value) && isSection(path)) {
      collect(value, `${path}.`, settings, place)
    } else if (SETTING_KEYS.some((known) => known.path === path)) {
      const plain: unknown = isScalar(value) || value === null ? (value?.value ?? null) : toPlain(value)
      // "key:" without a value is the same as leaving it out.
      if (plain !== null) settings.set(path, { value: plain, key: path, where })
    } else if (!(isSection(path) && (value === null || (isScalar(value) && value.value === null)))) {
      const known = SETTING_KEYS.map((setting) => setting.path)
      const suggestion = nearestName(path, known, FILE_SUGGESTION_LIMIT)
      throw new StartFailure({ code: 'config_unknown_key', key: path, where, suggestion })
    }
  }
}

function isSection(path: string): boolean {
  return SETTING_KEYS.some((key) => key.path.startsWith(`${path}.`))
}

function toPlain(node: unknown): unknown {
  return typeof node === 'object' && node !== null && 'toJSON' in node && typeof node.toJSON === 'function'
    ? node.toJSON()
    : undefined
}

/** The environment wins over the file. */
export function mergeRaw(file: RawSettings, environment: RawSettings): RawSettings {
  return new Map([...file, ...environment])
}
