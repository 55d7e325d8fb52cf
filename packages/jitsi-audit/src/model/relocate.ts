// Moves everything that parsers found in rendered or extracted texts back to the files that people wrote.
import type {
  ComposeService,
  LoggingConfig,
  LogrotateStanza,
  NginxConfig,
  NginxDirective,
  NginxScope,
  ProsodyConfig,
  ProsodyHost,
} from '../core/installation.ts'
import { hasPlaceholder, PLACEHOLDER, PLACEHOLDER_TEXT, placeholderParts } from '../core/placeholder.ts'
import type { Assignment, Settings } from '../core/settings.ts'
import type { Origin, ParseProblem } from '../core/source.ts'
import type { MapNode, Node, UnknownNode } from '../core/value.ts'
import type { Place, SourceMap } from '../collect/template/source-map.ts'

/** Maps of rendered and extracted files by the path under which parsers saw them. */
export type SourceMaps = ReadonlyMap<string, SourceMap>

export class Relocation {
  readonly #maps: SourceMaps
  readonly #directives = new Map<NginxDirective, NginxDirective>()
  readonly #scopes = new Map<NginxScope, NginxScope>()

  constructor(maps: SourceMaps) {
    this.#maps = maps
  }

  place(origin: Origin): Place {
    const map = this.#maps.get(origin.file)
    if (map === undefined) return { origin, doubtful: false }
    const first = map.place(origin)
    const inner = map.parsed === true ? this.#maps.get(first.origin.file)?.place(first.origin) : undefined
    const place =
      inner === undefined ? first : { origin: inner.origin, doubtful: first.doubtful || inner.doubtful }
    // A claim of a default or of a variable stays: only the place moves.
    const kind = origin.kind === 'file' ? first.origin.kind : origin.kind
    return kind === 'file' ? place : { ...place, origin: { ...place.origin, kind } }
  }

  origin(origin: Origin): Origin {
    return this.place(origin).origin
  }

  #file(path: string): string {
    if (!this.#maps.has(path)) return path
    return this.origin({ kind: 'file', file: path, line: 1, column: 1, endLine: 1, endColumn: 1 }).file
  }

  /** A value at its real place; unknown where a template leaves it open or its condition cannot be decided. */
  node(node: Node): Node {
    const { origin, doubtful } = this.place(node.origin)
    if (doubtful) return { kind: 'unknown', reason: 'branch', origin }
    switch (node.kind) {
      case 'text':
        if (!hasPlaceholder(node.value)) return { ...node, origin }
        return { kind: 'unknown', reason: 'placeholder', origin, parts: placeholderParts(node.value) }
      case 'list':
        return { ...node, items: node.items.map((item) => this.node(item)), origin, ...this.#rest(node.rest) }
      case 'map':
        return this.map(node)
      case 'number':
      case 'flag':
      case 'null':
        return { ...node, origin }
      case 'unknown':
        return { ...node, origin, ...this.#candidates(node) }
    }
  }

  #candidates(node: UnknownNode): { candidates?: readonly Node[] } {
    return node.candidates === undefined ? {} : { candidates: node.candidates.map((one) => this.node(one)) }
  }

  #rest(rest: UnknownNode | undefined): { rest?: UnknownNode } {
    return rest === undefined ? {} : { rest: { ...rest, origin: this.origin(rest.origin) } }
  }

  map(node: MapNode): MapNode {
    const entries = new Map<string, Node>()
    let rest = node.rest
    for (const [key, value] of node.entries) {
      if (hasPlaceholder(key)) rest ??= { kind: 'unknown', reason: 'placeholder', origin: value.origin }
      else entries.set(key, this.node(value))
    }
    return { ...node, entries, origin: this.origin(node.origin), ...this.#rest(rest) }
  }

  settings(settings: Settings): Settings {
    return {
      ...settings,
      root: this.map(settings.root),
      assignments: settings.assignments.map((one) => this.#assignment(one)),
      problems: this.problems(settings.problems),
      files: this.#files(settings.files),
    }
  }

  #files(files: readonly string[]): readonly string[] {
    return [...new Set(files.map((file) => this.#file(file)))]
  }

  #assignment(assignment: Assignment): Assignment {
    const moved = { ...assignment, node: this.node(assignment.node), origin: this.origin(assignment.origin) }
    const { lost } = assignment
    return lost === undefined ? moved : { ...moved, lost: { ...lost, to: this.origin(lost.to) } }
  }

  problems(problems: readonly ParseProblem[]): readonly ParseProblem[] {
    return problems.map((problem) => ({ ...problem, origin: this.origin(problem.origin) }))
  }

  prosody(config: ProsodyConfig): ProsodyConfig {
    return {
      ...config,
      hosts: config.hosts.map((host) => this.#host(host)),
      problems: this.problems(config.problems),
      files: this.#files(config.files),
    }
  }

  #host(host: ProsodyHost): ProsodyHost {
    const moved = {
      ...host,
      name: this.node(host.name),
      settings: this.settings(host.settings),
      origin: this.origin(host.origin),
    }
    return host.module === undefined ? moved : { ...moved, module: this.node(host.module) }
  }

  logging(logging: LoggingConfig): LoggingConfig {
    const { handlers, levels } = logging
    return {
      settings: this.settings(logging.settings),
      handlers: handlers.map((handler) => ({ ...handler, origin: this.origin(handler.origin) })),
      levels: new Map(
        [...levels].map(([name, level]) => [
          name,
          { ...level, level: visible(level.level), origin: this.origin(level.origin) },
        ]),
      ),
    }
  }

  stanza(stanza: LogrotateStanza): LogrotateStanza {
    const directives = [...stanza.directives].map(
      ([name, { value, origin }]) => [name, { value: visible(value), origin: this.origin(origin) }] as const,
    )
    return {
      patterns: stanza.patterns.map(visible),
      directives: new Map(directives),
      origin: this.origin(stanza.origin),
    }
  }

  service(service: ComposeService): ComposeService {
    return {
      name: visible(service.name),
      origin: this.origin(service.origin),
      node: this.node(service.node),
      environment: this.settings(service.environment),
    }
  }

  /** Directives that nobody can decide on are left out, and then silence proves nothing. */
  nginx(config: NginxConfig): NginxConfig {
    const doubtful = config.scopes.some(({ directive, effective }) =>
      [directive, ...[...effective.values()].flat()].some(({ origin }) => this.place(origin).doubtful),
    )
    const sure = config.scopes.filter(({ directive }) => !this.place(directive.origin).doubtful)
    return {
      completeness: doubtful && config.completeness === 'complete' ? 'fragment' : config.completeness,
      scopes: sure.map((scope) => this.#scope(scope)),
      logFormats: new Map([...config.logFormats].map(([name, format]) => [name, this.#format(format)])),
      maps: new Map(
        [...config.maps].map(([name, map]) => [name, { ...map, origin: this.origin(map.origin) }]),
      ),
      problems: this.problems(config.problems),
      files: this.#files(config.files),
    }
  }

  #format(format: { readonly text: string; readonly origin?: Origin }): {
    readonly text: string
    readonly origin?: Origin
  } {
    return format.origin === undefined
      ? { text: visible(format.text) }
      : { text: visible(format.text), origin: this.origin(format.origin) }
  }

  #scope(scope: NginxScope): NginxScope {
    const known = this.#scopes.get(scope)
    if (known !== undefined) return known
    const effective = [...scope.effective].map(
      ([name, directives]) =>
        [
          name,
          directives.filter(({ origin }) => !this.place(origin).doubtful).map((one) => this.#directive(one)),
        ] as const,
    )
    const moved: NginxScope = {
      ...scope,
      args: scope.args.map(visible),
      directive: this.#directive(scope.directive),
      ...(scope.parent === undefined ? {} : { parent: this.#scope(scope.parent) }),
      effective: new Map(effective.filter(([, directives]) => directives.length > 0)),
    }
    this.#scopes.set(scope, moved)
    return moved
  }

  #directive(directive: NginxDirective): NginxDirective {
    const known = this.#directives.get(directive)
    if (known !== undefined) return known
    const moved: NginxDirective = {
      ...directive,
      args: directive.args.map(visible),
      origin: this.origin(directive.origin),
      ...(directive.children === undefined ? {} : { children: this.#children(directive.children) }),
    }
    this.#directives.set(directive, moved)
    return moved
  }

  #children(children: readonly NginxDirective[]): readonly NginxDirective[] {
    return children
      .filter(({ origin }) => !this.place(origin).doubtful)
      .map((child) => this.#directive(child))
  }
}

/** A text for people and rules, with what nobody knows shown as such. */
function visible(text: string): string {
  return text.replaceAll(PLACEHOLDER, PLACEHOLDER_TEXT)
}
