// ConfigMaps and Secrets that Kustomize generates from environment files and literals (`configMapGenerator`, `secretGenerator`).
import type { SourceFile } from '../core/source.ts'
import type { Node } from '../core/value.ts'
import { readDotenv } from '../parse/env/read-dotenv.ts'
import { baseName, folderOf, isDocumentPath, isExamplePath, normalisePath } from './paths.ts'
import { text, unknown } from './template/values.ts'
import { readDocuments } from './yaml.ts'

type Entries = ReadonlyMap<string, Node>

/** Data by `config:NAME` and `secret:NAME`; of secrets only the keys. */
export function generatedBy(files: readonly SourceFile[]): ReadonlyMap<string, Entries> {
  const byPath = new Map(files.map((file) => [normalisePath(file.path), file]))
  const data = new Map<string, Entries>()
  for (const file of files) {
    if (!/^kustomization\.ya?ml$/i.test(baseName(file.path))) continue
    if (isDocumentPath(file.path) || isExamplePath(file.path)) continue
    for (const { root } of readDocuments(file))
      for (const [list, prefix] of [
        ['configMapGenerator', 'config'],
        ['secretGenerator', 'secret'],
      ] as const)
        for (const generator of itemsOf(at(root, list))) {
          const name = at(generator, 'name')
          const entries = entriesOf(generator, file, byPath)
          if (name?.kind !== 'text' || entries === undefined) continue
          const key = `${prefix}:${name.value}`
          const own = prefix === 'secret' ? namesOnly(entries) : entries
          const before = data.get(key)
          const behavior = at(generator, 'behavior')
          const replaces = behavior?.kind === 'text' && behavior.value === 'replace'
          // An overlay merges into what its base made.
          data.set(key, before === undefined || replaces ? own : new Map([...before, ...own]))
        }
  }
  return data
}

/** Undefined when a file that it takes is not in the set. */
function entriesOf(
  generator: Node,
  { path }: SourceFile,
  files: ReadonlyMap<string, SourceFile>,
): Entries | undefined {
  const entries = new Map<string, Node>()
  for (const source of [...itemsOf(at(generator, 'envs')), ...single(at(generator, 'env'))]) {
    const target =
      source.kind === 'text' ? files.get(normalisePath(`${folderOf(path)}/${source.value}`)) : undefined
    if (target === undefined) return undefined
    for (const [key, node] of readDotenv(target).root.entries) entries.set(key, node)
  }
  for (const literal of itemsOf(at(generator, 'literals'))) {
    const [, key, value] = literal.kind === 'text' ? (/^([^=]{1,200})=([^]*)$/.exec(literal.value) ?? []) : []
    if (key !== undefined)
      entries.set(key, text((value ?? '').replaceAll(/^["']|["']$/g, ''), literal.origin))
  }
  return entries
}

function namesOnly(entries: Entries): Entries {
  return new Map([...entries].map(([key, value]) => [key, unknown(value.origin)]))
}

function at(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'map' ? node.entries.get(key) : undefined
}

function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'list' ? node.items : []
}

function single(node: Node | undefined): readonly Node[] {
  return node === undefined ? [] : [node]
}
