// Reads docker compose files into services with the environment that their containers see.
import type { ComposeService } from '../../core/installation.ts'
import { DEPTH_MAX, INCLUDES_MAX } from '../../core/limits.ts'
import type { Settings } from '../../core/settings.ts'
import type { Origin, ParseProblem, SourceFile } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { textNode } from '../common/placeholder.ts'
import { includeCycle, includeMissing, tooMuch } from '../common/problem.ts'
import { type YamlFile, readYaml } from '../common/yaml.ts'
import { ContainerEnvironments } from './container-environment.ts'
import { interpolate } from './interpolate.ts'
import { mergeCompose } from './merge-compose.ts'
import { variableIn } from './read-dotenv.ts'

/** A file of the set by its path as the compose file writes it. */
export type FileByPath = (path: string) => SourceFile | undefined

/** Services of one project; Docker's own files with all additions have 15. */
const SERVICES_MAX = 300

export interface ComposeProject {
  readonly services: readonly ComposeService[]
  readonly problems: readonly ParseProblem[]
  readonly files: readonly string[]
  /** Every variable that a compose file asks for by `${NAME}`, and where it does first. */
  readonly variables: ReadonlyMap<string, Origin>
}

/** The services of these files, later files laid over earlier ones; `env` holds the variables of `.env`. */
export function readCompose(
  files: readonly SourceFile[],
  env: Settings,
  fileByPath: FileByPath,
): readonly ComposeService[] {
  return readComposeProject(files, env, fileByPath).services
}

/** As readCompose, with what could not be read. */
export function readComposeProject(
  files: readonly SourceFile[],
  env: Settings,
  fileByPath: FileByPath,
): ComposeProject {
  return new ComposeReader(env, fileByPath).run(files)
}

class ComposeReader {
  readonly #env: Settings
  readonly #fileByPath: FileByPath
  readonly #problems: ParseProblem[] = []
  readonly #read: string[] = []
  readonly #variables = new Map<string, Origin>()
  /** Files that were not read as a whole. */
  readonly #partly = new Set<string>()
  readonly #tags: YamlFile['tags'] = new WeakMap()
  /** Services of one file, before its `extends` are resolved. */
  readonly #perFile = new Map<string, ReadonlyMap<string, Node>>()
  /** Values after substitution; shared ones (anchors) are substituted once. */
  readonly #substituted = new WeakMap<Node, Node>()
  #extended = 0

  constructor(env: Settings, fileByPath: FileByPath) {
    this.#env = env
    this.#fileByPath = fileByPath
  }

  run(files: readonly SourceFile[]): ComposeProject {
    const services = new Map<string, Node>()
    for (const file of files) {
      const own = this.#servicesOf(file, 0)
      for (const [name, node] of own) {
        const resolved = this.#extends(node, file, own, 0)
        const before = services.get(name)
        services.set(name, before === undefined ? resolved : mergeCompose(before, resolved, this.#tags))
      }
    }
    const environments = new ContainerEnvironments(this.#env, this.#fileByPath, this.#partly)
    const taken = [...services].slice(0, SERVICES_MAX)
    const [, refused] = [...services][SERVICES_MAX] ?? []
    if (refused !== undefined) this.#problems.push(tooMuch('too-many', refused.origin))
    return {
      services: taken.map(([name, node]) => this.#service(name, node, environments)),
      problems: this.#problems,
      files: this.#read,
      variables: this.#variables,
    }
  }

  #service(name: string, node: Node, environments: ContainerEnvironments): ComposeService {
    const { environment, problems } = environments.of(node)
    this.#problems.push(...problems.slice(0, 50))
    return { name, origin: node.origin, node, environment }
  }

  #servicesOf(file: SourceFile, depth: number): ReadonlyMap<string, Node> {
    const known = this.#perFile.get(file.path)
    if (known !== undefined) return known
    this.#perFile.set(file.path, new Map())
    this.#read.push(file.path)
    const yaml = readYaml(file)
    this.#problems.push(...yaml.problems)
    if (!yaml.whole) this.#partly.add(file.path)
    const services = new Map<string, Node>()
    for (const document of yaml.documents) {
      const root = this.#substitute(document, yaml.tags, 0)
      if (root.kind !== 'map') continue
      this.#included(root, depth, services)
      for (const [name, node] of servicesIn(root)) services.set(name, node)
    }
    this.#perFile.set(file.path, services)
    return services
  }

  /** Top-level `include:` (compose 2.20). */
  #included(root: Node & { kind: 'map' }, depth: number, services: Map<string, Node>): void {
    const include = root.entries.get('include')
    if (include?.kind !== 'list' || depth > DEPTH_MAX) return
    for (const one of include.items) {
      const path = one.kind === 'map' ? one.entries.get('path') : one
      for (const each of path?.kind === 'list' ? path.items : path === undefined ? [] : [path]) {
        const file = each.kind === 'text' ? this.#fileByPath(each.value) : undefined
        this.#extended += 1
        if (file === undefined || this.#extended > INCLUDES_MAX)
          this.#problems.push(includeMissing(each.origin))
        else {
          const own = this.#servicesOf(file, depth + 1)
          for (const [name, node] of own) services.set(name, this.#extends(node, file, own, 0))
        }
      }
    }
  }

  /** A service with `extends`: the base first, the service itself over it. */
  #extends(node: Node, file: SourceFile, siblings: ReadonlyMap<string, Node>, depth: number): Node {
    const link = node.kind === 'map' ? node.entries.get('extends') : undefined
    if (node.kind !== 'map' || link === undefined) return node
    this.#extended += 1
    if (depth > DEPTH_MAX || this.#extended > INCLUDES_MAX * 10) {
      this.#problems.push(includeCycle(link.origin))
      return node
    }
    const name = link.kind === 'map' ? link.entries.get('service') : link
    const path = link.kind === 'map' ? link.entries.get('file') : undefined
    const other = path === undefined ? file : path.kind === 'text' ? this.#fileByPath(path.value) : undefined
    const pool = other === undefined || other.path === file.path ? siblings : this.#servicesOf(other, depth)
    const base = name?.kind === 'text' && other !== undefined ? pool.get(name.value) : undefined
    if (base === undefined || other === undefined || base === node) {
      this.#problems.push(includeMissing(link.origin))
      return node
    }
    // A link that stays says that its end was not found.
    const own = new Map(node.entries)
    own.delete('extends')
    return mergeCompose(this.#extends(base, other, pool, depth + 1), { ...node, entries: own }, this.#tags)
  }

  /** The tree with its variables replaced; keys stay as they are. */
  #substitute(node: Node, tags: YamlFile['tags'], depth: number): Node {
    const known = this.#substituted.get(node)
    if (known !== undefined) return known
    const made = this.#replaced(node, tags, depth)
    this.#substituted.set(node, made)
    const tag = tags.get(node)
    if (tag !== undefined) this.#tags.set(made, tag)
    return made
  }

  #replaced(node: Node, tags: YamlFile['tags'], depth: number): Node {
    if (node.kind === 'list')
      return { ...node, items: node.items.map((one) => this.#substitute(one, tags, depth + 1)) }
    if (node.kind === 'map') {
      const entries = [...node.entries].map(
        ([key, one]) => [key, this.#substitute(one, tags, depth + 1)] as const,
      )
      return { ...node, entries: new Map(entries) }
    }
    return node.kind === 'text' && node.value.includes('$')
      ? this.#interpolated(node.value, node.origin)
      : node
  }

  #interpolated(text: string, origin: Origin): Node {
    const result = interpolate(text, (name) => variableIn(this.#env, name))
    for (const name of result.names) if (!this.#variables.has(name)) this.#variables.set(name, origin)
    if (result.parts.includes(undefined))
      return { kind: 'unknown', reason: 'placeholder', origin, parts: result.parts }
    const place: Origin = result.from ?? (result.defaulted ? { ...origin, kind: 'template-default' } : origin)
    return textNode(result.parts.join(''), place)
  }
}

function servicesIn(root: Node & { kind: 'map' }): ReadonlyMap<string, Node> {
  const services = root.entries.get('services')
  if (services?.kind === 'map') return services.entries
  if (services !== undefined || root.entries.has('version')) return new Map()
  // The first format of compose had the services on top.
  return new Map(
    [...root.entries].filter(
      ([, node]) => node.kind === 'map' && (node.entries.has('image') || node.entries.has('build')),
    ),
  )
}
