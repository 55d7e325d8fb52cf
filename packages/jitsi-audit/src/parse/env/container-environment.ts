// The environment inside a container: `environment` over `env_file`, names without value taken from `.env`.
import type { Settings } from '../../core/settings.ts'
import type { ParseProblem, SourceFile } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { FlatSettings } from '../common/flat-settings.ts'
import { includeMissing } from '../common/problem.ts'
import { asMap } from './merge-compose.ts'
import type { FileByPath } from './read-compose.ts'
import { readDotenv, variableIn } from './read-dotenv.ts'

/** Variables of all services together, those that an `env_file` repeats counted each time. */
const VARIABLES_MAX = 100_000

/** What the containers of one project see. What is named and missing (`env_file`, `extends`) leaves an environment a fragment. */
export class ContainerEnvironments {
  readonly #env: Settings
  readonly #fileByPath: FileByPath
  /** Files that several services name are read once. */
  readonly #read = new Map<string, Settings>()
  readonly #partly: ReadonlySet<string>
  #variables = 0

  constructor(env: Settings, fileByPath: FileByPath, partly: ReadonlySet<string>) {
    this.#partly = partly
    this.#env = env
    this.#fileByPath = fileByPath
  }

  of(service: Node): { environment: Settings; problems: readonly ParseProblem[] } {
    const settings = new FlatSettings()
    const problems: ParseProblem[] = []
    const files = new Set([service.origin.file])
    const entries = service.kind === 'map' ? service.entries : new Map<string, Node>()
    for (const { path, required, node } of envFilesOf(entries.get('env_file'))) {
      const file = path === undefined ? undefined : this.#fileByPath(path)
      if (file !== undefined) {
        files.add(file.path)
        this.#addFile(settings, this.#readFile(file))
      } else if (required) problems.push(includeMissing(node.origin))
    }
    const written = entries.get('environment')
    const environment = written === undefined ? undefined : asMap(written)
    if (environment?.kind === 'map')
      for (const [name, node] of environment.entries)
        if (this.#spend()) addVariable(settings, name, node, this.#env)
    const open =
      entries.has('extends') ||
      this.#partly.has(service.origin.file) ||
      (environment !== undefined && isOpen(environment)) ||
      hasUnknownName(written) ||
      this.#variables > VARIABLES_MAX
    const completeness = problems.length > 0 || open ? 'fragment' : 'complete'
    const origin = written?.origin ?? service.origin
    return { environment: settings.finish(completeness, [...files], origin, problems), problems }
  }

  #spend(): boolean {
    this.#variables += 1
    return this.#variables <= VARIABLES_MAX
  }

  #readFile(file: SourceFile): Settings {
    const known = this.#read.get(file.path)
    if (known !== undefined) return known
    const settings = readDotenv(file, this.#env)
    this.#read.set(file.path, settings)
    return settings
  }

  #addFile(settings: FlatSettings, file: Settings): void {
    for (const one of file.assignments)
      if (one.lost === undefined && this.#spend()) settings.set(one.path, one.node, one.origin)
  }
}

interface EnvFile {
  readonly path: string | undefined
  readonly required: boolean
  readonly node: Node
}

/** `env_file: a`, `[a, b]` or `[{ path: a, required: false }]`. */
function envFilesOf(node: Node | undefined): readonly EnvFile[] {
  if (node === undefined || node.kind === 'null') return []
  if (node.kind === 'list') return node.items.flatMap((one) => envFilesOf(one))
  if (node.kind === 'text') return [{ path: node.value, required: true, node }]
  if (node.kind !== 'map') return [{ path: undefined, required: true, node }]
  const path = node.entries.get('path')
  const required = node.entries.get('required')
  return [
    {
      path: path?.kind === 'text' ? path.value : undefined,
      required: !(required?.kind === 'flag' && !required.value),
      node,
    },
  ]
}

function addVariable(settings: FlatSettings, name: string, node: Node, env: Settings): void {
  if (node.kind !== 'null') {
    settings.set(name, asText(node), node.origin, 'stronger-source')
    return
  }
  const found = variableIn(env, name)
  if (found.state === 'set')
    settings.set(
      name,
      { kind: 'text', value: found.text, origin: found.origin },
      node.origin,
      'stronger-source',
    )
  else if (found.state === 'unknown')
    settings.set(
      name,
      { kind: 'unknown', reason: 'placeholder', origin: node.origin },
      node.origin,
      'stronger-source',
    )
  // A name without value that is set nowhere takes the variable away, also one of an env_file.
  else settings.unset(name, node.origin)
}

/** Variables are texts: `true` and `8443` as they are written. */
function asText(node: Node): Node {
  if (node.kind !== 'flag' && node.kind !== 'number') return node
  return { kind: 'text', value: String(node.value), origin: node.origin }
}

function isOpen(environment: Node): boolean {
  return environment.kind === 'unknown' || (environment.kind === 'map' && environment.rest !== undefined)
}

/** An entry such as `- ${NAME}` may set anything. */
function hasUnknownName(written: Node | undefined): boolean {
  return (
    written?.kind === 'list' &&
    written.items.some((one) => one.kind === 'unknown' && !(one.parts?.[0] ?? '').includes('='))
  )
}
