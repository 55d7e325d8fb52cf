// The config.js and interface_config.js that the web image writes before it appends the custom files.
import { PLACEHOLDER } from '../../core/placeholder.ts'
import type { Origin } from '../../core/source.ts'
import { stunAddress } from './addresses.ts'
import { all, FLOOR, type ImageEnvironment, type Reading } from './image-environment.ts'
import { Sheet } from './sheet.ts'
import { addOldWeb } from './old-web.ts'
import { type ImageSetting, INTERFACE_SETTINGS, WEB_SETTINGS } from './web-settings.ts'

/** Path under which places of the image's own config.js would show; no finding ever ends there. */
const CONFIG_PATH = 'image:web/config.js'
const INTERFACE_PATH = 'image:web/interface_config.js'

/** Oldest release of the images whose stock file is known. */
const OLDEST = '2019-01-28'

/** The image's config.js; of images older than the first release there is nothing to say but what the variables set. */
export function webSheet(environment: ImageEnvironment): Sheet {
  const sheet = new Sheet(CONFIG_PATH)
  if (isOld(environment)) {
    if (knowsWebBase(environment)) addOldWeb(sheet, environment)
    return sheet
  }
  const known = new Set<string>()
  // Of a base that is not known nobody can say which objects it has made.
  if (knowsWebBase(environment)) sheet.add('var config = {};', environment.silent)
  // An object that some setting certainly makes is there for those that nobody can decide on, too.
  for (const { path, since, until, when, fallback } of WEB_SETTINGS) {
    const certain = all(environment.within(since, until), when === undefined || when(environment)) === true
    if (certain && fallback !== undefined && environment.complete)
      declareParents(sheet, path, environment.silent, false, known)
  }
  for (const setting of WEB_SETTINGS) addSetting(sheet, setting, environment, known)
  return sheet
}

/** True when the image's config.js is known as a whole. */
export function knowsWebBase(environment: ImageEnvironment): boolean {
  return environment.complete && (environment.date === undefined || environment.date >= OLDEST)
}

/** Before October 2020 a script changed lines of the stock file; templates write the settings since. */
function isOld({ date }: ImageEnvironment): boolean {
  return date !== undefined && date < FLOOR
}

export function interfaceSheet(environment: ImageEnvironment): Sheet {
  const sheet = new Sheet(INTERFACE_PATH)
  sheet.add('var interfaceConfig = {};', environment.silent)
  for (const [key, value] of INTERFACE_SETTINGS)
    sheet.add(`interfaceConfig.${key} = ${value};`, environment.silent)
  return sheet
}

function addSetting(
  sheet: Sheet,
  setting: ImageSetting,
  environment: ImageEnvironment,
  known: Set<string>,
): void {
  const holds = all(
    environment.within(setting.since, setting.until),
    setting.when === undefined || setting.when(environment),
  )
  if (holds === false) return
  const reading: Reading =
    setting.kind === 'constant'
      ? { value: setting.fallback ?? '', written: false, origin: environment.silent }
      : environment.read(setting.variable, setting.fallback ?? '')
  // Without a default an empty variable writes nothing; with a part of the variables only, a default proves nothing.
  if (!reading.written && (setting.fallback === undefined || !environment.complete)) return
  const doubtful = holds === undefined
  declareParents(sheet, setting.path, reading.origin, doubtful, known)
  sheet.add(`config.${setting.path} = ${valueOf(setting, reading, environment)};`, reading.origin, doubtful)
}

function declareParents(
  sheet: Sheet,
  path: string,
  origin: Origin,
  doubtful: boolean,
  known: Set<string>,
): void {
  const keys = path.split('.')
  for (let length = 1; length < keys.length; length += 1) {
    const parent = keys.slice(0, length).join('.')
    if (known.has(parent)) continue
    if (!doubtful) known.add(parent)
    sheet.add(`config.${parent} = config.${parent} || {};`, origin, doubtful)
  }
}

function valueOf(setting: ImageSetting, reading: Reading, environment: ImageEnvironment): string {
  if (setting.kind === 'constant') return reading.value ?? ''
  if (setting.kind === 'flag' || setting.kind === 'not') {
    const flag = environment.flag(setting.variable, setting.fallback === 'true')
    if (flag === undefined) return PLACEHOLDER
    return String(flag === (setting.kind === 'flag'))
  }
  if (reading.value === undefined) return PLACEHOLDER
  if (setting.kind === 'raw')
    return /^[\w."'[\], -]{1,500}$/.test(reading.value) ? reading.value : PLACEHOLDER
  if (setting.kind === 'text') return quoted(`${reading.value}${setting.suffix ?? ''}`)
  const items = reading.value.split(',').filter((item) => item !== '')
  if (setting.kind === 'words') return `[${items.map((item) => quoted(item)).join(', ')}]`
  return `[${items.map((item) => `{ urls: ${quoted(stunAddress(item))} }`).join(', ')}]`
}

/** A JavaScript text with nothing in it that could end it. */
function quoted(value: string): string {
  return JSON.stringify(value)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`)
}
