// Reads the Java programs: HOCON with command-line flags and old properties laid over it, and their logging.
import type { Program } from '../collect/formats.ts'
import type { Installation, LoggingConfig } from '../core/installation.ts'
import type { Settings } from '../core/settings.ts'
import {
  bridgeLegacySheet,
  bridgeSheet,
  focusSheet,
  hasLegacy,
  HOCON_SINCE,
  recorderSheet,
} from './docker/bridge.ts'
import type { ImageEnvironment } from './docker/image-environment.ts'
import { gatewaySheet, loggingSheet } from './docker/programs.ts'
import type { Sheet } from './docker/sheet.ts'
import { laidOver } from './additions.ts'
import { flagsAsHocon } from './java-options.ts'
import { NO_LOGGING, NO_SETTINGS } from './nothing.ts'
import { parseHocon, parseProperties, readLogging } from './parsers.ts'
import { asFragment, oneBase, type Sources } from './sources.ts'

type Hocon = 'jvb' | 'jicofo' | 'jibri'

const SHEETS: Readonly<Record<Hocon, (environment: ImageEnvironment) => Sheet>> = {
  jvb: bridgeSheet,
  jicofo: focusSheet,
  jibri: recorderSheet,
}

/** The program's own file, before others that hold a part of the same tree. */
const NAMES: Readonly<Record<Hocon, RegExp>> = {
  jvb: /jvb\.conf/,
  jicofo: /jicofo\.conf/,
  jibri: /jibri\.conf/,
}

export function readHocon(sources: Sources, program: Hocon): Settings {
  const files = sources.of(`${program}.conf`)
  const flags = sources
    .of('java-options', program)
    .flatMap(({ file }) => flagsAsHocon(file) ?? [])
    .map((mapped) => sources.useMapped(mapped))
  sources.mark(sources.of('java-options', program).map(({ file }) => file))
  const customs = files.filter(({ role }) => role === 'custom').map(({ file }) => file)
  const bases = oneBase(files, NAMES[program]).map(({ file }) => file)
  const image = sources.images.get(program)
  const sheet =
    bases.length === 0 && image !== undefined && imageWritesHocon(image)
      ? [sources.use(SHEETS[program](image))]
      : []
  const all = [...sheet, ...sources.mark([...bases, ...customs]), ...flags]
  if (all.length === 0) return NO_SETTINGS
  const settings = parseHocon(all, sources.includes.one)
  const whole = bases.length > 0 || (sheet.length > 0 && image?.complete === true)
  return whole ? settings : asFragment(settings)
}

function imageWritesHocon({ date }: ImageEnvironment): boolean {
  return date === undefined || date >= HOCON_SINCE
}

export function readLegacy(sources: Sources): Settings {
  const own = propertiesOf(sources, 'jvb')
  if (own !== undefined) return own
  const image = sources.images.get('jvb')
  if (image === undefined || !hasLegacy(image)) return NO_SETTINGS
  return withTrust(parseProperties(sources.use(bridgeLegacySheet(image))), image)
}

export function readGateway(sources: Sources): Settings {
  const own = propertiesOf(sources, 'jigasi')
  if (own !== undefined) return own
  const image = sources.images.get('jigasi')
  return image === undefined
    ? NO_SETTINGS
    : withTrust(parseProperties(sources.use(gatewaySheet(image))), image)
}

/** The program's properties; lines that a script adds to an unknown file are a fragment. */
function propertiesOf(sources: Sources, program: Program): Settings | undefined {
  const files = sources.of('sip-communicator.properties', program)
  const base = files.find(({ role }) => role === 'base')
  const additions = files.filter(({ role }) => role === 'custom')
  sources.mark([...(base === undefined ? [] : [base]), ...additions].map(({ file }) => file))
  return laidOver(
    base === undefined ? undefined : parseProperties(base.file),
    additions.map(({ file }) => parseProperties(file)),
  )
}

function withTrust(settings: Settings, image: ImageEnvironment): Settings {
  return image.complete ? settings : asFragment(settings)
}

export function readAllLogging(sources: Sources): Installation['logging'] {
  const read = (program: Program): LoggingConfig => {
    const [first] = sources.of('logging.properties', program)
    if (first !== undefined) {
      const logging = readLogging(sources.mark([first.file])[0] ?? first.file)
      return first.role === 'base' ? logging : { ...logging, settings: asFragment(logging.settings) }
    }
    const image = sources.images.get(program)
    if (image === undefined) return NO_LOGGING
    const logging = readLogging(sources.use(loggingSheet(program, image)))
    return { ...logging, settings: withTrust(logging.settings, image) }
  }
  return { jvb: read('jvb'), jicofo: read('jicofo'), jibri: read('jibri'), jigasi: read('jigasi') }
}
