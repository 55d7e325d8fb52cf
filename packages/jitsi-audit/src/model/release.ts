// Finds out which release is installed, from image tags, an assumption of the caller, or what only some releases write.
import type { Release } from '../core/installation.ts'
import { lookup, type Settings } from '../core/settings.ts'
import { asText } from '../collect/template/values.ts'
import { type ImageUse, releaseOfImages } from './docker/images.ts'
import { releaseDate } from './docker/releases.ts'
import { NOWHERE } from './nothing.ts'

/** The release that the files name, or the one that the caller assumes. */
export function findRelease(
  uses: readonly ImageUse[],
  environment: Settings,
  assumed: string | undefined,
): Release | undefined {
  const images = releaseOfImages(uses)
  if (images !== undefined) return images
  const version = lookup(environment, ['JITSI_IMAGE_VERSION'])
  const name = version.state === 'set' ? asText(version.node) : undefined
  if (version.state === 'set' && name !== undefined && name !== '') return named(name, version.origin)
  return assumed === undefined ? undefined : named(assumed, NOWHERE)
}

function named(name: string, origin: Release['origin']): Release {
  const date = releaseDate(name)
  return date === undefined ? { name, origin } : { name, date, origin }
}
