// The variables that Ansible and Salt templates see: what the set defines, weakest first, with the place of each.
import type { SourceFile } from '../core/source.ts'
import type { Node } from '../core/value.ts'
import { baseName, foldersOf, folderOf, isDocumentPath, roleOf } from './paths.ts'
import { renderValue, type Variables } from './template/jinja/render.ts'
import { Budget } from './template/limits.ts'
import { equal, list, map, unknown } from './template/values.ts'
import { readDocuments } from './yaml.ts'

/** Nesting of variables that name one another. */
const CHAIN_MAX = 12

/** How a variable came to be: a default of a role, or written by the operator. */
type Rank = 'default' | 'written'

interface Source {
  readonly path: string
  readonly rank: Rank
  readonly entries: ReadonlyMap<string, Node>
}

/** All files of variables in a set, read once. */
export class VariableFiles {
  readonly #roles = new Map<string, Source[]>()
  readonly #vars = new Map<string, Source[]>()
  readonly #inventory: Source[] = []
  readonly #hosts: Source[] = []

  constructor(files: readonly SourceFile[]) {
    for (const file of files) this.#take(file)
    this.#inventory.sort(
      (a, b) => inventoryRank(a.path) - inventoryRank(b.path) || (a.path < b.path ? -1 : 1),
    )
  }

  #take(file: SourceFile): void {
    const folders = foldersOf(file.path)
    const name = baseName(file.path).toLowerCase()
    if (isDocumentPath(file.path)) return
    const inventory = folders.lastIndexOf('group_vars') !== -1 || /^group_vars\.ya?ml$/.test(name)
    const hosts = folders.includes('host_vars')
    const yaml =
      /\.ya?ml$/.test(name) || ((inventory || hosts) && !/\.(?:j2|sh|cfg|conf|lua|js|ini)$/.test(name))
    if (!yaml || /(?:example|sample|dist)/.test(name)) return
    const last = folders.at(-1)
    if (hosts) this.#hosts.push(...sourcesOf(file, 'written'))
    else if (inventory) this.#inventory.push(...sourcesOf(file, 'written'))
    else if (last === 'defaults' || name === 'defaults.yaml' || name === 'defaults.yml')
      push(this.#roles, roleOf(file.path), sourcesOf(file, 'default'))
    else if (last === 'vars' && (name === 'main.yml' || name === 'main.yaml'))
      push(this.#vars, roleOf(file.path), sourcesOf(file, 'written'))
    else if (last === 'vars') push(this.#vars, `${folderOf(file.path)}/`, sourcesOf(file, 'written'))
    else if (folders.includes('pillar')) this.#inventory.push(...pillarOf(file))
    else this.#inventory.push(...playbookVariables(file))
  }

  /** What a template at `path` sees. */
  scope(path: string): Variables {
    const role = roleOf(path)
    const own = this.#roles.get(role) ?? []
    const others = [...this.#roles].filter(([root]) => root !== role).flatMap(([, sources]) => sources)
    const vars = this.#vars.get(role) ?? []
    // Strongest first: the role's vars, the inventory, the role's defaults, defaults of the set's other roles.
    const layers = [vars.toReversed(), this.#inventory.toReversed(), own.toReversed(), others]
    return new Resolver(layers.flat(), this.#hosts).variables
  }
}

function push(target: Map<string, Source[]>, key: string, sources: readonly Source[]): void {
  target.set(key, [...(target.get(key) ?? []), ...sources])
}

/** `group_vars/all` is weaker than any other group. */
function inventoryRank(path: string): number {
  return /(?:^|\/)group_vars\/all(?:[./]|$)/.test(path) ? 0 : 1
}

function sourcesOf(file: SourceFile, rank: Rank): Source[] {
  return readDocuments(file).flatMap(({ root }) =>
    root.kind === 'map' ? [{ path: file.path, rank, entries: root.entries }] : [],
  )
}

function pillarOf(file: SourceFile): Source[] {
  return sourcesOf(file, 'written').map((source) => ({
    ...source,
    entries: new Map([...source.entries, ['pillar', map(source.entries, { ...startOfSource(source) })]]),
  }))
}

function startOfSource(source: Source): Node['origin'] {
  return (
    [...source.entries.values()][0]?.origin ?? {
      kind: 'file',
      file: source.path,
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 1,
    }
  )
}

/** `vars` of plays, and of the roles that a play names. */
function playbookVariables(file: SourceFile): Source[] {
  if (!/^\s*-?\s*hosts\s*:/m.test(file.text)) return []
  const found: Source[] = []
  for (const { root } of readDocuments(file)) {
    if (root.kind !== 'list') continue
    for (const play of root.items) {
      if (play.kind !== 'map' || !play.entries.has('hosts')) continue
      const holders = [play, ...itemsOf(play.entries.get('roles'))]
      for (const holder of holders) {
        const vars = holder.kind === 'map' ? holder.entries.get('vars') : undefined
        if (vars?.kind === 'map') found.push({ path: file.path, rank: 'written', entries: vars.entries })
      }
    }
  }
  return found
}

function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'list' ? node.items : []
}

/** Looks names up and renders values that are templates themselves. */
class Resolver {
  readonly #layers: readonly Source[]
  readonly #hosts: readonly Source[]
  readonly #known = new Map<string, Node | undefined>()
  readonly #open = new Set<string>()
  readonly #budget = new Budget()

  constructor(layers: readonly Source[], hosts: readonly Source[]) {
    this.#layers = layers
    this.#hosts = hosts
  }

  readonly variables: Variables = (name) => {
    if (this.#known.has(name)) return this.#known.get(name)
    // Facts of the target machine: nobody but the machine knows them.
    if (/^(?:ansible_|hostvars$|groups$|inventory_hostname|grains$|opts$)/.test(name)) return unknown(NOWHERE)
    if (this.#open.has(name) || this.#open.size > CHAIN_MAX) return unknown(NOWHERE)
    this.#open.add(name)
    const value = this.#resolve(name)
    this.#open.delete(name)
    this.#known.set(name, value)
    return value
  }

  #resolve(name: string): Node | undefined {
    const own = this.#hosts.flatMap(({ entries }) => entries.get(name) ?? [])
    const [first] = own
    if (first !== undefined) {
      // Hosts that differ are several installations in one: nobody can say which is meant.
      return own.every((other) => equal(first, other) === true) ? this.#render(first) : unknown(first.origin)
    }
    const layer = this.#layers.find(({ entries }) => entries.has(name))
    const node = layer?.entries.get(name)
    if (layer === undefined || node === undefined) return undefined
    const rendered = this.#render(node)
    if (layer.rank === 'written') return rendered
    return asDefault(rendered)
  }

  #render(node: Node): Node {
    return this.#budget.deeper<Node>(() => this.#renderHere(node), unknown(node.origin, 'limit'))
  }

  #renderHere(node: Node): Node {
    if (node.kind === 'list')
      return list(
        node.items.map((item) => this.#render(item)),
        node.origin,
      )
    if (node.kind === 'map')
      return map(new Map([...node.entries].map(([key, value]) => [key, this.#render(value)])), node.origin)
    if (node.kind !== 'text' || !/\{\{|\{%/.test(node.value)) return node
    return renderValue(node.value, node.origin, this.variables, this.#budget)
  }
}

/** The same value, said to be a default of the set. */
function asDefault(node: Node): Node {
  const origin = { ...node.origin, kind: 'template-default' } as const
  if (node.kind === 'list') return { ...node, items: node.items.map((item) => asDefault(item)), origin }
  if (node.kind !== 'map') return { ...node, origin }
  return {
    ...node,
    entries: new Map([...node.entries].map(([key, value]) => [key, asDefault(value)])),
    origin,
  }
}

const NOWHERE: Node['origin'] = { kind: 'file', file: '', line: 1, column: 1, endLine: 1, endColumn: 1 }
