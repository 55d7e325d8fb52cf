// Images that a compose file builds itself: which of the project's images its Dockerfile begins with, and where it copies files.
import { baseName, folderOf, normalisePath } from '../collect/paths.ts'
import { text } from '../collect/template/values.ts'
import type { ComposeService } from '../core/installation.ts'
import { LineIndex } from '../core/origin.ts'
import type { SourceFile } from '../core/source.ts'
import type { Node } from '../core/value.ts'

/** Largest Dockerfile that is looked through, in UTF-16 units. */
const LENGTH_MAX = 50_000

const JITSI =
  /^(?:(?:docker\.io|ghcr\.io|quay\.io)\/)?jitsi\/(?:web|prosody|jicofo|jvb|jibri|jigasi)(?::[\w.-]{1,100})?$/
/** Copied there, a file replaces what the image starts with. */
const START_FOLDERS = /^\/(?:defaults\/(?!custom-)|etc\/(?:cont-init\.d|services\.d|s6)|init\b)/

export interface BuiltServices {
  readonly services: readonly ComposeService[]
  /** Files of the set that a Dockerfile copies to where no program looks for them. */
  readonly idle: ReadonlySet<string>
}

/** Services whose own image only adds to one of the project's count as that one. */
export function withBuiltImages(
  services: readonly ComposeService[],
  files: readonly SourceFile[],
): BuiltServices {
  const idle = new Set<string>()
  const byPath = new Map(files.map((file) => [normalisePath(file.path), file]))
  const seen = services.map((service) => {
    const build = service.node.kind === 'map' ? service.node.entries.get('build') : undefined
    if (build === undefined || service.node.kind !== 'map') return service
    const context = normalisePath(`${folderOf(service.origin.file)}/${contextOf(build)}`)
    const file = byPath.get(normalisePath(`${context}/${dockerfileOf(build)}`))
    const read = file === undefined ? undefined : readDockerfile(file, argumentsOf(build))
    if (file === undefined || read === undefined) return service
    for (const { source, target } of read.copies)
      if (isIdle(source, target)) idle.add(normalisePath(`${context}/${source}`))
    if (read.copies.some(({ target }) => START_FOLDERS.test(target))) return service
    const origin = new LineIndex(file.path, file.text).origin(read.start, read.end)
    const entries = new Map([...service.node.entries, ['image', text(read.image, origin)] as const])
    entries.delete('build')
    return { ...service, node: { ...service.node, entries } }
  })
  return { services: seen, idle }
}

/** The images append custom files from their volume only. */
function isIdle(source: string, target: string): boolean {
  return /^custom-(?:interface_)?config\.js$/.test(baseName(source)) && !target.startsWith('/config')
}

function contextOf(build: Node): string {
  const node = build.kind === 'map' ? build.entries.get('context') : build
  return node?.kind === 'text' ? node.value : '.'
}

function dockerfileOf(build: Node): string {
  const node = build.kind === 'map' ? build.entries.get('dockerfile') : undefined
  return node?.kind === 'text' ? node.value : 'Dockerfile'
}

function argumentsOf(build: Node): ReadonlyMap<string, string> {
  const node = build.kind === 'map' ? build.entries.get('args') : undefined
  if (node?.kind === 'map')
    return new Map(
      [...node.entries].flatMap(([key, value]) => (value.kind === 'text' ? [[key, value.value]] : [])),
    )
  const items = node?.kind === 'list' ? node.items : []
  return new Map(
    items.flatMap((item) => {
      const [, key, value] = item.kind === 'text' ? (/^(\w{1,80})=([^\n]*)$/.exec(item.value) ?? []) : []
      return key === undefined || value === undefined ? [] : [[key, value] as const]
    }),
  )
}

interface Dockerfile {
  readonly image: string
  readonly start: number
  readonly end: number
  readonly copies: readonly { readonly source: string; readonly target: string }[]
}

const FROM = /^[ \t]*FROM[ \t]+(?:--\S{1,100}[ \t]+)?(\S{1,200})(?:[ \t]+AS[ \t]+(\S{1,100}))?[ \t]*$/gim
const ARG = /^[ \t]*ARG[ \t]+(\w{1,80})=["']?([^\s"']{0,200})["']?[ \t]*$/gim
const COPY = /^[ \t]*(?:COPY|ADD)[ \t]+(?:--\S{1,100}[ \t]+){0,5}(\S{1,300})[ \t]+(\S{1,300})[ \t]*$/gim

/** Undefined unless the last stage begins with an image of the project. */
function readDockerfile(file: SourceFile, given: ReadonlyMap<string, string>): Dockerfile | undefined {
  if (file.text.length > LENGTH_MAX) return undefined
  const values = new Map([...file.text.matchAll(ARG)].map(([, name = '', value = '']) => [name, value]))
  for (const [name, value] of given) values.set(name, value)
  const filled = (word: string): string =>
    word.replaceAll(/\$\{?(\w{1,80})(?::-([^{}]{0,100}))?\}?/g, (_all, name: string, fallback?: string) => {
      return values.get(name) ?? fallback ?? ''
    })
  const stages = [...file.text.matchAll(FROM)]
  const last = stages.at(-1)
  if (last === undefined) return undefined
  const alias = stages.find(([, , name]) => name !== undefined && name === last[1])
  const image = filled((alias ?? last)[1] ?? '')
  if (!JITSI.test(image)) return undefined
  const tail = file.text.slice(last.index)
  return {
    image,
    start: last.index,
    end: last.index + last[0].length,
    copies: [...tail.matchAll(COPY)].map(([, source = '', target = '']) => ({
      source,
      target: filled(target),
    })),
  }
}
