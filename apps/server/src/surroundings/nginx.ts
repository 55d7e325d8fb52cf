// Judges nginx: which of the sites that lead here write addresses and pages down, and where.
import {
  type NginxConfig,
  type NginxDirective,
  type NginxScope,
  type Rotation,
  type SourceFile,
  accessLogsOf,
  errorLogsOf,
  includesOf,
  readNginx,
  variablesIn,
} from '@runde/jitsi-audit/servers'
import { type Finding, type Traces, both, placeOf, quoted } from './finding.ts'
import { type Own, ownSites } from './ours.ts'
import { keptFile } from './rotation.ts'

/** Variables that hold a client's address in full. */
const ADDRESSES: ReadonlySet<string> = new Set(
  [
    'remote_addr',
    'binary_remote_addr',
    'realip_remote_addr',
    'proxy_protocol_addr',
    'http_x_forwarded_for',
    'proxy_add_x_forwarded_for',
    'http_x_real_ip',
    'http_forwarded',
    'http_cf_connecting_ip',
  ].map((name) => `$${name}`),
)

/** Variables that hold the path of a page. */
const PAGES: ReadonlySet<string> = new Set(
  ['request', 'request_uri', 'uri', 'document_uri', 'http_referer', 'request_filename'].map(
    (name) => `$${name}`,
  ),
)

/** Where nginx writes when nothing says so, as the packages of the distributions set it. */
const DEFAULT_ACCESS_LOG = '/var/log/nginx/access.log'

/** From this level on the lines of a single request are not written. */
const QUIET: ReadonlySet<string> = new Set(['crit', 'alert', 'emerg'])

/** Files of nginx among others. */
function nginxFiles(files: readonly SourceFile[]): readonly SourceFile[] {
  return files.filter(
    ({ path }) => /(?:^|\/)nginx(?:\/|[^/]*\.conf$)/.test(path) && !path.endsWith('/logrotate.d/nginx'),
  )
}

export function judgeNginx(
  files: readonly SourceFile[],
  rotation: Rotation,
  own: Own | undefined,
): readonly Finding[] {
  const mine = nginxFiles(files)
  if (mine.length === 0) return []
  const mains = mine.filter(({ path }) => /(?:^|\/)nginx\.conf$/.test(path))
  // With the main file at hand what nobody includes is not in force: sites that are not enabled, copies, snippets.
  const config = readNginx(mains.length > 0 ? mains : mine, includesOf(mine).many)
  const servers = config.scopes.filter(({ kind }) => kind === 'server')
  const sites = servers.map((scope) => ({ scope, names: scope.args, targets: targetsOf(config, scope) }))
  const found = ownSites(sites, own).flatMap(({ scope }) => judgeServer(config, scope, rotation))
  if (found.length > 0) return onePerPlace(found)
  const [first] = mains.length > 0 ? mains : mine
  return [
    {
      service: 'nginx',
      state: 'unclear',
      traces: [],
      place: { file: first?.path ?? '', line: 1 },
      says: both('Hier steht kein server-Block.', 'There is no server block here.'),
    },
  ]
}

/** Addresses that a server and its locations pass requests on to, upstreams resolved. */
function targetsOf(config: NginxConfig, server: NginxScope): readonly string[] {
  const passed = inside(config, server).flatMap((scope) =>
    (scope.effective.get('proxy_pass') ?? []).map(({ args }) => args[0] ?? ''),
  )
  const upstreams = config.scopes
    .filter(({ kind }) => kind === 'http')
    .flatMap(({ directive }) => directive.children ?? [])
    .filter(({ name }) => name === 'upstream')
  return passed.flatMap((target) => {
    const host = target.replace(/^[a-z]+:\/\//, '').replace(/[:/].*$/, '')
    const upstream = upstreams.find(({ args }) => args[0] === host)
    return upstream === undefined ? [target] : membersOf(upstream)
  })
}

function membersOf({ children = [] }: NginxDirective): readonly string[] {
  return children.filter(({ name }) => name === 'server').map(({ args }) => args[0] ?? '')
}

/** A server and all of its locations. */
function inside(config: NginxConfig, server: NginxScope): readonly NginxScope[] {
  return config.scopes.filter((scope) => {
    for (let at: NginxScope | undefined = scope; at !== undefined; at = at.parent)
      if (at === server) return true
    return false
  })
}

function judgeServer(config: NginxConfig, server: NginxScope, rotation: Rotation): readonly Finding[] {
  return inside(config, server).flatMap((scope) => [
    ...judgeAccess(config, scope, rotation),
    ...judgeErrors(config, scope, rotation),
  ])
}

function judgeAccess(config: NginxConfig, scope: NginxScope, rotation: Rotation): readonly Finding[] {
  const logs = accessLogsOf(config, scope)
  const base = { service: 'nginx', place: placeOf(scope.directive.origin) } as const
  if (logs.state === 'unknown')
    return [
      {
        ...base,
        state: 'unclear',
        traces: [],
        says: both(
          'Ob hier mitgeschrieben wird, entscheidet eine Datei, die nicht dabei ist.',
          'A file that is not here decides whether something is logged.',
        ),
        change: both('access_log off; in diesen Block setzen.', 'Put access_log off; into this block.'),
      },
    ]
  const written = logs.logs.filter(({ path }) => path !== '/dev/null')
  if (written.length === 0)
    return [
      {
        ...base,
        place: placeOf(logs.origin),
        state: 'clean',
        traces: [],
        says: both('Aufrufe werden nicht mitgeschrieben.', 'Requests are not logged.'),
      },
    ]
  return written.map((log): Finding => {
    const place = placeOf(log.origin)
    const traces = log.text === undefined ? undefined : tracesOf(config, log.text)
    if (traces === undefined)
      return {
        ...base,
        place,
        state: 'unclear',
        traces: [],
        says: both(
          `Das Format ${quoted(log.format)} steht in keiner der Dateien.`,
          `The format ${quoted(log.format)} is in none of the files.`,
        ),
        change: both('Ersetzen durch: access_log off;', 'Replace by: access_log off;'),
      }
    if (traces.length === 0)
      return {
        ...base,
        place,
        state: 'clean',
        traces,
        says: both(
          `Das Format ${quoted(log.format)} enthält weder Adressen noch Seiten.`,
          `The format ${quoted(log.format)} holds neither addresses nor pages.`,
        ),
      }
    const silent = log.origin.kind === 'stock-default'
    return {
      ...base,
      place,
      state: 'logs',
      traces,
      kept: keptFile(rotation, silent ? DEFAULT_ACCESS_LOG : log.path),
      says: silent
        ? both(
            'Ohne access_log schreibt nginx jeden Aufruf mit (Format combined).',
            'Without access_log nginx logs every request (format combined).',
          )
        : both(
            `Jeder Aufruf wird mitgeschrieben in ${quoted(log.path)} (Format ${quoted(log.format)}).`,
            `Every request is logged to ${quoted(log.path)} (format ${quoted(log.format)}).`,
          ),
      change: silent
        ? both(
            `Nach Zeile ${place.line} einfügen: access_log off;`,
            `Insert after line ${place.line}: access_log off;`,
          )
        : both('Ersetzen durch: access_log off;', 'Replace by: access_log off;'),
    }
  })
}

function judgeErrors(config: NginxConfig, scope: NginxScope, rotation: Rotation): readonly Finding[] {
  return (errorLogsOf(config, scope) ?? [])
    .filter(({ path, level }) => path !== '/dev/null' && !QUIET.has(level))
    .map((log): Finding => {
      const place = placeOf(log.origin)
      const silent = log.origin.kind === 'stock-default'
      const path = silent ? '/var/log/nginx/error.log' : log.path
      return {
        service: 'nginx',
        state: 'logs',
        traces: ['addresses', 'pages'],
        place,
        kept: keptFile(rotation, path),
        says: both(
          `Bei Fehlern werden Adresse und Seite mitgeschrieben (error_log, Stufe ${quoted(log.level)}).`,
          `On errors address and page are logged (error_log, level ${quoted(log.level)}).`,
        ),
        change: silent
          ? both(
              `Nach Zeile ${place.line} einfügen: error_log ${path} crit;`,
              `Insert after line ${place.line}: error_log ${path} crit;`,
            )
          : both(
              `Ersetzen durch: error_log ${quoted(path)} crit;`,
              `Replace by: error_log ${quoted(path)} crit;`,
            ),
      }
    })
}

function tracesOf(config: NginxConfig, format: string): readonly Traces[] {
  return [
    ...(reaches(config, format, ADDRESSES, 0) ? (['addresses'] as const) : []),
    ...(reaches(config, format, PAGES, 0) ? (['pages'] as const) : []),
  ]
}

/** A map may use another map; real ones stay below three. */
const MAPS_DEEP = 5

/** Whether a text holds one of the variables, also as what a map gives back; what a map only looks at may be shortened by it. */
function reaches(config: NginxConfig, text: string, wanted: ReadonlySet<string>, depth: number): boolean {
  return variablesIn(text).some((name) => {
    if (wanted.has(name)) return true
    const map = depth < MAPS_DEEP ? config.maps.get(name) : undefined
    return map?.cases.some(([, value]) => reaches(config, value, wanted, depth + 1)) === true
  })
}

/** A directive that many locations inherit is said once; the answer for a whole server covers its silent locations. */
function onePerPlace(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>()
  return findings.filter(({ place, state, says }) => {
    const key = `${place.file}:${place.line}:${state}:${says.en}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
