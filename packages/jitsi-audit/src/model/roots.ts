// Which files of a set start a configuration, and which are only pulled in by another.
import type { Includes } from '../collect/include.ts'
import { INCLUDES_MAX } from '../core/limits.ts'
import type { SourceFile } from '../core/source.ts'

type Language = 'nginx' | 'prosody'

const INCLUDE: Readonly<Record<Language, RegExp>> = {
  nginx: /^[ \t]*include[ \t]+["']?([^\s"';]{1,400})["']?[ \t]*;/gm,
  prosody: /^[ \t]*Include[ \t]*\(?[ \t]*["']([^"'\n]{1,400})["']/gm,
}

/** The files that no other file of the set includes; each file is looked through once. */
export function rootsAmong(
  files: readonly SourceFile[],
  includes: Includes,
  language: Language,
): readonly SourceFile[] {
  const included = new Set<SourceFile>()
  for (const file of files) {
    let count = 0
    for (const [, pattern] of file.text.matchAll(INCLUDE[language])) {
      count += 1
      if (count > INCLUDES_MAX) break
      for (const other of includes.many(pattern ?? '', file.path)) if (other !== file) included.add(other)
    }
  }
  return files.filter((file) => !included.has(file))
}
