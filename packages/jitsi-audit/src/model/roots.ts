// Which files of a set start a configuration, and which are only pulled in by another.
import type { Includes } from '../collect/include.ts'
import type { SourceFile } from '../core/source.ts'

type Language = 'nginx' | 'prosody'

const INCLUDE: Readonly<Record<Language, RegExp>> = {
  nginx: /^[ \t]*include[ \t]+["']?([^\s"';]{1,400})["']?[ \t]*;/gm,
  prosody: /^[ \t]*Include[ \t]*\(?[ \t]*["']([^"'\n]{1,400})["']/gm,
}

/** True when another file of the set includes this one. */
export function isIncluded(
  file: SourceFile,
  files: readonly SourceFile[],
  includes: Includes,
  language: Language,
): boolean {
  return files.some(
    (other) =>
      other !== file &&
      [...other.text.matchAll(INCLUDE[language])].some(([, pattern]) =>
        includes.many(pattern ?? '', other.path).includes(file),
      ),
  )
}
