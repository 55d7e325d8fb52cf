// Templates of the images that are in the set: which of them run, rendered with their container's environment.
import { type Expanded, isImageTemplate, renderImageTemplate } from '../collect/expand.ts'
import { baseName, folderOf, normalisePath } from '../collect/paths.ts'
import type { Known, Prepared } from '../collect/prepare.ts'
import type { SourceMap } from '../collect/template/source-map.ts'
import type { ComposeService, FileReport } from '../core/installation.ts'
import type { Settings } from '../core/settings.ts'
import { FLOOR } from './docker/image-environment.ts'
import type { ImageName, ImageUse } from './docker/images.ts'

/** Where the images keep what they start with. */
export const IMAGE_FOLDER: RegExp = /(?:^|\/)rootfs\/(?:defaults|etc)\//

/** Templates of the images in a fork that builds its own; with the project's images they are not what runs. */
export function renderImages(
  expanded: Expanded,
  prepared: Prepared,
  uses: readonly ImageUse[],
  environment: Settings,
  date: string | undefined,
): Prepared {
  const templates = prepared.known.filter(({ file }) => isImageTemplate(file) || IMAGE_FOLDER.test(file.path))
  if (templates.length === 0) return prepared
  if (uses.length === 0) return without(prepared, templates)
  const official = uses.every((use) => use.official)
  // A template that a pod mounts from a ConfigMap lies over the image's own, whoever made the image.
  const mounted = new Set(uses.flatMap(({ service }) => mountedFiles(service)).map(baseName))
  const dropped = official
    ? templates.filter(({ file: { path } }) => !path.includes('#') || !mounted.has(baseName(path)))
    : []
  const dialect = date !== undefined && date < '2022-03-11' ? 'strict' : 'lenient'
  const kept = dropped.length === 0 ? prepared : without(prepared, dropped)
  const known = kept.known.map((one) => {
    if (!templates.includes(one) || !isImageTemplate(one.file)) return one
    const entries = (useOf(one, uses)?.service.environment ?? environment).root.entries
    const rendered = renderImageTemplate(one.file, entries, dialect)
    const outer = expanded.maps.get(one.file.path)
    expanded.maps.set(one.file.path, outer === undefined ? rendered.map : through(rendered.map, outer))
    return { ...one, file: rendered.file }
  })
  return { ...kept, known }
}

const IMAGE_OF: Readonly<Partial<Record<Known['format'], ImageName>>> = {
  prosody: 'prosody',
  'jvb.conf': 'jvb',
  'jicofo.conf': 'jicofo',
  'jibri.conf': 'jibri',
}

/** The container that a template is for: its folder says so, or its format. */
function useOf({ file, format }: Known, uses: readonly ImageUse[]): ImageUse | undefined {
  const named = (name: ImageName | undefined): ImageUse | undefined => uses.find((use) => use.name === name)
  return (
    uses.find(({ name }) => file.path.split('/').includes(name)) ?? named(IMAGE_OF[format]) ?? named('web')
  )
}

/** Places in a rendered template that was itself cut out of a manifest. */
function through(inner: SourceMap, outer: SourceMap): SourceMap {
  return {
    place: (origin) => {
      const first = inner.place(origin)
      // A variable's own place lies outside of the manifest's text.
      if (first.origin.file !== origin.file) return first
      const second = outer.place(first.origin)
      return { origin: second.origin, doubtful: first.doubtful || second.doubtful }
    },
  }
}

function without(prepared: Prepared, templates: readonly Known[]): Prepared {
  const reports = templates.map(({ file }): FileReport => ({
    path: file.path,
    outcome: 'not-read',
    problems: [],
  }))
  return {
    known: prepared.known.filter((one) => !templates.includes(one)),
    reports: [...prepared.reports, ...reports],
  }
}

/** Single files that a pod mounts into its container. */
export function mountedFiles({ node }: ComposeService): readonly string[] {
  const mounts = node.kind === 'map' ? node.entries.get('volumeMounts') : undefined
  return (mounts?.kind === 'list' ? mounts.items : []).flatMap((mount) => {
    const path = mount.kind === 'map' ? mount.entries.get('mountPath') : undefined
    return path?.kind === 'text' ? [path.value] : []
  })
}

/** Files that compose lays over the generated config.js: since October 2020 the image writes that anew at every start. */
export function overwritten(uses: readonly ImageUse[], date: string | undefined): readonly string[] {
  if (date === undefined || date < FLOOR) return []
  return uses
    .filter(({ name, official }) => name === 'web' && official)
    .flatMap(({ service }) => {
      const volumes = service.node.kind === 'map' ? service.node.entries.get('volumes') : undefined
      return (volumes?.kind === 'list' ? volumes.items : []).flatMap((volume) => {
        const written = volume.kind === 'text' ? volume.value : ''
        const [, source] =
          /^(\.{0,2}\/?[\w./-]{1,300}):\/config\/config\.js(?::\w{1,10})?$/.exec(written) ?? []
        return source === undefined ? [] : [normalisePath(`${folderOf(volume.origin.file)}/${source}`)]
      })
    })
}

/** The set without files that no program ever reads. */
export function withoutIdle(prepared: Prepared, paths: ReadonlySet<string>): Prepared {
  const idle = prepared.known.filter(({ file }) => paths.has(normalisePath(file.path)))
  return idle.length === 0 ? prepared : without(prepared, idle)
}
