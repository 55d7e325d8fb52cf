// Knows version and day of release of this installation, read once from the package file of the repository's root.
import { readFileSync } from 'node:fs'

interface Release {
  readonly version: string
  readonly releasedOn: string
}

function readRelease(): Release {
  const file = new URL('../../../package.json', import.meta.url)
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (
    typeof parsed === 'object' &&
    parsed !== null &&
    'version' in parsed &&
    typeof parsed.version === 'string' &&
    'releasedOn' in parsed &&
    typeof parsed.releasedOn === 'string'
  ) {
    return { version: parsed.version, releasedOn: parsed.releasedOn }
  }
  throw new Error('the root package.json has no version or no day of release')
}

const RELEASE = readRelease()

/** For instance `0.1.0`. */
export const VERSION: string = RELEASE.version

/** ISO date of the release: changed together with the version. */
export const RELEASED_ON: string = RELEASE.releasedOn
