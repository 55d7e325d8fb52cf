// Finds the containers that run Jitsi's images, and reads the release from their tags.
import type { ComposeService } from '../../core/installation.ts'
import type { Origin } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { placeholderParts } from '../../core/placeholder.ts'
import { ImageEnvironment } from './image-environment.ts'
import { isMovingTag, releaseDate } from './releases.ts'

export type ImageName = 'web' | 'prosody' | 'jicofo' | 'jvb' | 'jibri' | 'jigasi'

export const IMAGE_NAMES: readonly ImageName[] = ['web', 'prosody', 'jicofo', 'jvb', 'jibri', 'jigasi']

/** One container of Jitsi. */
export interface ImageUse {
  readonly name: ImageName
  readonly service: ComposeService
  /** The project's own image: its templates are known. */
  readonly official: boolean
  readonly tag: { readonly text: string; readonly origin: Origin } | undefined
}

const OFFICIAL = /^(?:(?:docker\.io|ghcr\.io|quay\.io)\/)?jitsi\/([a-z-]+)$/
const OTHER =
  /(?:^|[/_-])(?:jitsi[\w.-]{0,40}[/_-])?(web|prosody|jicofo|jvb|videobridge|jibri|jigasi|transcriber)$/

/** Containers of Jitsi among all services; a service without image counts when its name and variables say so. */
export function imageUses(services: readonly ComposeService[]): readonly ImageUse[] {
  return services.flatMap((service) => imageUse(service) ?? [])
}

function imageUse(service: ComposeService): ImageUse | undefined {
  const node = service.node.kind === 'map' ? service.node.entries.get('image') : undefined
  const built = service.node.kind === 'map' && service.node.entries.has('build')
  const image = imageText(node)
  const [repository, tag] = splitImage(image)
  const official = OFFICIAL.exec(repository)?.[1]
  const other = official ?? OTHER.exec(repository)?.[1]
  const byName = hasJitsiVariables(service) ? nameOf(service.name.replace(/^.*[-_]/, '')) : undefined
  const name = (other === undefined ? undefined : nameOf(other)) ?? byName
  // An image called "web" may be anything: it must also be configured like Jitsi's.
  if (name === undefined || (official === undefined && !hasJitsiVariables(service))) return undefined
  const origin = node?.origin ?? service.origin
  return {
    name,
    service,
    official: official !== undefined && !built,
    tag: tag === undefined ? undefined : { text: tag, origin },
  }
}

/** The image's name with `*` for what is not known. */
function imageText(node: Node | undefined): string {
  if (node?.kind === 'text')
    return placeholderParts(node.value)
      .map((part) => part ?? '*')
      .join('')
  if (node?.kind === 'unknown') return (node.parts ?? []).map((part) => part ?? '*').join('')
  return ''
}

function splitImage(image: string): readonly [string, string | undefined] {
  const plain = image.split('@')[0] ?? ''
  const colon = plain.lastIndexOf(':')
  // Without a tag Docker takes `latest`; a digest names no release that we could read.
  if (colon <= plain.lastIndexOf('/'))
    return [plain, plain === '' || image.includes('@') ? undefined : 'latest']
  const tag = plain.slice(colon + 1)
  return [plain.slice(0, colon), tag.includes('*') ? undefined : tag]
}

function nameOf(word: string): ImageName | undefined {
  if (word === 'videobridge') return 'jvb'
  if (word === 'transcriber') return 'jigasi'
  if (word === 'xmpp') return 'prosody'
  return IMAGE_NAMES.find((name) => name === word)
}

const VARIABLES =
  /^(?:XMPP_(?:DOMAIN|SERVER|AUTH_DOMAIN)|JVB_|JICOFO_|JIBRI_|JIGASI_|PUBLIC_URL$|ENABLE_(?:AUTH|LOBBY|P2P|PREJOIN))/

/** True when the container is given variables that only Jitsi's images have, set or only passed through. */
function hasJitsiVariables({ environment, node }: ComposeService): boolean {
  const written = node.kind === 'map' ? node.entries.get('environment') : undefined
  const listed =
    written?.kind === 'list' ? written.items.map((item) => (item.kind === 'text' ? item.value : '')) : []
  const named = written?.kind === 'map' ? [...written.entries.keys()] : []
  return [...environment.root.entries.keys(), ...listed, ...named].some((name) => VARIABLES.test(name))
}

/** The release of the images, and its day; moving tags have no day. */
export function releaseOfImages(
  uses: readonly ImageUse[],
): { readonly name: string; readonly date?: string; readonly origin: Origin } | undefined {
  const tags = uses.flatMap(({ tag }) => tag ?? [])
  const dated = tags.find(({ text }) => releaseDate(text) !== undefined)
  const chosen = dated ?? tags[0]
  if (chosen === undefined) return undefined
  const date = releaseDate(chosen.text)
  return { name: chosen.text, origin: chosen.origin, ...(date === undefined ? {} : { date }) }
}

/** Day whose templates hold for a container: that of its release, or the newest known for a moving tag. */
export function templateDate(
  release: { readonly name: string; readonly date?: string } | undefined,
  newest: string,
): string | undefined {
  if (release === undefined) return undefined
  if (release.date !== undefined) return release.date
  return isMovingTag(release.name) ? newest : undefined
}

/** What a container sees; a set without its variables in full proves nothing by silence. */
export function environmentOf(use: ImageUse, date: string | undefined): ImageEnvironment {
  const { environment, origin } = use.service
  const listed = environment.completeness === 'complete'
  return new ImageEnvironment(environment, origin, date, use.official && listed, listed)
}
