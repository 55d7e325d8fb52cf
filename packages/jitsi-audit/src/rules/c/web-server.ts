// What nginx does for people who come from outside: which servers serve the client, how they encrypt, what they log.
import type { Installation, NginxConfig, NginxDirective, NginxScope } from '../../core/installation.ts'
import type { Origin } from '../../core/source.ts'
import { lookup } from '../../core/settings.ts'
import { isLoopback } from '../helpers/hosts.ts'
import { publishedPorts } from '../helpers/ports.ts'
import { environmentFlag, environmentText, member, text } from '../helpers/values.ts'
import { defaultIn, hasImages } from '../b/kit.ts'

/** Servers in the set. */
export function servers({ nginx }: Installation): readonly NginxScope[] {
  return nginx.scopes.filter(({ kind }) => kind === 'server')
}

/** Servers that hand out the client, encrypted ones where there are any. */
export function appServers(installation: Installation): readonly NginxScope[] {
  const serving = servers(installation).filter((one) => !redirects(one))
  const encrypted = serving.filter(isTls)
  return encrypted.length > 0 ? encrypted : serving
}

/** Whether a server takes TLS. */
export function isTls(server: NginxScope): boolean {
  const listens = children(server, 'listen')
  if (
    listens.some(
      ({ args }) =>
        args.includes('ssl') || args.includes('quic') || /(?:^|:)(?:443|4444|8443)$/.test(args[0] ?? ''),
    )
  )
    return true
  return (
    children(server, 'ssl').some(({ args }) => args[0] === 'on') ||
    children(server, 'ssl_certificate').length > 0
  )
}

/** Whether a server listens without TLS for people outside: port 80, or 8000 (the image's). */
export function isPlainPort(server: NginxScope): boolean {
  if (isTls(server)) return false
  const listens = children(server, 'listen').map(({ args }) => args[0] ?? '')
  return listens.some((one) => /^(?:\*:|0\.0\.0\.0:|\[::\]:)?(?:80|8000)$/.test(one))
}

/** A part of a server block that another file includes: it has no port of its own. */
export function isPartOfServer(server: NginxScope): boolean {
  return children(server, 'listen').length === 0
}

/** Directives directly inside a block. */
export function children(scope: NginxScope, name: string): readonly NginxDirective[] {
  return (scope.directive.children ?? []).filter((one) => one.name === name)
}

/** Whether a server only sends people on: by `return` or `rewrite`, apart from certificate challenges. */
export function redirects(server: NginxScope): boolean {
  const inside = server.directive.children ?? []
  if (sendsOn(inside)) return true
  const locations = inside.filter(
    ({ name, args }) => name === 'location' && !args.some((one) => one.includes('.well-known')),
  )
  return locations.length > 0 && locations.every((one) => sendsOn(one.children ?? []))
}

function sendsOn(inside: readonly NginxDirective[]): boolean {
  // Guides and certbot put the redirect behind a question about the scheme or the host.
  const asked = inside.filter(
    ({ name, args }) =>
      name === 'if' && /\$(?:scheme|https|host|http_x_forwarded_proto)\b/.test(args.join(' ')),
  )
  return [...inside, ...asked.flatMap(({ children: own }) => own ?? [])].some(
    ({ name, args: [first = '', ...rest] }) =>
      (name === 'return' && (/^(?:30[1278]|4\d\d)$/.test(first) || first.startsWith('https:'))) ||
      (name === 'rewrite' && rest.some((target) => target.startsWith('https:'))),
  )
}

/** The header in effect at a scope. */
export function headerOf(scope: NginxScope, name: string): NginxDirective | undefined {
  return (scope.effective.get('add_header') ?? []).findLast(({ args }) => args[0]?.toLowerCase() === name)
}

/** Grouped once for each configuration: a hostile one has thousands of servers. */
const LOCATIONS = new WeakMap<NginxConfig, ReadonlyMap<NginxDirective, readonly NginxScope[]>>()

/** Locations inside a server, nested ones too. */
export function locationsOf({ nginx }: Installation, server: NginxScope): readonly NginxScope[] {
  const known = LOCATIONS.get(nginx) ?? locationsByServer(nginx)
  LOCATIONS.set(nginx, known)
  return known.get(server.directive) ?? []
}

function locationsByServer({ scopes }: NginxConfig): ReadonlyMap<NginxDirective, readonly NginxScope[]> {
  const found = new Map<NginxDirective, NginxScope[]>()
  for (const scope of scopes) {
    if (scope.kind !== 'location') continue
    let outer = scope.parent
    while (outer !== undefined && outer.kind !== 'server') outer = outer.parent
    if (outer === undefined) continue
    const group = found.get(outer.directive)
    if (group === undefined) found.set(outer.directive, [scope])
    else group.push(scope)
  }
  return found
}

/** The service that runs the client's image. */
export function webService(installation: Installation): Installation['services'][number] | undefined {
  return installation.services.find(
    ({ name, node }) =>
      name === 'web' || /(?:^|\/)(?:jitsi-)?(?:meet-)?web(?:[:@]|$)/.test(text(member(node, 'image')) ?? ''),
  )
}

/** Where the image's own nginx is silent, so that its default holds; undefined when another nginx is in the set. */
export function stockNginx(installation: Installation): Origin | undefined {
  if (installation.nginx.completeness !== 'absent' || !hasImages(installation)) return undefined
  const service = webService(installation)
  if (service !== undefined) return service.origin
  const file = installation.environment.files.at(-1)
  return file === undefined || installation.services.length > 0 ? undefined : defaultIn(file)
}

/** Kubernetes takes the output of containers itself: Docker's log drivers say nothing there. */
export function isCluster({ kind }: Installation): boolean {
  return kind === 'kubernetes' || kind === 'helm'
}

/** Whether the client's ports are published to the machine itself only: somebody else passes requests on to them. */
export function isOnLoopback(installation: Installation): boolean {
  const written = ['HTTP_PORT', 'HTTPS_PORT'].map((name) => environmentText(installation, name).value ?? '')
  if (written.some((port) => /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\]):\d/.test(port))) return true
  const service = webService(installation)
  const ports = service === undefined ? [] : publishedPorts(service)
  return ports.length > 0 && ports.every(({ address }) => address !== undefined && isLoopback(address))
}

/** Whether another proxy stands in front, so that the address that nginx sees is the proxy's. */
export function isBehindProxy(installation: Installation): boolean {
  if (isCluster(installation)) return true
  if (environmentFlag(installation, 'DISABLE_HTTPS', false).value === true) return true
  if (isOnLoopback(installation)) return true
  return installation.services.some(({ node, environment }) => {
    const labels = member(node, 'labels')
    const names =
      labels?.kind === 'map'
        ? [...labels.entries.keys()]
        : labels?.kind === 'list'
          ? labels.items.map((item) => text(item) ?? '')
          : []
    return (
      names.some((label) => /^(?:traefik|caddy)\b/.test(label)) ||
      lookup(environment, ['VIRTUAL_HOST']).state === 'set'
    )
  })
}

/** Whether the proxy in front of the image's nginx is in the set itself: a server with TLS beside an image that leaves TLS to it. */
export function isProxyInSet(installation: Installation): boolean {
  const all = servers(installation)
  const own = all.filter(({ directive }) => directive.origin.kind === 'file')
  const leavesTls = environmentFlag(installation, 'DISABLE_HTTPS', false).value === true
  return own.some(isTls) && (own.length < all.length || leavesTls)
}

/** Whether a proxy that is not in the set stands in front of this server. */
export function isProxied(installation: Installation, server: NginxScope): boolean {
  const isOuter = server.directive.origin.kind === 'file' && isTls(server) && isProxyInSet(installation)
  return isBehindProxy(installation) && !isOuter
}

/** Servers that people reach: where the proxy in front of an image is in the set, only the proxy's. */
export function outerServers(installation: Installation): readonly NginxScope[] {
  const all = servers(installation)
  return isProxyInSet(installation) ? all.filter(({ directive }) => directive.origin.kind === 'file') : all
}

/** Whether the server itself includes a file that is not in the set: headers and switches may stand in it. */
export function lacksInclude(installation: Installation, { directive }: NginxScope): boolean {
  const { file, line } = directive.origin
  const next = servers(installation)
    .filter((other) => other.directive.origin.file === file && other.directive.origin.line > line)
    .reduce((least, other) => Math.min(least, other.directive.origin.line), Number.POSITIVE_INFINITY)
  return installation.nginx.problems.some(
    ({ code, origin }) =>
      code === 'include-missing' && origin.file === file && origin.line > line && origin.line < next,
  )
}
