// Puts one installation together from all its files: renders templates, recognises and reads, lays the sources over one another.
import { expand, type Expanded } from '../collect/expand.ts'
import { includesOf } from '../collect/include.ts'
import { type Known, type Prepared, prepare } from '../collect/prepare.ts'
import type { ComposeService, Installation } from '../core/installation.ts'
import type { Settings } from '../core/settings.ts'
import type { SourceFile } from '../core/source.ts'
import { laidOver } from './additions.ts'
import { atLeast } from './age.ts'
import { addressLookups } from './address-lookups.ts'
import { composeFiles } from './compose-files.ts'
import { NEWEST } from './docker/releases.ts'
import { ImageEnvironment } from './docker/image-environment.ts'
import { envFileServices } from './docker/env-files.ts'
import {
  environmentOf,
  IMAGE_NAMES,
  type ImageName,
  type ImageUse,
  imageUses,
  templateDate,
} from './docker/images.ts'
import { reportFiles } from './file-reports.ts'
import { withBuiltImages } from './dockerfiles.ts'
import { IMAGE_FOLDER, mountedFiles, overwritten, renderImages, withoutIdle } from './image-templates.ts'
import { installationKind } from './kind.ts'
import { layLegacy } from './legacy.ts'
import { findLogPaths } from './log-paths.ts'
import { NO_SETTINGS, startOf } from './nothing.ts'
import { findOwnHosts } from './own-hosts.ts'
import {
  readCompose,
  readDockerDaemon,
  readDotenv,
  readJournald,
  readRotation,
  readTurnserver,
} from './parsers.ts'
import { readAllLogging, readGateway, readHocon, readLegacy } from './read-java.ts'
import { readProsodyHosts, readSites } from './read-servers.ts'
import { readInterface, readPages, readWeb } from './read-web.ts'
import { findRelease } from './release.ts'
import { Relocation } from './relocate.ts'
import { asFragment, Sources } from './sources.ts'

export interface AssembleOptions {
  /** Hosts that the operator calls its own, beside those that the files make plain. */
  readonly ownHosts?: readonly string[]
  /** Release whose defaults hold where the files name none: `stable-9646`. */
  readonly assumeRelease?: string
}

/** The effective configuration of one installation. Never throws on what the files say. */
export function assemble(files: readonly SourceFile[], options: AssembleOptions = {}): Installation {
  const expanded = expand(files)
  const first = prepare(expanded.files)
  const environment = readEnvironment(first.known)
  const described = [...readServices(first.known, environment), ...expanded.services]
  const built = withBuiltImages(described, files)
  const services = described.length > 0 ? built.services : envFileServices(first.known, files)
  const uses = imageUses(services)
  const release = findRelease(uses, environment, files, options.assumeRelease)
  const date = templateDate(release, NEWEST)
  const idle = new Set([...built.idle, ...overwritten(uses, date)])
  const prepared = renderImages(expanded, withoutIdle(first, idle), uses, environment, date)
  const kind = installationKind(files, prepared.known)
  const sources = new Sources(
    prepared.known,
    expanded.maps,
    imagesOf(uses, environment, prepared.known, date),
    kind,
    filesOf(expanded, prepared),
    uses.flatMap(({ service }) => mountedFiles(service)),
  )
  const parts = readParts(sources, services, environment, files)
  const newest = atLeast(prepared.known)
  const whole = {
    ...parts,
    ...(release === undefined ? {} : { release: moved(release, expanded) }),
    ...(newest === undefined ? {} : { atLeast: newest }),
  }
  const to = new Relocation(sources.maps)
  return {
    ...whole,
    addressLookups: addressLookups(scriptsInUse(expanded.files, uses)).map((origin) => to.origin(origin)),
    ownHosts: findOwnHosts(whole, options.ownHosts ?? []),
    logPaths: findLogPaths(whole),
    files: reportFiles(
      whole,
      prepared,
      expanded,
      new Set([...sources.read, ...environmentFiles(first.known, environment, services)]),
    ),
  }
}

/** With the project's own images, what a fork keeps of their insides is not what runs. */
function scriptsInUse(files: readonly SourceFile[], uses: readonly ImageUse[]): readonly SourceFile[] {
  const official = uses.length > 0 && uses.every((use) => use.official)
  return official ? files.filter(({ path }) => !IMAGE_FOLDER.test(path)) : files
}

/** Files that the environment of the containers was read from. */
function environmentFiles(
  known: readonly Known[],
  environment: Settings,
  services: readonly ComposeService[],
): readonly string[] {
  return [
    ...composeFiles(known, environment).map(({ path }) => path),
    ...environment.files,
    ...services.flatMap((service) => service.environment.files),
  ]
}

/** All texts that an include may name; templates of the images in their rendered form. */
function filesOf(expanded: Expanded, { known }: Prepared): readonly SourceFile[] {
  const rendered = new Map(known.map(({ file }) => [file.path, file]))
  return expanded.files.map((file) => rendered.get(file.path) ?? file)
}

function moved(
  release: NonNullable<Installation['release']>,
  { maps }: Expanded,
): NonNullable<Installation['release']> {
  return { ...release, origin: new Relocation(maps).origin(release.origin) }
}

type Parts = Omit<Installation, 'release' | 'ownHosts' | 'logPaths' | 'files'>

function readParts(
  sources: Sources,
  services: readonly ComposeService[],
  environment: Settings,
  files: readonly SourceFile[],
): Parts {
  const legacy = readLegacy(sources)
  const web = readWeb(sources)
  const interfaceConfig = readInterface(sources)
  const prosody = readProsodyHosts(sources)
  const jvb = layLegacy(readHocon(sources, 'jvb'), legacy)
  const jicofo = readHocon(sources, 'jicofo')
  const jibri = readHocon(sources, 'jibri')
  const jigasi = readGateway(sources)
  const logging = readAllLogging(sources)
  const nginx = readSites(sources)
  const rotation = rotationOf(sources)
  const daemon = firstOf(sources, 'daemon.json', readDockerDaemon)
  // Only now are all maps known.
  const to = new Relocation(sources.maps)
  return {
    kind: sources.kind,
    environment: to.settings(environment),
    services: services.map((service) => to.service(service)),
    web: to.settings(web),
    interfaceConfig: to.settings(interfaceConfig),
    prosody: to.prosody(prosody),
    jicofo: to.settings(jicofo),
    jvb: to.settings(jvb),
    jvbLegacy: to.settings(legacy),
    jibri: to.settings(jibri),
    jigasi: to.settings(jigasi),
    logging: {
      jvb: to.logging(logging.jvb),
      jicofo: to.logging(logging.jicofo),
      jibri: to.logging(logging.jibri),
      jigasi: to.logging(logging.jigasi),
    },
    nginx: to.nginx(nginx),
    turn: to.settings(firstOf(sources, 'turnserver.conf', readTurnserver)),
    rotation: {
      completeness: rotation.completeness,
      stanzas: rotation.stanzas.map((stanza) => to.stanza(stanza)),
    },
    journald: to.settings(journaldOf(sources)),
    ...(daemon.completeness === 'absent' ? {} : { dockerDaemon: to.settings(daemon) }),
    pages: readPages(sources),
    modes: new Map(
      files.flatMap((file) => (file.mode === undefined ? [] : [[file.path, file.mode] as const])),
    ),
  }
}

function readEnvironment(known: readonly Known[]): Settings {
  const files = known.filter((one) => one.format === 'dotenv')
  const bases = [
    ...files.filter((one) => one.role === 'base'),
    ...files.filter((one) => one.role === 'custom'),
  ]
  // The file that compose takes by itself, before any other.
  const main = bases.find(({ file, role }) => role === 'base' && /(?:^|\/)\.env(?:\.\w+)?$/.test(file.path))
  const used = main === undefined ? bases.filter(({ role }) => role === 'base') : [main]
  const [first, ...others] = used.map(({ file }) => readDotenv(file))
  const example = files.find((one) => one.role === 'example')
  const own =
    first !== undefined
      ? others.reduce((all, one) => beside(all, one), first)
      : example === undefined
        ? undefined
        : asDefaults(readDotenv(example.file))
  const additions = bases.filter(({ role }) => role === 'custom').map(({ file }) => readDotenv(file))
  return laidOver(own, additions) ?? NO_SETTINGS
}

/** Variables of several containers in one look; where two set the same, the first one is shown. */
function beside(first: Settings, second: Settings): Settings {
  return {
    ...first,
    root: { ...first.root, entries: new Map([...second.root.entries, ...first.root.entries]) },
    assignments: [...first.assignments, ...second.assignments],
    problems: [...first.problems, ...second.problems],
    files: [...first.files, ...second.files],
  }
}

/** An example file that people copy gives defaults, not decisions. */
function asDefaults(settings: Settings): Settings {
  const entries = new Map(
    [...settings.root.entries].map(([key, node]) => [
      key,
      { ...node, origin: { ...node.origin, kind: 'template-default' as const } },
    ]),
  )
  return { ...settings, root: { ...settings.root, entries } }
}

function readServices(known: readonly Known[], environment: Settings): readonly ComposeService[] {
  const files = composeFiles(known, environment)
  if (files.length === 0) return []
  return readCompose(files, environment, includesOf(known.map(({ file }) => file)).one)
}

const FILES_OF_PROGRAMS: ReadonlySet<string> = new Set(['config.js', 'prosody', 'jvb.conf', 'jicofo.conf'])

/** The environment of each of Jitsi's containers; with nothing but an `.env`, that is all that is known of any of them. */
function imagesOf(
  uses: readonly ImageUse[],
  environment: Settings,
  known: readonly Known[],
  date: string | undefined,
): ReadonlyMap<ImageName, ImageEnvironment> {
  if (uses.length > 0) return new Map(uses.toReversed().map((use) => [use.name, environmentOf(use, date)]))
  // Programs that are configured by files of their own are not started from an image.
  if (known.some(({ format, role }) => role === 'base' && FILES_OF_PROGRAMS.has(format))) return new Map()
  const dotenv = known.find(({ format, role }) => format === 'dotenv' && role === 'base')
  if (dotenv === undefined || !/^\s*(?:PUBLIC_URL|CONFIG|JVB_|JICOFO_|XMPP_|ENABLE_)/m.test(dotenv.file.text))
    return new Map()
  const partial = new ImageEnvironment(environment, startOf(dotenv.file.path), date, false, true)
  return new Map(IMAGE_NAMES.slice(0, 4).map((name) => [name, partial]))
}

function firstOf(sources: Sources, format: Known['format'], read: (file: SourceFile) => Settings): Settings {
  const files = sources.of(format)
  const base = files.find(({ role }) => role === 'base')
  const additions = files.filter(({ role }) => role === 'custom')
  const readOne = ({ file }: Known): Settings => read(sources.mark([file])[0] ?? file)
  const own = base === undefined ? undefined : readOne(base)
  return laidOver(own, additions.map(readOne)) ?? NO_SETTINGS
}

function rotationOf(sources: Sources): Installation['rotation'] {
  const known = sources.of('logrotate')
  const files = sources.mark(known.map(({ file }) => file))
  if (files.length === 0) return { completeness: 'absent', stanzas: [] }
  const { completeness, stanzas } = readRotation(files)
  const whole = known.some(({ role }) => role === 'base')
  return { completeness: whole ? completeness : 'fragment', stanzas }
}

function journaldOf(sources: Sources): Settings {
  const known = sources.of('journald')
  const files = sources.mark(known.map(({ file }) => file))
  if (files.length === 0) return NO_SETTINGS
  const settings = readJournald(files)
  return known.some(({ role }) => role === 'base') ? settings : asFragment(settings)
}
