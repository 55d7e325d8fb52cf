// Turns what parsers give into plain data, so that a test can say in one line what it expects.
import type { Settings } from '../../core/settings.ts'
import type { SourceFile } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'

/** A value without places: text, number, boolean, null, array or object; unknown ones as `?reason` or `?reason(known…)`. */
export function plain(node: Node | undefined): unknown {
  if (node === undefined) return undefined
  if (node.kind === 'list') return node.items.map((one) => plain(one))
  if (node.kind === 'map') return Object.fromEntries([...node.entries].map(([key, one]) => [key, plain(one)]))
  if (node.kind === 'null') return null
  if (node.kind !== 'unknown') return node.value
  const parts = node.parts?.map((part) => part ?? '…').join('')
  return parts === undefined ? `?${node.reason}` : `?${node.reason}(${parts})`
}

/** All settings as plain data. */
export function values(settings: Settings): unknown {
  return plain(settings.root)
}

/** `file:line` of where a value stands, with the kind in front when it is not the file itself. */
export function place(node: Pick<Node, 'origin'> | undefined): string {
  if (node === undefined) return ''
  const { kind, file, line } = node.origin
  return `${kind === 'file' ? '' : `${kind} `}${file}:${line}`
}

/** `path key:line reason` of every assignment without effect. */
export function losses(settings: Settings): readonly string[] {
  return settings.assignments.flatMap(({ path, origin, lost }) =>
    lost === undefined ? [] : [`${path}:${origin.line} ${lost.reason}`],
  )
}

/** A set of files by path, and the answer to includes: exact path, or `*` inside the last part. */
export function fileSet(texts: Readonly<Record<string, string>>): {
  files: readonly SourceFile[]
  include: (pattern: string) => readonly SourceFile[]
  one: (path: string) => SourceFile | undefined
} {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }))
  const include = (pattern: string): readonly SourceFile[] => {
    const [head = '', tail] = pattern.split('*')
    return files.filter(({ path }) =>
      tail === undefined ? path === head : path.startsWith(head) && path.endsWith(tail),
    )
  }
  return { files, include, one: (path) => include(path.replace(/^\.\//, ''))[0] }
}
