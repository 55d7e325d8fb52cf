// What rules ask of nginx: who writes a log and in which format, which ports a server has, which headers it sends.
import type { NginxConfig, NginxDirective, NginxScope } from '../../core/installation.ts'
import { hasPlaceholder } from '../../core/placeholder.ts'
import type { Origin } from '../../core/source.ts'

/** One log that is written. */
export interface NginxLog {
  readonly path: string
  /** Name of the format, and its text; the text is missing when no `log_format` of that name was read. */
  readonly format: string
  readonly text?: string
  /** Expression of `if=`: lines are only written when it is neither empty nor `0`. */
  readonly condition?: string
  /** `stock-default` where nothing is written and nginx's own default holds. */
  readonly origin: Origin
}

/** What is known about a scope's logs; `unknown` when an outer level that would decide was not read. */
export type NginxLogs =
  | { readonly state: 'known'; readonly logs: readonly NginxLog[]; readonly origin: Origin }
  | { readonly state: 'unknown' }

/** The access logs in effect; an empty list says that they are off. Without any directive nginx writes `logs/access.log combined`. */
export function accessLogsOf(config: NginxConfig, scope: NginxScope): NginxLogs {
  const directives = scope.effective.get('access_log')
  const [first] = directives ?? []
  if (directives === undefined || first === undefined) {
    if (config.completeness !== 'complete') return { state: 'unknown' }
    const origin: Origin = { ...scope.directive.origin, kind: 'stock-default' }
    return { state: 'known', logs: [log(config, ['logs/access.log'], origin)], origin }
  }
  const off = directives.some(({ args }) => args[0] === 'off')
  const logs = off ? [] : directives.map(({ args, origin }) => log(config, args, origin))
  return { state: 'known', logs, origin: first.origin }
}

function log(config: NginxConfig, args: readonly string[], origin: Origin): NginxLog {
  const [path = '', second] = args
  const format = second === undefined || /^(?:if|buffer|gzip|flush)(?:=|$)/.test(second) ? 'combined' : second
  const text = config.logFormats.get(format)?.text
  const condition = args.find((one) => one.startsWith('if='))?.slice('if='.length)
  return {
    path,
    format,
    origin,
    ...(text === undefined ? {} : { text }),
    ...(condition === undefined ? {} : { condition }),
  }
}

export interface NginxErrorLog {
  readonly path: string
  /** `debug` ... `emerg`; nginx's own default is `error`. */
  readonly level: string
  readonly origin: Origin
}

/** The error logs in effect; `undefined` when an outer level that would decide was not read. */
export function errorLogsOf(config: NginxConfig, scope: NginxScope): readonly NginxErrorLog[] | undefined {
  const directives = scope.effective.get('error_log')
  if (directives === undefined) {
    if (config.completeness !== 'complete') return undefined
    return [
      {
        path: 'logs/error.log',
        level: 'error',
        origin: { ...scope.directive.origin, kind: 'stock-default' },
      },
    ]
  }
  return directives.map(({ args, origin }) => ({ path: args[0] ?? '', level: args[1] ?? 'error', origin }))
}

export interface NginxListen {
  /** `*`, an address, `[::]`, `unix:/path`, a host name. */
  readonly address: string
  /** Undefined for a socket file, and where a template left it open. */
  readonly port: number | undefined
  readonly ssl: boolean
  readonly quic: boolean
  readonly proxyProtocol: boolean
  readonly defaultServer: boolean
  readonly origin: Origin
}

export interface NginxServer {
  readonly scope: NginxScope
  readonly names: readonly string[]
  readonly listens: readonly NginxListen[]
  /** True when one of its ports speaks TLS (`listen ... ssl` or the old `ssl on`). */
  readonly tls: boolean
}

/** All servers; one without `listen` listens on port 80. */
export function serversOf(config: NginxConfig): readonly NginxServer[] {
  return config.scopes
    .filter(({ kind }) => kind === 'server')
    .map((scope) => {
      const ssl = scope.effective.get('ssl')?.[0]?.args[0] === 'on'
      const written = (scope.effective.get('listen') ?? []).map((one) => listenOf(one, ssl))
      const listens =
        written.length > 0
          ? written
          : [
              listenOf(
                {
                  name: 'listen',
                  args: ['80'],
                  origin: { ...scope.directive.origin, kind: 'stock-default' },
                },
                ssl,
              ),
            ]
      return { scope, names: scope.args, listens, tls: listens.some((one) => one.ssl || one.quic) }
    })
}

function listenOf({ args, origin }: NginxDirective, ssl: boolean): NginxListen {
  const [where = '', ...flags] = args
  const { address, port } = addressOf(where)
  return {
    address,
    port,
    ssl: ssl || flags.includes('ssl'),
    quic: flags.includes('quic'),
    proxyProtocol: flags.includes('proxy_protocol'),
    defaultServer: flags.includes('default_server') || flags.includes('default'),
    origin,
  }
}

/** `443`, `address:443`, `[::]:443`, `address`, `unix:/path`; no port where a template left it open. */
function addressOf(where: string): { address: string; port: number | undefined } {
  if (where.startsWith('unix:')) return { address: where, port: undefined }
  const parts = /^(?:(\[[^\]]*\]|[^:[]*):)?(\d+)$/.exec(where)
  if (parts !== null) return { address: parts[1] ?? '*', port: Number(parts[2]) }
  const tail = where.slice(where.lastIndexOf(':') + 1)
  return hasPlaceholder(tail) ? { address: where, port: undefined } : { address: where, port: 80 }
}

export interface NginxHeader {
  /** In lower case. */
  readonly name: string
  readonly value: string
  /** Without it the header is only sent with successful answers and redirects. */
  readonly always: boolean
  readonly origin: Origin
}

/** The headers that a scope adds to its answers (`add_header`, and `more_set_headers` of the headers-more module). */
export function headersOf(scope: NginxScope): readonly NginxHeader[] {
  const added = (scope.effective.get('add_header') ?? []).map(({ args, origin }) => ({
    name: (args[0] ?? '').toLowerCase(),
    value: args[1] ?? '',
    always: args[2] === 'always',
    origin,
  }))
  const set = (scope.effective.get('more_set_headers') ?? []).flatMap(({ args, origin }) =>
    args
      .filter((one) => one.includes(':'))
      .map((one) => ({
        name: one.slice(0, one.indexOf(':')).trim().toLowerCase(),
        value: one.slice(one.indexOf(':') + 1).trim(),
        always: true,
        origin,
      })),
  )
  return [...added, ...set]
}

/** The variables that a text names, with their `$`: `$remote_addr`, also when written `${remote_addr}`. */
export function variablesIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)].map((one) => `$${one[1] ?? one[2] ?? ''}`))]
}

/** Variables that a text depends on in the end, through `map`, `geo` and `set`; itself included. Bounded against circles. */
export function sourcesOf(
  config: NginxConfig,
  scope: NginxScope | undefined,
  text: string,
): ReadonlySet<string> {
  const seen = new Set<string>()
  const waiting = [...variablesIn(text)]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue
    seen.add(name)
    const map = config.maps.get(name)
    if (map !== undefined) {
      waiting.push(...variablesIn(map.source), ...map.cases.flatMap(([, value]) => variablesIn(value)))
    }
    for (let at = scope; at !== undefined; at = at.parent)
      for (const { args } of at.effective.get('set') ?? [])
        if (args[0] === name) waiting.push(...variablesIn(args[1] ?? ''))
  }
  return seen
}
