// Decides which files of a set take part although no include names them by their path in the set.
import type { SourceFile } from '../../core/source.ts'
import { matchesSegment } from './glob.ts'

/** Folders whose files only count once they are linked into the folder beside them. */
const AVAILABLE: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)conf\.avail\/[^/]*$/, 'conf.d'],
  [/(?:^|\/)sites-available\/[^/]*$/, 'sites-enabled'],
  [/(?:^|\/)modules-available\/[^/]*$/, 'modules-enabled'],
]

/**
 * The files that nobody included and that still take part. A file in `conf.avail` or `sites-available` does not, when the folder
 * that enables is in the set: there are only those which are switched on. A copy of a file that was read does not either.
 */
export function notReached(
  files: readonly SourceFile[],
  reached: ReadonlySet<string>,
): readonly SourceFile[] {
  const texts = new Set(files.filter(({ path }) => reached.has(path)).map(({ text }) => text))
  return files.filter(({ path, text }) => {
    if (reached.has(path) || texts.has(text)) return false
    const enabled = AVAILABLE.find(([pattern]) => pattern.test(path))?.[1]
    return (
      enabled === undefined ||
      ![...reached].some((one) => one.includes(`/${enabled}/`) || one.startsWith(`${enabled}/`))
    )
  })
}

/**
 * Files for an include whose absolute path is that of a container: `/config/nginx/meet.conf` is `web/nginx/meet.conf` to the one who
 * mounts `web`. The last two parts have to fit, below a folder that the including file lies in too.
 */
export function mountedFiles(
  files: readonly SourceFile[],
  pattern: string,
  fromFile: string,
): readonly SourceFile[] {
  const [folder, name] = pattern.split('/').slice(-2)
  if (!pattern.startsWith('/') || folder === undefined || name === undefined || folder === '') return []
  return files.filter(({ path }) => {
    const parts = path.split('/')
    const [own, last] = parts.slice(-2)
    const base = parts
      .slice(0, -2)
      .map((part) => `${part}/`)
      .join('')
    return own === folder && last !== undefined && matchesSegment(name, last) && fromFile.startsWith(base)
  })
}
