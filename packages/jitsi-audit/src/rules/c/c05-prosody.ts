// C05-C06: what prosody writes: stanzas at debug level, and the addresses that its rate limit names.
import type { Installation, ProsodyHost } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { articles } from '../helpers/articles.ts'
import { replaceValue } from '../helpers/edits.ts'
import { modulesOf } from '../helpers/prosody.ts'
import { environmentFlag, environmentText, member, text } from '../helpers/values.ts'
import { both, met, missing, notApplicable, undecidable, violated } from '../helpers/verdicts.ts'
import { defaultIn, hasImages, silent } from '../b/kit.ts'

const LEVELS = ['debug', 'info', 'warn', 'error']

/** The lowest level that some sink of prosody writes, with its place. */
interface Lowest {
  readonly level: string
  readonly origin: Origin | undefined
  /** The level stands there as a text of its own, so that another one can take its place. */
  readonly isText?: boolean
}

/** Reads `log` of the global section; undefined when it cannot be told. */
function lowestLevel(installation: Installation): Lowest | undefined {
  const { prosody } = installation
  const global = prosody.hosts.find(({ kind }) => kind === 'global')
  if (prosody.completeness === 'absent' || global === undefined) return fromEnvironment(installation)
  const found = lookup(global.settings, 'log')
  if (found.state === 'set') {
    const sinks = sinksIn(found.node)
    if (sinks === undefined) return undefined
    return (
      sinks.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))[0] ?? {
        level: 'error',
        origin: found.origin,
      }
    )
  }
  if (found.state === 'unknown') return hasImages(installation) ? fromEnvironment(installation) : undefined
  return { level: 'info', origin: silent(prosody) }
}

function fromEnvironment(installation: Installation): Lowest | undefined {
  if (!hasImages(installation)) return undefined
  const level = environmentText(installation, 'LOG_LEVEL')
  if (level.state === 'set' && level.value !== undefined) return { level: level.value, origin: level.origin }
  return level.state === 'unset' ? { level: 'info', origin: silent(installation.environment) } : undefined
}

/** Sinks of a `log` value: a target alone writes from info on; keys are levels; entries of the list name theirs in `levels`. */
function sinksIn(node: Node): readonly Lowest[] | undefined {
  if (node.kind === 'text') return [{ level: 'info', origin: node.origin }]
  const entries: readonly (readonly [string, Node])[] =
    node.kind === 'map'
      ? [...node.entries]
      : node.kind === 'list'
        ? node.items.map((one): [string, Node] => ['', one])
        : []
  if (node.kind === 'unknown') return undefined
  const sinks: Lowest[] = []
  for (const [key, value] of entries) {
    if (value.kind === 'unknown') return undefined
    if (LEVELS.includes(key)) sinks.push({ level: key, origin: value.origin })
    else if (value.kind === 'map') {
      const levels = levelsIn(member(value, 'levels') ?? member(value, 'min'))
      if (levels === undefined) return undefined
      sinks.push(...levels.map((one) => ({ ...one, origin: one.origin ?? value.origin })))
    } else if (value.kind === 'text') sinks.push({ level: 'info', origin: value.origin })
  }
  return sinks
}

function levelsIn(node: Node | undefined): readonly Lowest[] | undefined {
  if (node === undefined) return [{ level: 'info', origin: undefined }]
  if (node.kind === 'unknown') return undefined
  if (node.kind === 'text') return [{ level: node.value, origin: node.origin, isText: true }]
  if (node.kind === 'list')
    return node.items.map((one) => ({ level: text(one) ?? 'info', origin: one.origin }))
  if (node.kind !== 'map') return [{ level: 'info', origin: undefined }]
  const min = member(node, 'min')
  if (min !== undefined) return levelsIn(min)
  return [...node.entries.values()].map((one) => ({ level: text(one) ?? 'info', origin: one.origin }))
}

export const C05: Rule = {
  id: 'C05',
  name: 'PROSODY-DEBUG',
  concern: 'storage',
  severity: 'high',
  components: ['prosody', 'environment'],
  title: both('Prosody schreibt alles mit', 'Prosody writes down everything'),
  why: both(
    'Auf der Stufe debug stehen IP-Adressen, Kennungen und Einzelheiten der Nachrichten im Protokoll.',
    'At level debug IP addresses, ids and details of messages stand in the log.',
  ),
  mend: both(
    'Die Stufe auf warn setzen (Docker: LOG_LEVEL=warn).',
    'Set the level to warn (Docker: LOG_LEVEL=warn).',
  ),
  articles: articles('5(1)c'),
  source: 'prosody logging',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'Der Nachrichtenserver protokolliert IP-Adressen, Kennungen und Einzelheiten von Nachrichten.',
        'The messaging server logs IP addresses, ids and details of messages.',
      ),
      met: both(
        'Der Nachrichtenserver protokolliert nicht auf der Stufe debug.',
        'The messaging server does not log at level debug.',
      ),
    },
  ],
  check: (installation) => {
    const lowest = lowestLevel(installation)
    if (lowest === undefined) return [undecidable(silent(installation.prosody), missing('prosody.cfg.lua'))]
    if (lowest.level !== 'debug') return [met(lowest.origin)]
    const inEnvironment =
      lowest.origin?.kind === 'environment' || lowest.origin?.file.endsWith('.env') === true
    const quoted = lowest.isText === true && lowest.origin?.kind === 'file'
    const edits = inEnvironment
      ? replaceValue(lowest.origin, 'warn')
      : quoted
        ? replaceValue(lowest.origin, '"warn"')
        : []
    return [violated(lowest.origin, { edits })]
  },
}

export const C06: Rule = {
  id: 'C06',
  name: 'PROSODY-RATE',
  concern: 'storage',
  severity: 'low',
  components: ['prosody'],
  title: both('Die Ratenbegrenzung schreibt IP-Adressen auf', 'The rate limit writes down IP addresses'),
  why: both(
    'mod_rate_limit nennt jede begrenzte Adresse auf der Stufe info.',
    'mod_rate_limit names every limited address at level info.',
  ),
  mend: both(
    'Die Stufe auf warn setzen oder das Protokoll nach 7 Tagen löschen.',
    'Set the level to warn, or delete the log after 7 days.',
  ),
  articles: articles('5(1)e'),
  source: 'jitsi-meet prosody plugins',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'IP-Adressen, die die Ratenbegrenzung bremst, stehen im Protokoll.',
        'IP addresses slowed down by the rate limit stand in the log.',
      ),
    },
  ],
  since: '2022-08-01',
  check: checkRateLimit,
}

function checkRateLimit(installation: Installation): readonly Verdict[] {
  const place = rateLimitOf(installation)
  const lowest = lowestLevel(installation)
  if (place === 'unknown') return [undecidable(silent(installation.prosody), missing('prosody.cfg.lua'))]
  if (place === undefined) return [notApplicable(silent(installation.prosody))]
  if (lowest === undefined) return [undecidable(place, missing('log'))]
  return [
    lowest.level === 'debug' || lowest.level === 'info'
      ? violated([place, lowest.origin])
      : met([lowest.origin, place]),
  ]
}

function rateLimitOf(installation: Installation): Origin | 'unknown' | undefined {
  const { prosody } = installation
  const inUse = prosody.hosts
    .map((host: ProsodyHost) => modulesOf(host).names.get('rate_limit'))
    .find((one) => one !== undefined)
  if (inUse !== undefined) return inUse
  const variable = environmentFlag(installation, 'PROSODY_ENABLE_RATE_LIMITS', false)
  if (variable.value === true)
    return variable.origin ?? defaultIn(installation.environment.files[0] ?? '.env')
  if (prosody.completeness === 'complete') return undefined
  return hasImages(installation) && variable.value === false ? undefined : 'unknown'
}
