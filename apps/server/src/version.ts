// Knows the version of this installation, read once from the package file of the repository's root.
import { readFileSync } from 'node:fs'

function readVersion(): string {
  const file = new URL('../../../package.json', import.meta.url)
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (
    typeof parsed === 'object' &&
    parsed !== null &&
    'version' in parsed &&
    typeof parsed.version === 'string'
  ) {
    return parsed.version
  }
  throw new Error('the root package.json has no version')
}

/** For instance `0.1.0`. */
export const VERSION: string = readVersion()
