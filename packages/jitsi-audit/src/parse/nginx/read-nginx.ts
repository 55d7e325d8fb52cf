// Reads nginx's configuration files into servers and locations with the directives in effect there.
import type { NginxConfig, NginxDirective, NginxScope } from '../../core/installation.ts'
import type { Origin, SourceFile } from '../../core/source.ts'
import { startOf } from '../common/problem.ts'
import { notReached } from '../common/reached.ts'
import { effectiveOf } from './inheritance.ts'
import { type IncludeMany, NginxReader } from './parse-nginx.ts'

/** The format that nginx knows without `log_format` (ngx_http_log_module). */
const COMBINED =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"'

/** Scopes of one configuration, and copies of inherited directives in all of them. */
const SCOPES_MAX = 10_000
const EFFECTIVE_MAX = 500_000

type LogFormats = Map<string, { readonly text: string; readonly origin?: Origin }>
type Maps = Map<string, { source: string; cases: (readonly [string, string])[]; origin: Origin }>

/**
 * The configuration that these files make up. Files with an `http` block come first, with what they include; files that nobody
 * includes are read as if `http` included them, and one that holds the inside of a `server` block stands as a server of its own.
 */
export function readNginx(files: readonly SourceFile[], include: IncludeMany): NginxConfig {
  const reader = new NginxReader(files, include)
  const collector = new Collector()
  const mains = files.filter((file) => isMain(file))
  for (const file of mains) if (!reader.read.includes(file.path)) collector.main(reader.file(file))
  const hasMain = collector.scopes.some(({ kind }) => kind === 'http')
  for (const file of notReached(files, new Set(reader.read)))
    if (!reader.read.includes(file.path)) collector.loose(reader.file(file), file.path)
  const hasServer = collector.scopes.some(({ kind }) => kind === 'server')
  const whole = reader.whole && hasMain && hasServer && !collector.full
  return {
    completeness: files.length === 0 ? 'absent' : whole ? 'complete' : 'fragment',
    scopes: collector.scopes,
    logFormats: collector.logFormats,
    maps: collector.maps,
    problems: reader.problems,
    files: [...new Set(reader.read)],
  }
}

function isMain(file: SourceFile): boolean {
  return /(?:^|\/)nginx\.conf(?:\.[^/]*)?$/.test(file.path) || /^[ \t]*http\s*\{/m.test(file.text)
}

/** Gathers scopes, formats and maps while the tree is walked. */
class Collector {
  readonly scopes: NginxScope[] = []
  readonly logFormats: LogFormats = new Map([['combined', { text: COMBINED }]])
  readonly maps: Maps = new Map()
  full = false
  #copies = 0
  #http: NginxScope | undefined

  /** A file with the main level. */
  main(directives: readonly NginxDirective[]): void {
    const blocks = directives.filter(({ name, children }) => name === 'http' && children !== undefined)
    if (blocks.length === 0 && directives.length > 0) this.loose(directives, directives[0]?.origin.file ?? '')
    const outer = effectiveOf(directives, undefined)
    for (const block of blocks) {
      const scope = this.#add('http', block, block.args, undefined, outer)
      this.#http ??= scope
      this.#httpLevel(block.children ?? [], scope)
    }
  }

  /** A file that stands alone: what `http` may hold, or the inside of a server. */
  loose(directives: readonly NginxDirective[], file: string): void {
    if (directives.some(({ name, children }) => name === 'http' && children !== undefined)) {
      this.main(directives)
      return
    }
    const inside = directives.some(
      ({ name }) => name === 'location' || name === 'listen' || name === 'server_name',
    )
    if (!inside) {
      this.#httpLevel(directives, this.#http)
      return
    }
    const origin = directives[0]?.origin ?? startOf(file)
    this.#server({ name: 'server', args: [], origin, children: directives }, this.#http)
  }

  #httpLevel(directives: readonly NginxDirective[], http: NginxScope | undefined): void {
    for (const one of directives) {
      if (one.name === 'log_format') this.#logFormat(one)
      else if (one.name === 'map' || one.name === 'geo') this.#map(one)
    }
    const outer = http ?? this.#implied(directives)
    for (const one of directives)
      if (one.name === 'server' && one.children !== undefined) this.#server(one, outer)
  }

  /** Settings beside the servers of a loose file act as those of `http`. */
  #implied(directives: readonly NginxDirective[]): NginxScope | undefined {
    const [first] = directives
    if (first === undefined || directives.every(({ children }) => children !== undefined)) return undefined
    const effective = effectiveOf(directives, undefined)
    return { kind: 'http', args: [], directive: { name: 'http', args: [], origin: first.origin }, effective }
  }

  #server(block: NginxDirective, http: NginxScope | undefined): void {
    const names = (block.children ?? [])
      .filter(({ name }) => name === 'server_name')
      .flatMap(({ args }) => args)
    const scope = this.#add('server', block, names, http, http?.effective)
    this.#locations(block.children ?? [], scope)
  }

  #locations(directives: readonly NginxDirective[], parent: NginxScope): void {
    for (const one of directives) {
      if (one.children === undefined) continue
      if (one.name === 'location')
        this.#locations(one.children, this.#add('location', one, one.args, parent, parent.effective))
      else if (one.name === 'if' || one.name === 'limit_except')
        this.#locations(one.children, this.#add('if', one, one.args, parent, parent.effective))
    }
  }

  #add(
    kind: NginxScope['kind'],
    directive: NginxDirective,
    args: readonly string[],
    parent: NginxScope | undefined,
    outer: NginxScope['effective'] | undefined,
  ): NginxScope {
    const room = this.scopes.length < SCOPES_MAX && this.#copies < EFFECTIVE_MAX
    const effective = room ? effectiveOf(directive.children ?? [], outer) : new Map()
    this.#copies += effective.size
    const scope = { kind, args, directive, effective, ...(parent === undefined ? {} : { parent }) }
    if (room) this.scopes.push(scope)
    else this.full = true
    return scope
  }

  #logFormat({ args, origin }: NginxDirective): void {
    const [name, ...rest] = args
    if (name === undefined) return
    const text = rest.filter((part, index) => index > 0 || !part.startsWith('escape=')).join('')
    this.logFormats.set(name, { text, origin })
  }

  #map({ name, args, origin, children }: NginxDirective): void {
    if (children === undefined) return
    const source = name === 'geo' && args.length === 1 ? '$remote_addr' : (args[0] ?? '')
    const target = args.at(-1)
    if (target === undefined) return
    // `hostnames;` and `volatile;` have no value, `include` names a file of further cases.
    const cases = children
      .filter((one) => one.args.length > 0 && one.name !== 'include')
      .map((one) => [one.name, one.args[0] ?? ''] as const)
    this.maps.set(target, { source, cases, origin })
  }
}
