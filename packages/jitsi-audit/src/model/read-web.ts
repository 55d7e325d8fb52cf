// Reads the web client's configuration: the base that governs, and the custom files on top of it.
import { baseName } from '../collect/paths.ts'
import type { Known } from '../collect/prepare.ts'
import type { Installation } from '../core/installation.ts'
import type { Settings } from '../core/settings.ts'
import type { Origin, SourceFile } from '../core/source.ts'
import type { UnknownNode } from '../core/value.ts'
import { interfaceSheet, knowsWebBase, webSheet } from './docker/web.ts'
import { NO_SETTINGS } from './nothing.ts'
import { evaluateConfig } from './parsers.ts'
import { asFragment, oneBase, type Sources } from './sources.ts'

/** A host's own file, as Debian names it. */
const HOST_FILE = /[^/]-config\.js(?:\.\w+)?$/

/** What the image puts its config.js together from, as far as a container may lay its own over it. */
const STARTED_FROM = ['custom-config.js', 'settings-config.js', 'system-config.js']

/** A file laid over the image's own that is in the set, but that nobody could read as what the container gets. */
function mountsUnread(sources: Sources): boolean {
  return STARTED_FROM.slice(1).some(
    (name) => sources.mounts(name) && !sources.known.some(({ file }) => baseName(file.path) === name),
  )
}

export function readWeb(sources: Sources): Settings {
  const files = sources.of('config.js')
  const image = sources.images.get('web')
  const bases = oneBase(files, HOST_FILE)
  const customs = files.filter(({ role }) => role === 'custom')
  if (bases.length > 0) return evaluate(sources, 'config', [...bases, ...notInside(customs, bases)], true)
  if (image !== undefined) {
    const sheet = sources.use(webSheet(image))
    const settings = evaluate(sources, 'config', customs, knowsWebBase(image), sheet)
    const unseen = STARTED_FROM.some((name) => sources.lacksMounted(name)) || mountsUnread(sources)
    return unseen ? undecided(settings, image.silent) : settings
  }
  return customs.length === 0 ? NO_SETTINGS : evaluate(sources, 'config', customs, false)
}

export function readInterface(sources: Sources): Settings {
  const files = sources.of('interface_config.js')
  const bases = oneBase(files, /^/)
  const customs = files.filter(({ role }) => role === 'custom')
  const image = sources.images.get('web')
  if (bases.length > 0)
    return evaluate(sources, 'interfaceConfig', [...bases, ...notInside(customs, bases)], true)
  if (image?.complete === true) {
    const whole = !sources.lacksMounted('custom-interface_config.js')
    return evaluate(sources, 'interfaceConfig', customs, whole, sources.use(interfaceSheet(image)))
  }
  return customs.length === 0 ? NO_SETTINGS : evaluate(sources, 'interfaceConfig', customs, false)
}

/** A custom file that nobody has seen may say otherwise of everything that the image writes before it. */
function undecided(settings: Settings, origin: Origin): Settings {
  const rest: UnknownNode = { kind: 'unknown', reason: 'include', origin }
  return { ...asFragment(settings), root: { ...settings.root, entries: new Map(), rest } }
}

/** The image appends custom files itself: a generated base holds them already. */
function notInside(customs: readonly Known[], bases: readonly Known[]): readonly Known[] {
  return customs.filter(({ file }) => !bases.some((base) => base.file.text.includes(file.text.trim())))
}

function evaluate(
  sources: Sources,
  root: 'config' | 'interfaceConfig',
  files: readonly Known[],
  whole: boolean,
  sheet?: SourceFile,
): Settings {
  const texts = sources.mark(files.map(({ file }) => file))
  const all = sheet === undefined ? texts : [sheet, ...texts]
  const settings = evaluateConfig(all, { root, include: sources.includes.one })
  return whole ? settings : asFragment(settings)
}

/** Static pages of the web client. */
export function readPages(sources: Sources): Installation['pages'] {
  return sources.mark(sources.of('page').map(({ file }) => file)).map(({ path, text }) => ({ path, text }))
}
