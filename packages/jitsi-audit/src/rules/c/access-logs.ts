// What nginx writes about a request: which log statement holds where, and which variables its format carries.
import type { Installation, NginxConfig, NginxDirective, NginxScope } from '../../core/installation.ts'
import { locationsOf } from './web-server.ts'

/** Variables that hold an address of a client in full. */
const ADDRESSES: ReadonlySet<string> = new Set([
  'remote_addr',
  'binary_remote_addr',
  'realip_remote_addr',
  'proxy_protocol_addr',
  'http_x_forwarded_for',
  'proxy_add_x_forwarded_for',
  'http_x_real_ip',
  'http_forwarded',
  'http_cf_connecting_ip',
])

/** Those that hold a client's address even when a proxy stands in front. */
const FORWARDED: ReadonlySet<string> = new Set(
  [...ADDRESSES].filter(
    (name) => !['remote_addr', 'binary_remote_addr', 'realip_remote_addr'].includes(name),
  ),
)

/** Variables that hold the query of a URL, in which tokens travel. */
const QUERIES: ReadonlySet<string> = new Set([
  'request',
  'request_uri',
  'args',
  'query_string',
  'http_referer',
])

/** A map may use another map; real ones stay below three. */
const MAPS_DEEP = 5

/** One log statement in effect somewhere in a server. */
export interface AccessLog {
  readonly directive: NginxDirective
  readonly scope: NginxScope
  /** Text of its format; undefined when the format is defined elsewhere. */
  readonly format: string | undefined
  /** Writes nothing. */
  readonly off: boolean
}

/** Log statements of a server and its locations, each once. Empty when none is written: nginx then logs `combined`. */
export function accessLogs(installation: Installation, server: NginxScope): readonly AccessLog[] {
  const seen = new Set<NginxDirective>()
  const found: AccessLog[] = []
  for (const scope of [server, ...locationsOf(installation, server)])
    for (const directive of scope.effective.get('access_log') ?? []) {
      if (seen.has(directive)) continue
      seen.add(directive)
      found.push({ directive, scope, format: formatOf(installation.nginx, directive), off: isOff(directive) })
    }
  return found
}

function isOff({ args }: NginxDirective): boolean {
  return args[0] === 'off' || args[0] === '/dev/null'
}

function formatOf(nginx: NginxConfig, { args }: NginxDirective): string | undefined {
  const name = args.slice(1).find((one) => !/^(?:buffer|flush|gzip|if)(?:=|$)/.test(one)) ?? 'combined'
  return nginx.logFormats.get(name)?.text
}

/** Whether a format carries a full client address; `forwarded` asks only for one that a proxy passed on. */
export function carriesAddress(nginx: NginxConfig, format: string, forwarded = false): boolean {
  const wanted = forwarded ? FORWARDED : ADDRESSES
  return variablesIn(format).some((name) => reaches(nginx, name, wanted, 0))
}

/** Whether a format carries a query in which a token may stand. */
export function carriesQuery(nginx: NginxConfig, format: string): boolean {
  return variablesIn(format).some((name) => reaches(nginx, name, QUERIES, 0))
}

function variablesIn(format: string): readonly string[] {
  return [...format.matchAll(/\$\{?([a-z_0-9]+)\}?/gi)].map(([, name = '']) => name)
}

function reaches(nginx: NginxConfig, name: string, wanted: ReadonlySet<string>, depth: number): boolean {
  if (wanted.has(name)) return true
  const map = depth < MAPS_DEEP ? nginx.maps.get(`$${name}`) : undefined
  if (map === undefined) return false
  if (wanted === QUERIES && map.cases.some(([test]) => /jwt|token/.test(test))) return false
  return map.cases.some(([, value]) =>
    variablesIn(value).some((inner) => reaches(nginx, inner, wanted, depth + 1)),
  )
}
