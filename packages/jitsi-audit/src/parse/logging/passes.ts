// Decides whether a log record reaches a handler, as java.util.logging does: the logger's level, its handlers, their levels.
import type { LoggingConfig } from '../../core/installation.ts'
import type { Settings } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { type Handler, handlersAt } from './read-logging.ts'

/** Levels by rank, as java.util.logging.Level numbers them; ALL and OFF are the ends of Java's int. */
const RANKS: ReadonlyMap<string, number> = new Map([
  ['OFF', 2_147_483_647],
  ['SEVERE', 1000],
  ['WARNING', 900],
  ['INFO', 800],
  ['CONFIG', 700],
  ['FINE', 500],
  ['FINER', 400],
  ['FINEST', 300],
  ['ALL', -2_147_483_648],
])

/** Handlers that stop below INFO unless a level is set for them; all other classes of the platform pass everything. */
const INFO_HANDLERS: ReadonlySet<string> = new Set([
  'java.util.logging.ConsoleHandler',
  'java.util.logging.StreamHandler',
])

/** Whether a record is written. */
export interface Passage {
  /** `unknown`: a filter class or a value that cannot be told decides, or the file is not there. */
  readonly reaches: 'yes' | 'no' | 'unknown'
  /** Handlers that write the record for certain, and those that may. */
  readonly handlers: readonly Handler[]
  readonly uncertain: readonly Handler[]
  /** The lines that decide: level of the logger, list of handlers, level or filter of the handler. Empty where defaults do. */
  readonly origins: readonly Origin[]
  /** What stops it: the logger's level, missing handlers, or the handlers' levels. */
  readonly stoppedBy?: 'logger' | 'no-handler' | 'handler'
}

/** Rank of a level's name or number; undefined when Java does not know it and keeps its default (names are case-sensitive). */
export function levelRank(level: string): number | undefined {
  const name = level.trim()
  return RANKS.get(name) ?? (/^-?\d{1,10}$/.test(name) ? Number(name) : undefined)
}

/** Whether a record of `level` (`FINE`, `INFO`, ...) of the named logger reaches a handler, and which lines decide. */
export function passes(logging: LoggingConfig, logger: string, level: string): Passage {
  const { settings } = logging
  const rank = levelRank(level) ?? 0
  if (settings.completeness === 'absent') return unknownPassage()
  const own = effectiveLevel(logging, logger)
  if (own.rank === undefined) return { ...unknownPassage(), origins: places(own.origin) }
  if (rank < own.rank || own.rank === RANKS.get('OFF'))
    return { reaches: 'no', handlers: [], uncertain: [], origins: places(own.origin), stoppedBy: 'logger' }
  const attached = attachedHandlers(settings, logger)
  const verdicts = attached.handlers.map((handler) => ({
    handler,
    ...handlerVerdict(settings, handler, logger, rank),
  }))
  const handlers = verdicts.filter(({ passes }) => passes === 'yes').map(({ handler }) => handler)
  const uncertain = verdicts.filter(({ passes }) => passes === 'unknown').map(({ handler }) => handler)
  const unclear = attached.unknown || settings.completeness === 'fragment'
  const origins = [...places(own.origin), ...attached.origins, ...verdicts.flatMap(({ origins }) => origins)]
  if (handlers.length > 0) return { reaches: 'yes', handlers, uncertain, origins }
  if (uncertain.length > 0 || unclear) return { reaches: 'unknown', handlers, uncertain, origins }
  const stoppedBy = attached.handlers.length === 0 ? 'no-handler' : 'handler'
  return { reaches: 'no', handlers, uncertain, origins, stoppedBy }
}

function unknownPassage(): Passage {
  return { reaches: 'unknown', handlers: [], uncertain: [], origins: [] }
}

/** The nearest level among the logger and its parents; the root is at INFO unless told otherwise. */
function effectiveLevel(
  logging: LoggingConfig,
  logger: string,
): { readonly rank: number | undefined; readonly origin?: Origin } {
  for (const name of lineage(logger)) {
    const node = logging.settings.root.entries.get(`${name}.level`)
    if (node !== undefined && node.kind !== 'text') return { rank: undefined, origin: node.origin }
    const rank = node === undefined ? undefined : levelRank(node.value)
    if (node !== undefined && rank !== undefined) return { rank, origin: node.origin }
  }
  return { rank: RANKS.get('INFO') }
}

/** Handlers of the logger and of its parents, up to the first logger that keeps its records to itself. */
function attachedHandlers(
  settings: Settings,
  logger: string,
): { readonly handlers: readonly Handler[]; readonly origins: readonly Origin[]; readonly unknown: boolean } {
  const handlers: Handler[] = []
  const origins: Origin[] = []
  let unknown = false
  for (const name of lineage(logger)) {
    const key = name === '' ? 'handlers' : `${name}.handlers`
    const list = settings.root.entries.get(key)
    if (list !== undefined) origins.push(list.origin)
    if (list?.kind === 'unknown') unknown = true
    handlers.push(...handlersAt(settings, key))
    const parents = name === '' ? undefined : settings.root.entries.get(`${name}.useParentHandlers`)
    if (parents === undefined) continue
    if (parents.kind !== 'text') unknown = true
    else if (/^(?:false|0)$/i.test(parents.value.trim())) {
      origins.push(parents.origin)
      break
    }
  }
  return { handlers, origins, unknown }
}

function handlerVerdict(
  settings: Settings,
  handler: Handler,
  logger: string,
  rank: number,
): { readonly passes: 'yes' | 'no' | 'unknown'; readonly origins: readonly Origin[] } {
  const node = settings.root.entries.get(`${handler.name}.level`)
  const origins = places(node?.origin)
  if (node !== undefined && node.kind !== 'text') return { passes: 'unknown', origins }
  const stated = node === undefined ? undefined : levelRank(node.value)
  const limit = stated ?? RANKS.get(INFO_HANDLERS.has(handler.name) ? 'INFO' : 'ALL') ?? 0
  if (rank < limit || limit === RANKS.get('OFF')) return { passes: 'no', origins }
  const filter = settings.root.entries.get(`${handler.name}.filter`)
  const known = filtered(filter, handler, logger)
  return { passes: known, origins: filter === undefined ? origins : [...origins, filter.origin] }
}

/** Jicofo's logger of raw signalling, and the two filters that part it from the rest. */
const PACKETS = 'org.jitsi.impl.protocol.xmpp.log.PacketDebugger'
const EXCLUDE_PACKETS = 'org.jitsi.impl.protocol.xmpp.log.ExcludeXmppPackets'
const INCLUDE_PACKETS = 'org.jitsi.impl.protocol.xmpp.log.IncludeXmppPackets'

/** Sets the second filter by itself, in its constructor. */
const PACKETS_HANDLER = 'org.jitsi.impl.protocol.xmpp.log.XmppPacketsFileHandler'

/** Whether a handler's filter lets records of the logger through; other filter classes are not known. */
function filtered(filter: Node | undefined, handler: Handler, logger: string): 'yes' | 'no' | 'unknown' {
  const own = handler.name === PACKETS_HANDLER ? INCLUDE_PACKETS : ''
  if (filter !== undefined && filter.kind !== 'text') return 'unknown'
  const name = filter?.value.trim() || own
  if (name === '') return 'yes'
  if (name === EXCLUDE_PACKETS) return logger === PACKETS ? 'no' : 'yes'
  if (name === INCLUDE_PACKETS) return logger === PACKETS ? 'yes' : 'no'
  return 'unknown'
}

/** `a.b.c` to `a.b.c`, `a.b`, `a`, and the root `''`; a name made to hurt is cut. */
function lineage(logger: string): readonly string[] {
  const names: string[] = []
  let name = logger.slice(0, NAME_MAX)
  while (name !== '') {
    names.push(name)
    const dot = name.lastIndexOf('.')
    name = dot === -1 ? '' : name.slice(0, dot)
  }
  return [...names, '']
}

/** Longest logger name that is looked at; class names stay below 200 characters. */
const NAME_MAX = 1000

function places(origin: Origin | undefined): readonly Origin[] {
  return origin === undefined ? [] : [origin]
}
