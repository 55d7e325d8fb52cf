// Finds out which release is installed, from image tags, an assumption of the caller, or what only some releases write.
import type { Release } from '../core/installation.ts'
import { LineIndex } from '../core/origin.ts'
import { lookup, type Settings } from '../core/settings.ts'
import type { SourceFile } from '../core/source.ts'
import { isDocumentPath } from '../collect/paths.ts'
import { asText } from '../collect/template/values.ts'
import { type ImageUse, releaseOfImages } from './docker/images.ts'
import { releaseDate } from './docker/releases.ts'
import { NOWHERE } from './nothing.ts'

/** The release that the files name, or the one that the caller assumes. */
export function findRelease(
  uses: readonly ImageUse[],
  environment: Settings,
  files: readonly SourceFile[],
  assumed: string | undefined,
): Release | undefined {
  const images = releaseOfImages(uses)
  if (images !== undefined) return images
  const version = lookup(environment, ['JITSI_IMAGE_VERSION'])
  const name = version.state === 'set' ? asText(version.node) : undefined
  if (version.state === 'set' && name !== undefined && name !== '') return named(name, version.origin)
  return (
    packageRelease(files) ??
    variableRelease(files) ??
    (assumed === undefined ? undefined : named(assumed, NOWHERE))
  )
}

function named(name: string, origin: Release['origin']): Release {
  const date = releaseDate(name)
  return date === undefined ? { name, origin } : { name, date, origin }
}

/** Debian's packages carry the release's number: jitsi-meet 2.0.9646-1 is stable-9646. */
const PACKAGE =
  /\bjitsi-meet(?:-(?:web|prosody|web-config|turnserver))?(?::\w{1,10})?["']?[ \t]{0,20}(?:[=:,]|[ \t])[ \t]{0,40}["']?2\.0\.(\d{4,5})-\d/g
/** `dpkg/status` and lists of packages; prose names versions for other reasons. */
const PACKAGE_FILE =
  /(?:^|\/)(?:dpkg(?:\/status|[\w.-]{0,40})|packages?[\w.-]{0,40}|selections[\w.-]{0,40}|main\.ya?ml|all\.ya?ml|Dockerfile)$/
const STATUS = /^Package: jitsi-meet(?:-web)?\n(?:[A-Z][^\n]{0,400}\n){0,12}?Version: 2\.0\.(\d{4,5})-\d/m

function packageRelease(files: readonly SourceFile[]): Release | undefined {
  for (const file of files) {
    if (isDocumentPath(file.path) || !PACKAGE_FILE.test(file.path)) continue
    const match = STATUS.exec(file.text) ?? [...file.text.matchAll(PACKAGE)].find((one) => !isComment(one))
    if (match?.[1] === undefined) continue
    const end = match.index + match[0].length
    const origin = new LineIndex(file.path, file.text).origin(end - match[1].length - 2, end)
    return named(`stable-${match[1]}`, origin)
  }
  return undefined
}

/** A version that is commented out is one that is not installed. */
function isComment({ index, input }: RegExpExecArray): boolean {
  return input.slice(input.lastIndexOf('\n', index) + 1, index).includes('#')
}

/** Variables of roles and of Terraform, which fetch the images' project at a tag instead of naming images. */
const VARIABLES_FILE = /(?:^|\/)(?:defaults|vars|group_vars|host_vars)\/|\.tf$/
const TAG =
  /^[ \t]*["']?\w{0,60}(?:version|release|tag)\w{0,40}["']?[ \t]*[:=][ \t]*["']?(stable-\d{4,5}(?:-\d{1,2})?)\b/m

function variableRelease(files: readonly SourceFile[]): Release | undefined {
  for (const file of files) {
    if (isDocumentPath(file.path) || !VARIABLES_FILE.test(file.path)) continue
    const match = TAG.exec(file.text)
    if (match?.[1] === undefined) continue
    const end = match.index + match[0].length
    return named(
      match[1],
      new LineIndex(file.path, file.text).origin(end - match[1].length, end, 'template-default'),
    )
  }
  return undefined
}
