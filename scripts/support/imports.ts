// Finds what a TypeScript file imports, statically, dynamically and for types.
import { lineOf } from './project.ts'
import { stripComments } from './strip-comments.ts'

/** One import with the place where it is written. */
export interface Import {
  specifier: string
  line: number
}

/** `import ... from 'x'`, `export ... from 'x'`, `import 'x'`, `import('x')`. */
const IMPORT =
  /\b(?:import|export)\s+(?:[\w*{][^'"`;]*?\bfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g

/** All imports of a file, in order. */
export function importsOf(text: string): Import[] {
  const code = stripComments(text)
  return [...code.matchAll(IMPORT)].map((match) => ({
    specifier: match[1] ?? match[2] ?? '',
    line: lineOf(code, match.index),
  }))
}
