// Containers that are started with an environment file of their own, as Ansible roles and systemd units do: `web/env`, `jvb/env`.
import type { Known } from '../../collect/prepare.ts'
import { foldersOf } from '../../collect/paths.ts'
import { text } from '../../collect/template/values.ts'
import type { ComposeService } from '../../core/installation.ts'
import { LineIndex } from '../../core/origin.ts'
import type { Origin, SourceFile } from '../../core/source.ts'
import type { Node } from '../../core/value.ts'
import { readDotenv } from '../parsers.ts'
import { IMAGE_NAMES } from './images.ts'

/** One service for each environment file in a folder that is called like one of the images. */
export function envFileServices(
  known: readonly Known[],
  files: readonly SourceFile[],
): readonly ComposeService[] {
  const dotenvs = known.filter(({ format, role }) => format === 'dotenv' && role === 'base')
  const services = dotenvs.flatMap(({ file }) => {
    const name = IMAGE_NAMES.find(
      (one) =>
        foldersOf(file.path)
          .at(-1)
          ?.replace(/^.*[-_]/, '') === one,
    )
    return name === undefined ? [] : [{ file, name }]
  })
  // A single file in such a folder is more likely the whole project's.
  if (services.length < 2) return []
  const tag = findTag(files)
  return services.map(({ file, name }) => {
    const environment = readDotenv(file)
    const origin: Origin = { kind: 'file', file: file.path, line: 1, column: 1, endLine: 1, endColumn: 1 }
    const official = files.some(({ text: body }) => body.includes(`jitsi/${name}`))
    const image = official
      ? [
          [
            'image',
            text(`jitsi/${name}${tag === undefined ? '' : `:${tag.text}`}`, tag?.origin ?? origin),
          ] as const,
        ]
      : []
    const entries = new Map<string, Node>(image)
    return { name, origin, node: { kind: 'map', entries, origin }, environment }
  })
}

/** The release that the set's variables name; tags in prose and histories do not count. */
function findTag(
  files: readonly SourceFile[],
): { readonly text: string; readonly origin: Origin } | undefined {
  for (const file of files) {
    if (!/(?:^|\/)(?:defaults|vars|group_vars|host_vars)\/[^\n]*$/.test(file.path)) continue
    const match = /^[^#\n]{0,200}\b(stable-\d{4,5}(?:-\d{1,2})?)\b/m.exec(file.text)
    if (match?.[1] === undefined) continue
    const start = match.index + match[0].length - match[1].length
    return {
      text: match[1],
      origin: new LineIndex(file.path, file.text).origin(start, start + match[1].length, 'template-default'),
    }
  }
  return undefined
}
